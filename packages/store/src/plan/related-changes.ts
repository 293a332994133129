import { RelatedRecord, compileRules, findField, makeIssue, outcomes, reasons, recordIdsOf, relatedWay } from '@longshore/core'
import type { Issue, ObjectType, RelatedFinding, RelatedWay, StoredRelated } from '@longshore/core'
import { copyLines } from '../postgres/copy-lines.ts'
import type { Transaction } from '../postgres/database.ts'
import { storedField } from '../records/write-fields.ts'
import { cellSeparator, field, issueLine } from '../stage/copy-text.ts'
import { dataAges } from './data-ages.ts'
import { splitList } from './group-cursors.ts'
import { groupReader, oneAfterTheOther } from './group-reader.ts'
import { placeAt } from './issue-place.ts'
import { names, outcomeNumber, reasonNumber, temporary, type PlanContext, type PlannedReference } from './plan-context.ts'
import { finderOf, recordsByKey, referenceKey } from './reference-key.ts'
import { referenceGroups } from './resolve-references.ts'

/** Changes and issues written at a time. */
const batch = 2_000
/** Apart from those that references, groups and applying have: so many issues for each slot. */
const relatedSeq = 12_000
const issuesPerSlot = 20

/** The references whose existing records an import was asked to change, by their object; never those of its own object, which have rows of their own. */
export function changingReferences(plan: Pick<PlanContext, 'references' | 'definition' | 'mapping'>): PlannedReference[][] {
  return plan.definition.existingReference === 'update' ? referenceGroups(plan).filter(([first]) => first?.target.name !== plan.mapping.object.name) : []
}

/** Names of the objects whose existing records an import changes beside its own. */
export function changedObjects(plan: Pick<PlanContext, 'references' | 'definition' | 'mapping'>): string[] {
  return changingReferences(plan).flatMap(([first]) => first?.target.name ?? [])
}

/**
 * Works out, with core's `RelatedRecord`, what the rows of the job change of the existing records that they refer to, into `_related_change`: all
 * rows that end well, applied or not, laid over each record in row order. What is applied already stays as it was. Records that the job makes
 * itself are left out: they are what the row says that makes them.
 */
export async function planRelatedChanges(tx: Transaction, plan: PlanContext): Promise<void> {
  const groups = changingReferences(plan)
  if (groups.length === 0) return
  const { table } = names(plan.attempt)
  await tx.query(`DELETE FROM ${table('_related_change')} c WHERE c.job = $1 AND c.applied IS NULL`, [plan.attempt.job])
  await tx.query(`DELETE FROM ${table('_issue')} i WHERE i.job = $1 AND i.seq >= ${relatedSeq} AND i.seq < ${relatedSeq + 32 * issuesPerSlot}`, [plan.attempt.job])
  for (const members of groups) {
    await tx.query('DROP TABLE IF EXISTS pg_temp.described')
    await temporary(tx, 'described', describedRecords(plan, members), [plan.attempt.job])
    await tx.query('ANALYZE pg_temp.described')
    await planObject(tx, plan, members)
  }
}

/** SQL: each row that ends well (row_number) with each existing record that it describes (slot, record). `$1` is the job. */
function describedRecords(plan: PlanContext, members: readonly PlannedReference[]): string {
  const { table } = names(plan.attempt)
  const keys = plan.keys.map((_, k) => `, a.keys[${k + 1}] AS k${k + 1}`).join('')
  const staged = `(SELECT a.row_number${keys} FROM ${table('_staged')} a WHERE a.job = $1 AND a.errors = 0) s`
  const named = members.map((member) => `SELECT s.row_number, ${member.slot}::smallint AS slot, ${referenceKey(plan, member)} AS key FROM ${staged}`).join(' UNION ALL ')
  const { from, to } = recordIdsOf(plan.attempt.job)
  const outcome = `coalesce(o.outcome, p.action, ${outcomes.indexOf('created')})`
  const reason = `coalesce(o.reason, p.reason, ${reasons.indexOf('none')})`
  return `WITH n AS MATERIALIZED (SELECT * FROM (${named}) n WHERE key IS NOT NULL)
    SELECT n.row_number, n.slot, r.id AS record FROM n
    JOIN (SELECT f.key, min(f.id) AS id FROM (${recordsByKey(plan, members, 'SELECT key FROM n')}) f GROUP BY 1 HAVING count(*) = 1) r ON r.key = n.key
    LEFT JOIN ${table('_plan')} p ON p.job = $1 AND p.row_number = n.row_number LEFT JOIN ${table('_outcome')} o ON o.job = $1 AND o.row_number = n.row_number
    WHERE (r.id < ${from} OR r.id >= ${to}) AND NOT EXISTS (SELECT 1 FROM ${table('_related_change')} c WHERE c.job = $1 AND c.record = r.id)
      AND (${outcome} IN (${outcomeNumber('created')}, ${outcomeNumber('flagged')}, ${outcomeNumber('updated')}) OR (${outcome} = ${outcomeNumber('skipped')} AND ${reason} = ${reasonNumber('nothing-to-change')}))`
}

interface DescribingRow { anchor: string; row: string; slot: number; cells: string; defaulted: string | null }
interface DescribedRecord { anchor: string; values: (string | null)[]; updated_at: string; as_of: string | null; born_as_of: string | null; fields_as_of: Record<string, string> | null }

