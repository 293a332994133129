import { Fault, decide, makeIssue, referencePath } from '@longshore/core'
import { copyLines } from '../postgres/copy-lines.ts'
import type { Transaction } from '../postgres/database.ts'
import { issueLine } from '../stage/copy-text.ts'
import { names, outcomeNumber, reasonNumber, type PlanContext, type PlannedReference } from './plan-context.ts'
import { findingRules, referenceKey, salted } from './reference-key.ts'
import { keyAt, source } from './narrow-rows.ts'
import { failBadRows, firstPlanSeq, referenceGroups } from './resolve-references.ts'

/** Pairs fetched at a time. */
const fetchRows = 5_000
/** Apart from those of groups, references and the bin. */
const cycleSeq = firstPlanSeq + 80
/** Rows that fail take those with them that refer to them, and those that refer to these: so many generations are followed. */
const mostGenerations = 1_000

/**
 * References to rows of the same file: an account whose parent stands further down. Such a key means the record that its row will make or
 * change, whichever that is; the ids of records are known before there are any, so one pass over the rows is enough once it is settled
 * which rows end well. Rows in a circle fail. Where missing records are made, one is made only for a key whose rows all end without a record.
 */
export class FileReferences {
  readonly #tx: Transaction
  readonly #plan: PlanContext
  readonly #members: readonly PlannedReference[]
  #generations = 0

  private constructor(tx: Transaction, plan: PlanContext, members: readonly PlannedReference[]) {
    this.#tx = tx
    this.#plan = plan
    this.#members = members
  }

  /** null where no reference of the file can mean one of its rows. */
  static async open(tx: Transaction, plan: PlanContext): Promise<FileReferences | null> {
    const members = referenceGroups(plan).find(([first]) => first?.target.name === plan.mapping.object.name)
    if (!members) return null
    const candidates = candidatesOf(plan, members)
    if (candidates === null) return null
    const ref = `pg_temp.${members[0]?.table}`
    await tx.query(`CREATE TEMPORARY TABLE file_key ON COMMIT DROP AS SELECT c.key, c.row_number, c.create_errors FROM (${candidates}) c WHERE c.key IN (SELECT r.key FROM ${ref} r WHERE r.found = 0)`, [plan.attempt.job])
    const { rows: [any] } = await tx.query('SELECT 1 FROM pg_temp.file_key LIMIT 1')
    if (!any) return null
    await tx.query('CREATE INDEX ON pg_temp.file_key (key)')
    await tx.query('ANALYZE pg_temp.file_key')
    // what is made for a key without a row of its own
    await tx.query(`CREATE TEMPORARY TABLE file_made ON COMMIT DROP AS SELECT r.key, r.record, r.maker FROM ${ref} r WHERE r.made AND r.key IN (SELECT f.key FROM pg_temp.file_key f)`)
    const references = new FileReferences(tx, plan, members)
    // before there is a plan, rows with one name count as one record: whether they are, their groups tell
    await references.#failCircles()
    await references.settle(false, true)
    return references
  }

