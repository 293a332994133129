/** In the order in which they are shown; the contract has the same words. */
export const objectRights = ['read', 'write', 'import', 'export', 'delete'] as const
export const organizationRights = ['people', 'settings', 'schema', 'audit-log', 'all-jobs', 'hard-delete', 'set-audit-fields'] as const
export const recordScopes = ['all', 'team', 'own'] as const
/** Roles that every organization has, which nobody changes. */
export const standardRoles: ReadonlySet<string> = new Set(['admin', 'manager', 'member', 'read-only'])
