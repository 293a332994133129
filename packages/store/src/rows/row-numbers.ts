import { outcomes, reasons } from '@longshore/core'
import type { Organization } from '../organizations/organization.ts'
import type { Transaction } from '../postgres/database.ts'
import { issueStands } from '../plan/standing-issues.ts'
import { quoteIdentifier, quoteLiteral } from '../postgres/quote.ts'
import { isOdd, needleOf, sourceCell } from '../stage/source-cell.ts'
import { sourceHolds } from '../stage/source-holds.ts'

/** One question about the rows of a job whose answer is a set of row numbers; filters are put together from these. */
export type RowQuestion =
  | { kind: 'all' }
  | { kind: 'failing'; planned: boolean }
  | { kind: 'warned' }
  | { kind: 'skipped' }
  | { kind: 'duplicate' }
  | { kind: 'left-out' }
  | { kind: 'replanned' }
  | { kind: 'issue'; code: string; field: string | null; planned: boolean }
  | { kind: 'cell'; column: number; value: string }
  | { kind: 'search'; text: string }

/**
 * The rows that answer, in their order. They come as COPY prints them: a million of them as rows of a result would be a million objects. Those of a
 * search come as they lie in the table and are sorted here: to have them in order PostgreSQL went over a million rows by their index, or sorted them itself.
 * `planned`: the plan is up to date and says more than the check.
 */
export async function rowNumbers(tx: Transaction, organization: Organization, job: number, question: RowQuestion): Promise<Uint32Array> {
  const numbers = new Numbers()
  for await (const bytes of tx.copyTo(`COPY (${sqlOf(organization, Math.trunc(job), question)}) TO STDOUT`)) numbers.read(bytes as Uint8Array)
  return inOrder(numbers.all())
}

/** Nearly always they are: staging is loaded in the order of the file. */
function inOrder(rows: Uint32Array): Uint32Array {
  for (let i = 1; i < rows.length; i++) if ((rows[i - 1] as number) > (rows[i] as number)) return rows.sort()
  return rows
}

const action = (name: (typeof outcomes)[number]): number => outcomes.indexOf(name)
const reason = (name: (typeof reasons)[number]): number => reasons.indexOf(name)

function sqlOf(organization: Organization, job: number, question: RowQuestion): string {
  const table = (name: string): string => `${quoteIdentifier(organization.schema)}.${name}`
  const issues = (where: string): string => `SELECT DISTINCT i.row_number FROM ${table('_issue')} i WHERE i.job = ${job} AND ${where} ORDER BY 1`
  const plans = (where: string): string => `SELECT p.row_number FROM ${table('_plan')} p WHERE p.job = ${job} AND ${where} ORDER BY 1`
  const staged = (where: string): string => `SELECT s.row_number FROM ${table('_staged')} s WHERE s.job = ${job} AND ${where}`
  switch (question.kind) {
    case 'all': return staged('true')
    case 'failing': return question.planned ? plans(`p.action = ${action('failed')}`) : issues(`i.severity = 'error' AND NOT i.on_create`)
    case 'warned': return issues(`i.severity = 'warning'`)
    case 'skipped': return plans(`p.action = ${action('skipped')}`)
    case 'duplicate': return plans(`(p.action = ${action('flagged')} OR p.action = ${action('skipped')} AND p.reason IN (${reason('duplicate-in-file')}, ${reason('duplicate-in-store')}))`)
    case 'left-out': return `SELECT l.row_number FROM ${table('_left_out')} l WHERE l.job = ${job} ORDER BY 1`
    case 'replanned': return `SELECT r.row_number FROM ${table('_replanned')} r WHERE r.job = ${job} ORDER BY 1`
    case 'issue': return issues(`i.code = ${quoteLiteral(question.code)} AND i.field IS NOT DISTINCT FROM ${question.field === null ? 'NULL' : quoteLiteral(question.field)}${
      // what only a new record lacks counts where the row would have made one
      question.planned ? ` AND ${issueStands(quoteIdentifier(organization.schema), 'i')}` : ''}`)
    case 'cell': return staged(cellSays(question.column, question.value))
    case 'search': return staged(sourceHolds('s.source', question.text))
  }
}

/** Text first: looking into the JSON of a row takes ten times as long as finding that it does not hold the text at all. */
function cellSays(column: number, value: string): string {
  const cell = `btrim(coalesce(${sourceCell('s.source', column)}, ''), E' \\t\\n\\r')`
  if (value.trim() === '') return `${cell} = '' AND NOT ${isOdd('s.source')}`
  return `strpos(s.source, ${quoteLiteral(needleOf(value.trim()))}) > 0 AND ${cell} = ${quoteLiteral(value.trim().replaceAll('\0', '').toWellFormed())}`
}

/** Row numbers as COPY prints them, one a line, read digit by digit. */
class Numbers {
  #held = new Uint32Array(1024)
  #count = 0
  #open = 0

  read(bytes: Uint8Array): void {
    let open = this.#open
    for (let i = 0; i < bytes.length; i++) {
      const byte = bytes[i] as number
      if (byte !== 10) { open = open * 10 + byte - 48; continue }
      if (this.#count === this.#held.length) this.#grow()
      this.#held[this.#count++] = open
      open = 0
    }
    this.#open = open
  }

  all(): Uint32Array {
    return this.#held.slice(0, this.#count)
  }

  #grow(): void {
    const wider = new Uint32Array(this.#held.length * 2)
    wider.set(this.#held)
    this.#held = wider
  }
}
