/** Other names that note columns go by. */
export const noteAliases: Record<string, string[]> = {
  title: ['Note Title', 'Subject', 'Name', 'Topic'],
  body: ['Note', 'Notes', 'Note Body', 'Content', 'Text', 'Description', 'Comment', 'Comments', 'Note Text'],
  'related_to.contacts.email': ['Contact Email', 'Contact E-mail', 'Email', 'Related Contact', 'Person - Email'],
  owner: ['Author', 'Note Owner', 'Owner Email', 'Written By', 'Created By', 'Responsible'],
  external_id: ['ID', 'Record ID', 'Note ID', 'External Identifier', 'Legacy ID', 'Foreign ID', 'Original ID'],
  created_at: ['Created', 'Created Date', 'Create Date', 'Date', 'Date Created', 'Created On', 'Created Time', 'Add Time'],
  updated_at: ['Updated', 'Updated Date', 'Last Modified', 'Last Modified Date', 'Modified', 'Modified Date', 'Last Updated', 'Update Time', 'Modified Time'],
}
