/** Header of the bench's contact list. The last column is one that no CRM field wants. */
export const contactColumns = [
  'External ID', 'First Name', 'Last Name', 'Email', 'Phone Number', 'Mobile', 'Company', 'Job Title', 'Street', 'City', 'State',
  'Postal Code', 'Country', 'Lead Source', 'Birthdate', 'Lead Score', 'Email Opt Out', 'Description', 'Created Date', 'Legacy Batch Ref',
] as const
export type ContactColumn = (typeof contactColumns)[number]
