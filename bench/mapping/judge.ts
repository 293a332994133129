import { findObject, profileColumn, standardCatalog, weighMapping, type WeighedProposal } from '@longshore/core'
import { answerOf, type LabelledRow } from './labelled-rows.ts'

/** One header with what the mapping said of it. */
export interface Judged {
  system: string
  header: string
  target: string | null
  /** The best proposal, also where it was too weak to be shown. */
  candidate: string | null
  candidateRight: boolean
  sureness: number
  confidence: number
  /** What `map` answers: the proposal where it is shown. */
  answer: string | null
  right: boolean
  /** Leaving the column alone would be right. */
  nullRight: boolean
  applied: boolean
  /** Not applied for another reason than its confidence: a related record that nothing finds. */
  heldBack: boolean
}

const catalog = standardCatalog()

/** `withCells`: also by what stands below the headers, where the set knows it. */
export function judge(row: LabelledRow, withCells = false): Judged[] {
  const object = findObject(catalog, row.object)
  if (!object) throw new Error(`There is no object "${row.object}".`)
  const profiles = withCells ? row.headers.map(({ cells }) => profileColumn(cells.filter((cell) => cell.trim() !== ''))) : []
  return weighMapping({ catalog, object, columns: row.headers.map(({ header }) => header), profiles }).map((proposal: WeighedProposal, i) => {
    const { header = '', target = null, alt = [] } = row.headers[i] ?? {}
    const fits = (path: string | null): boolean => { const said = answerOf(row.object, path); return said === target || alt.includes(said) }
    return {
      system: row.system, header, target, candidate: proposal.candidate, candidateRight: proposal.candidate !== null && fits(proposal.candidate), sureness: proposal.sureness,
      confidence: proposal.confidence, answer: proposal.field, right: fits(proposal.field), nullRight: fits(null), applied: proposal.applied, heldBack: proposal.heldBack,
    }
  })
}
