import type { DateOrder, DecimalMark } from '@longshore/core'

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
}

export interface OrganizationSettings {
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
  /** Days that the history of records and result files are kept; absent: 90. */
  historyDays?: number
  /** Days without use after which the keys of a criterion that an import switched on go again; absent: 90. */
  keyDays?: number
  /** Zone (IANA) of times that name none; absent: UTC. */
  timeZone?: string
}
