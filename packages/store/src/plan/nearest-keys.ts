import { nearestHint } from '@longshore/core'
import type { Field } from '@longshore/core'
import { columnOf } from '../objects/column.ts'
import type { Transaction } from '../postgres/database.ts'
import { quoteIdentifier } from '../postgres/quote.ts'
import { names, type PlanContext, type PlannedReference } from './plan-context.ts'

/** Beginnings of values that are looked up, and values fetched for each: a file of strangers costs no more than a file of a few misspellings. */
const mostBeginnings = 200
const mostValues = 300
const beginning = (text: string): string => text.slice(0, 2).toLowerCase()

/**
 * Finds, for values by which a reference found nothing, what existing records hold that comes nearest in spelling. Values are compared with
 * those that begin with the same two characters: one look at the records for each batch of rows.
 */
export class NearestKeys {
  readonly #known = new Map<string, string[]>()
  readonly #tx: Transaction
  readonly #table: string

  constructor(tx: Transaction, plan: PlanContext, reference: PlannedReference) {
    this.#tx = tx
    this.#table = names(plan.attempt).table(reference.target.name)
  }

  /** Fetches what `hint` will need for these values of a field. */
  async look(field: Field, values: readonly string[]): Promise<void> {
    const column = columnOf(field)
    if (column === null || !['text', 'email', 'url', 'external-id'].includes(field.kind)) return
    const wanted = [...new Set(values.map(beginning))].filter((start) => !this.#known.has(`${field.name} ${start}`)).slice(0, Math.max(0, mostBeginnings - this.#known.size))
    if (wanted.length === 0) return
    const start = `lower(left(${quoteIdentifier(column)}, 2))`
    const { rows } = await this.#tx.query<{ start: string; found: string[] }>(`
      SELECT start, array_agg(value ORDER BY n) AS found FROM (
        SELECT ${start} AS start, ${quoteIdentifier(column)} AS value, row_number() OVER (PARTITION BY ${start} ORDER BY id) AS n FROM ${this.#table} WHERE deleted_at IS NULL AND ${start} = ANY($1)) v
      WHERE n <= ${mostValues} GROUP BY 1`, [wanted])
    for (const one of wanted) this.#known.set(`${field.name} ${one}`, [])
    for (const { start: one, found } of rows) this.#known.set(`${field.name} ${one}`, found)
  }

  /** `, the nearest is "Acme Inc."`, or nothing. */
  hint(field: Field, value: string): string {
    return nearestHint(value, this.#known.get(`${field.name} ${beginning(value)}`) ?? [])
  }
}