  /** Follows rows that fail to those that refer to them, until no more do. True: something changed, so plan again. */
  async settleAll(grouped: boolean): Promise<boolean> {
    let changed = false
    while (await this.settle(grouped)) {
      changed = true
      await failBadRows(this.#tx, this.#plan)
      await this.#failCircles() // what a key means may be another row now
    }
    return changed
  }

  /** Gives each key the record that its row ends with, by the plan of groups if there is one. `several`: of several the first. True: something changed. */
  async settle(grouped: boolean, several = false): Promise<boolean> {
    const plan = this.#plan
    const ref = `pg_temp.${this.#members[0]?.table}`
    const ends = ['created', 'flagged', 'updated', 'skipped'].map((outcome) => outcomeNumber(outcome as 'created')).join(', ')
    const alone = decide(plan.rules, { kind: 'none' }).kind === 'create' ? `CASE WHEN (SELECT r.create_errors FROM pg_temp.rows r WHERE r.row_number = f.row_number) = 0 THEN ($1::bigint << 35) | (f.row_number << 3) END` : 'NULL::bigint'
    const { rowCount } = await this.#tx.query(`
      WITH ended AS (SELECT f.key, ${grouped ? `CASE WHEN g.row_number IS NULL THEN ${alone} WHEN g.action IN (${ends}) THEN g.record END` : alone} AS record
        FROM pg_temp.file_key f ${grouped ? 'LEFT JOIN pg_temp.grouped g ON g.row_number = f.row_number' : ''}
        WHERE $1::integer IS NOT NULL AND NOT EXISTS (SELECT 1 FROM pg_temp.bad b WHERE b.row_number = f.row_number)),
      found AS (SELECT k.key, ${several ? 'least(count(DISTINCT e.record), 1)' : 'count(DISTINCT e.record)'}::integer AS found, CASE WHEN ${several} OR count(DISTINCT e.record) = 1 THEN min(e.record) END AS record
        FROM (SELECT DISTINCT key FROM pg_temp.file_key) k LEFT JOIN ended e ON e.key = k.key GROUP BY k.key),
      meant AS (SELECT f.key, f.found, CASE WHEN f.found = 0 THEN m.record ELSE f.record END AS record, f.found = 0 AND m.record IS NOT NULL AS made, m.maker FROM found f LEFT JOIN pg_temp.file_made m ON m.key = f.key)
      UPDATE ${ref} r SET record = m.record, found = m.found, made = m.made, maker = CASE WHEN m.made THEN m.maker END FROM meant m WHERE m.key = r.key AND (r.record, r.found) IS DISTINCT FROM (m.record, m.found)`, [plan.attempt.job])
    if (rowCount > 0) this.#countGeneration()
    return rowCount > 0
  }

  #countGeneration(): void {
    if (++this.#generations <= mostGenerations) return
    throw new Fault('references.too-deep', `More than ${mostGenerations} generations of rows refer to a row that fails. Correct the row at their root first, or import the file in parts, parents first.`, { remedy: 'stop' })
  }

  /** Rows of which one refers to the next and the last to the first: none of them has an end. Once they fail another row may be meant, and stand in a circle itself. */
  async #failCircles(): Promise<void> {
    while (await this.#failCircularRows()) this.#countGeneration()
  }

  /** True: there were some. */
  async #failCircularRows(): Promise<boolean> {
    const plan = this.#plan
    const next = this.#members.map(() => new Map<number, number>())
    for (const [m, member] of this.#members.entries()) {
      await this.#tx.query(`DECLARE links NO SCROLL CURSOR FOR SELECT s.row_number AS row, min(f.row_number) AS parent, bool_or(f.row_number = s.row_number) AS own FROM ${source} JOIN pg_temp.file_key f ON f.key = ${referenceKey(plan, member)}
        WHERE s.errors = 0 AND NOT EXISTS (SELECT 1 FROM pg_temp.bad b WHERE b.row_number = s.row_number OR b.row_number = f.row_number) GROUP BY 1`, [plan.attempt.job])
      for (;;) {
        const { rows } = await this.#tx.query<{ row: string; parent: string; own: boolean }>(`FETCH ${fetchRows} FROM links`)
        // a row that names itself is a circle, whichever row has the name first
        for (const { row, parent, own } of rows) next[m]?.set(Number(row), own ? Number(row) : Number(parent))
        if (rows.length < fetchRows) break
      }
      await this.#tx.query('CLOSE links')
    }
    const circular = rowsInCircles(next)
    if (circular.length === 0) return false
    await this.#tx.query(`INSERT INTO pg_temp.bad SELECT unnest($1::bigint[]), ${reasonNumber('reference-cycle')} ON CONFLICT DO NOTHING`, [circular])
    const [member] = this.#members
    const target = plan.mapping.targets.find((one) => member !== undefined && referencePath(one) === member.through && one.column !== null)
    await copyLines(this.#tx, `COPY ${names(plan.attempt).table('_issue')} FROM STDIN`, circular.map((row) => issueLine(plan.attempt.job, cycleSeq, makeIssue(
      'reference.cycle', { row, column: target?.header ?? null, field: target?.path ?? null, value: null }))))
    return true
  }
}

/** SQL for the rows that have a key by which references could mean them; null where the file fills none of those. */
function candidatesOf(plan: PlanContext, members: readonly PlannedReference[]): string | null {
  const parts = findingRules(plan, members).flatMap((key) => {
    const own = plan.rules.keys.findIndex((one) => one.rule === key.rule)
    const [first] = members
    return own < 0 || !first ? [] : [`SELECT ${salted(first.target, key, keyAt(own))} AS key, s.row_number, s.create_errors FROM ${source} WHERE s.errors = 0`]
  })
  return parts.length === 0 ? null : parts.join(' UNION ALL ')
}

/** Rows that lead back to themselves, and those on a way from one circle to another. Each row has at most one parent by each reference. */
export function rowsInCircles(parents: readonly ReadonlyMap<number, number>[]): number[] {
  const links = parents.flatMap((one) => [...one])
  // rows that lead to no row, or only to such, are in no circle; then those that no row leads to
  const leading = remaining(new Set(links.map(([row]) => row)), links)
  const kept = links.filter(([row, parent]) => leading.has(row) && leading.has(parent))
  return [...remaining(leading, kept.map(([row, parent]) => [parent, row]))].sort((a, b) => a - b)
}

/** What is left of `rows` when those without a link to another of them are taken away, again and again; each link is looked at once. */
function remaining(rows: ReadonlySet<number>, links: readonly (readonly [number, number])[]): Set<number> {
  const left = new Set(rows)
  const open = new Map<number, number>()
  const from = new Map<number, number[]>()
  for (const [row, to] of links) {
    if (!left.has(row) || !left.has(to)) continue
    open.set(row, (open.get(row) ?? 0) + 1)
    const known = from.get(to)
    if (known) known.push(row)
    else from.set(to, [row])
  }
  const gone = [...left].filter((row) => !open.has(row))
  for (let row = gone.pop(); row !== undefined; row = gone.pop()) {
    left.delete(row)
    for (const other of from.get(row) ?? []) {
      const still = (open.get(other) ?? 0) - 1
      open.set(other, still)
      if (still === 0) gone.push(other)
    }
  }
  return left
}
