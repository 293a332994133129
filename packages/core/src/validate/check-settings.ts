/** What a check knows beside the definition and the schema: settings of the organization and its members. */
export interface CheckSettings {
  /** ISO 3166 alpha-2 by which phone numbers are read when their row names no country. */
  country: string
  /** ISO 4217 code of amounts that bear none. */
  currency: string
  members: readonly { id: string; email: string }[]
  /** Cells carry the mark that our own export sets against spreadsheet formulas; `decodeFormula` takes it off. */
  formulaGuard: boolean
  /** The moment of the job, which new records take for created and modified; canonical. */
  now?: string
  decodeFormula?: (text: string) => string
}
