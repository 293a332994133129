import type { DateOrder, DecimalMark } from '../fields/column-reading.ts'

/** What a check knows beside the definition and the schema: settings of the organization and its members. */
export interface CheckSettings {
  /** ISO 3166 alpha-2 by which phone numbers are read when their row names no country. */
  country: string
  /** ISO 4217 code of amounts that bear none. */
  currency: string
  members: readonly { id: string; email: string; name?: string }[]
  /** Ids of the members whose records the importing user reaches; absent: all. */
  reach?: readonly string[]
  /** The organization's habits, where it has set them. */
  dateOrder?: DateOrder
  decimal?: DecimalMark
  /** Zone of times that name none, where the definition names none either; absent: UTC. */
  timeZone?: string
  /** Cells carry the mark that our own export sets against spreadsheet formulas; `decodeFormula` takes it off. */
  formulaGuard: boolean
  /** The moment of the job, which new records take for created and modified; canonical. It tells centuries and futures, too; absent: nothing is told by it. */
  now?: string
  /** Member id of who owns records that bring no owner, the first where several take turns; absent: rules see none. */
  owner?: string
  decodeFormula?: (text: string) => string
}