async function planObject(tx: Transaction, plan: PlanContext, members: readonly PlannedReference[]): Promise<void> {
  const [first] = members
  if (first === undefined) return
  const { table } = names(plan.attempt)
  const object = first.target
  const ways = new Map(members.map((member) => [member.slot, { member, way: relatedWay(plan.mapping.targets, member.through) }]))
  const rules = compileRules(object)
  const fields = storedFields(object, [...[...ways.values()].flatMap(({ way }) => way.targets.map((target) => target.field.name)), ...rules.flatMap((rule) => rule.fields)])
  const asks = [...ways.values()].some(({ way }) => way.targets.some((target) => target.merge === 'if-newer'))
  const inTurn = oneAfterTheOther()
  await tx.query(`DECLARE describing NO SCROLL CURSOR FOR SELECT d.record::text AS anchor, s.row_number AS row, d.slot, s.cells, array_to_string(s.defaulted, ',') AS defaulted
    FROM pg_temp.described d JOIN ${table('_staged')} s ON s.job = $1 AND s.row_number = d.row_number ORDER BY d.record, s.row_number, d.slot`, [plan.attempt.job])
  await tx.query(`DECLARE described_records NO SCROLL CURSOR FOR SELECT o.id::text AS anchor, ARRAY[${fields.map(({ read }) => read).join(', ')}]::text[] AS values,
      ${storedField(object, 'updated_at', 'o')?.read} AS updated_at, ${storedField(object, 'as_of', 'o')?.read} AS as_of, ${asks ? dataAges(plan.attempt, object.name) : 'NULL::text AS born_as_of, NULL::jsonb AS fields_as_of'}
    FROM (SELECT DISTINCT record FROM pg_temp.described) d JOIN ${table(object.name)} o ON o.id = d.record ORDER BY o.id`)
  const rows = groupReader<DescribingRow>(tx, 'describing', inTurn)
  const records = groupReader<DescribedRecord>(tx, 'described_records', inTurn)
  let changes: string[] = []
  let issues: string[] = []
  const flush = async (): Promise<void> => {
    await inTurn(() => copyLines(tx, `COPY ${table('_related_change')} (job, object, record, row_number, before, after, as_of) FROM STDIN`, changes))
    await inTurn(() => copyLines(tx, `COPY ${table('_issue')} FROM STDIN`, issues))
    changes = []
    issues = []
  }
  let anchor: string | null = null
  let record: RelatedRecord | null = null
  const end = (): void => {
    const change = record?.change((name) => findField(object, name)?.kind) ?? null
    if (change !== null) changes.push(`${plan.attempt.job}\t${object.name}\t${anchor}\t${change.row}\t${field(JSON.stringify(change.from))}\t${field(JSON.stringify(change.to))}\t${field(change.asOf)}\n`)
  }
  for (let item = await rows.next(); item !== null; item = await rows.next()) {
    if (item.anchor !== anchor) {
      end()
      anchor = item.anchor
      const [stored] = await records.take(anchor)
      record = stored ? new RelatedRecord(relatedOf(stored, fields), rules, plan.rules.effectiveAt) : null
    }
    const described = ways.get(item.slot)
    if (!record || !described) continue
    const cells = splitList(item.cells, cellSeparator, plan.mapping.targets.length)
    const finding = record.lay(described.way, { row: Number(item.row), cells, defaulted: item.defaulted ? new Set(item.defaulted.split(',').map(Number)) : null, namedBy: finderOf(plan, described.member, cells)?.targets ?? [] })
    if (finding) issues.push(...findingLines(plan, described, { row: Number(item.row), cells, record: anchor, finding }))
    if (changes.length + issues.length >= batch) await flush()
  }
  end()
  await flush()
  await inTurn(() => tx.query('CLOSE describing; CLOSE described_records'))
}

/** Fields that are stored, each once, with the SQL that prints what a record `o` holds. */
function storedFields(object: ObjectType, fields: readonly string[]): { name: string; read: string }[] {
  return [...new Set(fields)].flatMap((name) => { const stored = storedField(object, name, 'o'); return stored ? [{ name, read: stored.read }] : [] })
}

function relatedOf({ values, updated_at: updatedAt, as_of: asOf, born_as_of: bornAsOf, fields_as_of: fieldsAsOf }: DescribedRecord, fields: readonly { name: string }[]): StoredRelated {
  return { values: Object.fromEntries(fields.map(({ name }, i) => [name, values[i] ?? null])), updatedAt, asOf, bornAsOf, fieldsAsOf: fieldsAsOf ?? {} }
}

interface Found { row: number; cells: readonly (string | null)[]; record: string; finding: RelatedFinding }

function findingLines(plan: PlanContext, { member, way }: { member: PlannedReference; way: RelatedWay }, { row, cells, record, finding: { tooLong, broken = [], doubted = [] } }: Found): string[] {
  const target = member.target.label.toLowerCase()
  const issueAt = (position: number, why: string): Issue => makeIssue('reference.not-changed', placeAt(plan, row, cells, position), { target, id: record, why })
  const positionOf = (name: string): number => way.positions[way.targets.findIndex(({ field: one }) => one.name === name)] ?? way.positions[0] ?? -1
  const issues = [
    ...(tooLong === undefined ? [] : [issueAt(tooLong, `its ${plan.mapping.targets[tooLong]?.field.label.toLowerCase() ?? 'text'} would become too long`)]),
    ...broken.map(({ rule }) => issueAt(positionOf(rule.rule.check.field), `it would break the rule "${rule.rule.name}" (${rule.words})`)),
    ...doubted.map(({ rule, value }) => makeIssue('reference.doubted', { ...placeAt(plan, row, cells, positionOf(rule.rule.check.field)), value }, { target, rule: rule.rule.name, words: rule.words })),
  ]
  return issues.slice(0, issuesPerSlot).map((issue, i) => issueLine(plan.attempt.job, relatedSeq + member.slot * issuesPerSlot + i, issue))
}
