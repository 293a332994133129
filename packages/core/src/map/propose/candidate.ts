import type { AddressGroup } from '../concept/choice.ts'

/** Why a column may feed a field, for the reason that people read. */
export type Evidence =
  | { kind: 'api-name' }
  | { kind: 'label' }
  | { kind: 'alias'; language: string }
  | { kind: 'words'; language: string }
  | { kind: 'similar'; to: string }
  | { kind: 'layout'; system: string }
  | { kind: 'values'; what: string }
  /** The header names a related record, and the cells hold its e-mail addresses. */
  | { kind: 'addresses' }

/** A field that a column may feed. */
export interface Candidate {
  position: number
  path: string
  /** How sure the reading of the column is, 0 to 1; not yet a probability. */
  sureness: number
  /** How direct the way is against other columns with the same field, 0 to 1. */
  weight: number
  fallback: boolean
  address: AddressGroup | null
  emailRank: number | null
  evidence: Evidence
  /** Read off a header of which not all words are known, and believed where no other column brings the field. */
  partly?: true
}
