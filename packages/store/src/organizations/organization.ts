import type { DateOrder, DecimalMark, Limits } from '@longshore/core'

/** One tenant: its records live in a schema of their own, reached only through its role. */
export interface Organization {
  /** 1 … 2 147 483 647. */
  id: number
  name: string
  /** `org_1`. */
  schema: string
  /** `longshore_org_1`: cannot log in, has rights on its schema alone. */
  role: string
  settings: OrganizationSettings
  /**
   * Ids of the members whose records alone are seen and written; absent or null: all records. PostgreSQL keeps to it, whatever the statement: a
   * transaction of such an organization runs as a second role, for which row-level security hides all others.
   */
  scope?: readonly number[] | null
}

/** The role that a transaction of the organization runs as. */
export function roleOf({ role, scope }: Pick<Organization, 'role' | 'scope'>): string {
  return scope ? scopedRole(role) : role
}

/** The organization's second role, which sees the records of some members alone. */
export function scopedRole(role: string): string {
  return `${role}_scoped`
}

export interface OrganizationSettings extends Limits {
  /** ISO 3166 alpha-2; phones without a country are read as of here. `US` on a fresh install. */
  country: string
  /** ISO 4217; amounts without a currency are of this one. `USD` on a fresh install. */
  currency: string
  /** What decides where a file leaves it open, before a person is asked; absent: nothing does. */
  dateOrder?: DateOrder
  decimal?: DecimalMark
  /** Days that deleted records stay in the bin; absent: 30. */
  binDays?: number
  /** Days that a job can be undone, and that its rows and its source are kept; absent: 30. */
  undoDays?: number
  /** Days that a draft nobody touches is kept, and a file that was sent and is not imported; absent: as long as an undo. */
  draftDays?: number
  /** Days that the history of records and result files are kept; absent: 90. */
  historyDays?: number
  /** Days without use after which the keys of a criterion that an import switched on go again; absent: 90. */
  keyDays?: number
  /** Zone (IANA) of times that name none; absent: UTC. */
  timeZone?: string
}
