/** What a role may do in the organization as a whole. */
export const organizationRights = [
  /** Invite and remove members, change roles, teams and API keys of others. */
  'people',
  'settings',
  /** Change objects, fields, picklists and rules. */
  'schema',
  'audit-log',
  /** See and steer jobs that others started. */
  'all-jobs',
  /** Delete records for good and empty the bin. */
  'hard-delete',
  /** Write created, modified and owner by a file. */
  'set-audit-fields',
] as const
export type OrganizationRight = (typeof organizationRights)[number]

/** What a role may do with the records of one object. */
export const objectRights = ['read', 'write', 'import', 'export', 'delete'] as const
export type ObjectRight = (typeof objectRights)[number]

/** Whose records a role reaches: those the member owns, those of the members of the same teams, or all. */
export const recordScopes = ['own', 'team', 'all'] as const
export type RecordScope = (typeof recordScopes)[number]
