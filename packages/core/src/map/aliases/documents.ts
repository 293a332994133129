/** Other names that document columns go by: files, attachments. */
export const documentAliases: Record<string, string[]> = {
  name: ['Document', 'Document Name', 'Title', 'Attachment', 'Attachment Name'],
  file_name: ['File', 'Filename', 'Path'],
  url: ['Link', 'Document URL', 'File URL', 'Location', 'Web Link', 'Address', 'Download URL'],
  content_type: ['Mime Type', 'Media Type', 'File Type'],
  size_bytes: ['Size', 'File Size', 'Length', 'Body Length'],
  description: ['Notes', 'Note', 'Comments', 'Document Description', 'Details'],
  'related_to.contacts.email': ['Contact Email', 'Contact E-mail', 'Email', 'Related Contact'],
  tags: ['Tag', 'Labels', 'Label', 'Categories', 'Category', 'Keywords'],
  owner: ['Document Owner', 'Owner Email', 'Uploaded By', 'Author', 'Responsible'],
  external_id: ['ID', 'Record ID', 'Document ID', 'File ID', 'Attachment ID', 'External Identifier', 'Legacy ID', 'Foreign ID', 'Original ID'],
  created_at: ['Created', 'Created Date', 'Create Date', 'Date Created', 'Created On', 'Uploaded', 'Upload Date', 'Created Time'],
  updated_at: ['Updated', 'Updated Date', 'Last Modified', 'Last Modified Date', 'Modified', 'Modified Date', 'Last Updated', 'Modified Time'],
}
