/** Other names that ticket columns go by: support cases. */
export const ticketAliases: Record<string, string[]> = {
  subject: ['Ticket', 'Ticket Name', 'Ticket Subject', 'Title', 'Case', 'Case Subject', 'Summary', 'Topic'],
  stage: ['Status', 'Ticket Status', 'Ticket Stage', 'Case Status', 'State'],
  pipeline: ['Ticket Pipeline', 'Support Pipeline', 'Queue'],
  priority: ['Ticket Priority', 'Case Priority', 'Importance', 'Urgency', 'Severity'],
  category: ['Ticket Category', 'Case Type', 'Type', 'Ticket Type', 'Reason', 'Case Reason'],
  source: ['Ticket Source', 'Case Origin', 'Origin', 'Channel'],
  description: ['Ticket Description', 'Case Description', 'Notes', 'Details', 'Body', 'Comments'],
  'contact.email': ['Contact E-mail', 'Contact Email', 'Requester Email', 'Email', 'E-mail', 'Web Email', 'Reporter Email', 'Customer Email'],
  'account.name': ['Account', 'Account Name', 'Company', 'Company Name', 'Organization', 'Customer', 'Customer Name'],
  owner: ['Ticket Owner', 'Case Owner', 'Owner Email', 'Assigned To', 'Assignee', 'Agent', 'Responsible'],
  external_id: ['ID', 'Record ID', 'Ticket ID', 'Ticket Number', 'Case Number', 'Case ID', 'External Identifier', 'Legacy ID', 'Foreign ID', 'Original ID'],
  created_at: ['Created', 'Created Date', 'Create Date', 'Date Created', 'Created On', 'Opened', 'Date Opened', 'Opened Date', 'Date/Time Opened', 'Created Time'],
  closed_at: ['Closed Date', 'Close Date', 'Date Closed', 'Date/Time Closed', 'Resolved', 'Resolved At', 'Solved At'],
  updated_at: ['Updated', 'Updated Date', 'Last Modified', 'Last Modified Date', 'Modified', 'Modified Date', 'Date Modified', 'Last Updated', 'Modified Time'],
  tags: ['Tag', 'Labels', 'Label', 'Keywords'],
}
