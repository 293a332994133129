import { objectRights, organizationRights } from './right.ts'
import type { ObjectRight, OrganizationRight, RecordScope } from './right.ts'

/** What its members may do. Rights are lists of what is allowed: what no list names is refused. */
export interface Role {
  /** `admin`, `manager`, `member`, `read-only`, or a name of the organization's own. */
  name: string
  label: string
  rights: readonly OrganizationRight[]
  /** By API name of the object; `*` holds for objects that are not named. */
  objects: Readonly<Record<string, readonly ObjectRight[]>>
  /** Fields that its members neither see nor fill, by API name of the object. */
  hiddenFields: Readonly<Record<string, readonly string[]>>
  scope: RecordScope
}

/** Roles that every organization has and nobody can change. */
export const standardRoles: readonly Role[] = [
  { name: 'admin', label: 'Admin', rights: organizationRights, objects: { '*': objectRights }, hiddenFields: {}, scope: 'all' },
  { name: 'manager', label: 'Manager', rights: ['all-jobs', 'set-audit-fields'], objects: { '*': objectRights }, hiddenFields: {}, scope: 'all' },
  { name: 'member', label: 'Member', rights: [], objects: { '*': ['read', 'write', 'import', 'export'] }, hiddenFields: {}, scope: 'all' },
  { name: 'read-only', label: 'Read-only', rights: [], objects: { '*': ['read'] }, hiddenFields: {}, scope: 'all' },
]

export function standardRole(name: string): Role | undefined {
  return standardRoles.find((role) => role.name === name)
}

/** Rights of the role on records of an object, by its API name (never its singular). */
export function rightsOn(role: Role, object: string): readonly ObjectRight[] {
  return (Object.hasOwn(role.objects, object) ? role.objects[object] : role.objects['*']) ?? []
}

export function mayOn(role: Role, right: ObjectRight, object: string): boolean {
  return rightsOn(role, object).includes(right)
}

/** What both roles allow: an API key never may more than whoever made it. */
export function narrowed(role: Role, by: Pick<Role, 'rights' | 'objects'>): Role {
  const names = new Set([...Object.keys(role.objects), ...Object.keys(by.objects)])
  const both = (object: string): ObjectRight[] => rightsOn(role, object).filter((right) => rightsOn({ ...role, objects: by.objects }, object).includes(right))
  return { ...role, rights: role.rights.filter((right) => by.rights.includes(right)), objects: Object.fromEntries([...names].map((object) => [object, both(object)])) }
}
