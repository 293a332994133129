/** Other names that activity columns go by: tasks, calls, meetings, events. */
export const activityAliases: Record<string, string[]> = {
  type: ['Activity Type', 'Task Type', 'Kind', 'Activity - Type', 'Event Type', 'Engagement Type'],
  subject: ['Activity', 'Activity Subject', 'Title', 'Task', 'Task Subject', 'Task Name', 'Task Title', 'Activity - Subject', 'Topic', 'Event Title'],
  date: ['Activity Date', 'Start Date', 'Start', 'Start Time', 'Date/Time', 'Scheduled For', 'Event Date', 'Call Date', 'Meeting Date', 'When'],
  due_date: ['Due', 'Deadline', 'Due By', 'Due On', 'Activity - Due date', 'Date Due', 'Task Due Date'],
  duration: ['Duration (minutes)', 'Length', 'Minutes', 'Activity - Duration', 'Call Duration', 'Duration in Minutes'],
  status: ['Activity Status', 'Task Status', 'State', 'Done', 'Completed', 'Activity - Done'],
  priority: ['Activity Priority', 'Task Priority', 'Importance', 'Urgency', 'Activity - Priority'],
  'related_contact.email': ['Contact Email', 'Contact E-mail', 'Related Contact', 'Related Contact Email', 'Who Email', 'Person - Email', 'Email'],
  'related_account.name': ['Account', 'Account Name', 'Company', 'Company Name', 'Organization', 'Related Account', 'Related Company', 'Activity - Organization'],
  'related_deal.name': ['Deal', 'Deal Name', 'Opportunity', 'Opportunity Name', 'Related Deal', 'Related Opportunity', 'Activity - Deal'],
  description: ['Notes', 'Note', 'Comments', 'Comment', 'Remarks', 'Details', 'Body', 'Activity - Note', 'Full Comments'],
  owner: ['Activity Owner', 'Task Owner', 'Owner Email', 'Assigned To', 'Activity - Assigned to user', 'Assignee', 'Responsible'],
  external_id: ['ID', 'Record ID', 'Activity ID', 'Task ID', 'Event ID', 'External Identifier', 'Activity - ID', 'Legacy ID', 'Foreign ID', 'Original ID'],
  created_at: ['Created', 'Created Date', 'Create Date', 'Date Created', 'Created On', 'Creation Date', 'Created Time', 'Date Added', 'Add Time'],
  updated_at: ['Updated', 'Updated Date', 'Last Modified', 'Last Modified Date', 'Modified', 'Modified Date', 'Date Modified', 'Last Updated', 'Update Time', 'Modified Time'],
}
