import { decide, failpoint } from '@longshore/core'
import { fenced, fencedBeside } from '../jobs/attempt.ts'
import { patchJob, readJob } from '../jobs/job.ts'
import { outdatedPlan } from '../jobs/outdated-plan.ts'
import { fillKeys, newKeys } from '../match/fill-keys.ts'
import { withLooking } from '../match/rekey.ts'
import { readWrites } from '../jobs/writer.ts'
import { quoteIdentifier } from '../postgres/quote.ts'
import { asSystem } from '../organizations/as-system.ts'
import type { Database, Transaction } from '../postgres/database.ts'
import { analyze } from '../stage/stage-rows.ts'
import { assignOwners } from './assign-owners.ts'
import { checkBlankedRows } from './blanked-rules.ts'
import { stampPlan } from './stamp-plan.ts'
import { keepFormerPlan, noteReplanned, withoutOutcome } from './replanned.ts'
import { issueStands } from './standing-issues.ts'
import { writeBinnedIssues } from './binned-issues.ts'
import { mayBeBad } from './match-rows.ts'
import { failUnknownIds, tellUnknownIds } from './unknown-ids.ts'
import { chooseMakers } from './choose-makers.ts'
import { fillLinkKeys } from './fill-link-keys.ts'
import { FileReferences } from './file-references.ts'
import { findGroups, joinByNewKeys } from './find-groups.ts'
import { clearGroupIssues, writeNoMatchIssues } from './match-issues.ts'
import { noteMetRecords } from './met-records.ts'
import { names, outcomeNumber, reasonNumber, type PlanContext } from './plan-context.ts'
import { writeOutsideIssues } from './outside-scope.ts'
import { planGroups } from './plan-groups.ts'
import type { Beside } from './plan-lone-rows.ts'
import { writeOutcomes } from './plain-rows.ts'
import { blockOf, referenceKey } from './reference-key.ts'
import { narrowRows, source, takeTried } from './narrow-rows.ts'
import { changedObjects, planRelatedChanges } from './related-changes.ts'
import { trialMarks } from './tried-rows.ts'
import { failUnmakeable } from './related-rules.ts'
import { failBadRows, firstPlanSeq, resolveReferences, tellBadRows } from './resolve-references.ts'
import { failStoredCircles } from './stored-circles.ts'

const planSettings = { work_mem: '96MB' }

/** As for applying: how many transactions may be under way at once, and how many rows are worth one. */
export interface PlanSettings { chunkRows: number; connections: number }

/**
 * Plans every staged row of a job: what will be done with it, to which record, with which values. One transaction, so the plan is
 * complete or absent (what a second one writes beside it counts with it alone). Rows that share no key with anything, nearly all of most files, all get core's decision for them, which where it is
 * to create is not written once per row (`plain-rows.ts`); all others go through core's `groupPlanner`.
 */
export async function planImport(db: Database, plan: PlanContext, settings: PlanSettings): Promise<void> {
  const { attempt } = plan
  const objects = [...writtenObjects(plan), ...readObjects(plan)]
  if (plan.onlyUnapplied) await stampPlan(db, plan) // what is planned again is compared with it
  await fillKeys(db, attempt.organization, newKeys(plan.catalog, plan.keys), plan.filling)
  await fenced(db, attempt, async (tx) => {
    await tx.query('SET LOCAL cursor_tuple_fraction = 1') // cursors are read to their end: a plan that begins soonest looked rows up one by one
    // counters first: what is written after them is seen again when the plan is applied
    const seen = await readWrites(tx, attempt.organization, attempt.job, objects)
    if (plan.onlyUnapplied) await writeOutcomes(tx, attempt)
    const trials = await takeTried(tx, plan)
    const beside = await clearPlan(tx, plan) || settings.connections < 2 ? null : besidePlanning(db, plan, settings)
    await narrowRows(tx, plan)
    await failpoint('plan.after-rows')
    await resolveReferences(tx, plan)
    const inFile = await FileReferences.open(tx, plan)
    await failBadRows(tx, plan)
    await failUnknownIds(tx, plan)
    await failUnmakeable(tx, plan)
    let grouped = await planRows(tx, plan, beside)
    while (await inFile?.settleAll(grouped) || await failStoredCircles(tx, plan, grouped)) {
      await failUnmakeable(tx, plan)
      grouped = await planRows(tx, plan)
    }
    await tellBadRows(tx, plan)
    await tellUnknownIds(tx, plan)
    await chooseMakers(tx, plan, grouped)
    await insertPlan(tx, plan, grouped)
    await noteMetRecords(tx, plan)
    await planLeftOut(tx, plan)
    await assignOwners(tx, plan)
    await planRelatedChanges(tx, plan)
    await writeNoMatchIssues(tx, plan)
    await writeBinnedIssues(tx, plan)
    await writeOutsideIssues(tx, plan, grouped)
    await reopenChunks(tx, plan)
    const replanned = plan.onlyUnapplied ? await noteReplanned(tx, plan) : null
    const warnings = await countWarnings(tx, plan)
    // told in the same transaction, so that no plan is counted twice or not at all
    await asSystem(tx, attempt.organization, async () => {
      // held from here to the end: a trial that ends, or is taken back, tells the job so (`changeState`), and waits for this
      await tx.query('SELECT 1 FROM longshore.job WHERE organization = $1 AND number = $2 FOR NO KEY UPDATE', [attempt.organization.id, attempt.job])
      if (!plan.onlyUnapplied && trials !== await trialMarks(tx, attempt.organization, attempt.job)) throw outdatedPlan(attempt.job)
      const { checkpoint, seen: held } = await readJob(tx, attempt.organization, attempt.job)
      await patchJob(tx, attempt.organization, attempt.job, {
        // what was written on the plan of before may refer to records that this one does not make
        checkpoint: { ...checkpoint, planned: true, drifted: false, ...(checkpoint.backedUp ? { backedUp: false } : {}), ...(plan.onlyUnapplied && plan.references.length > 0 ? { linksInDoubt: true } : {}) }, ...(replanned === null ? {} : { replanned }), warnings,
        // a plan that is made again while the job is the writer keeps what it holds
        seen: plan.onlyUnapplied ? held : seen,
      })
    })
    await failpoint('plan.before-commit')
  }, { settings: planSettings })
  await failpoint('plan.after-commit')
  await analyze(db, attempt, '_plan', plan.lastRow, ['row_number', 'action', 'reason', 'record', 'anchor']) // of lists and JSON it would take statistics for more than a second
}

/** Plans the rows that cannot be planned alone; returns whether there are any. */
async function planRows(tx: Transaction, plan: PlanContext, beside: Beside | null = null): Promise<boolean> {
  await checkBlankedRows(tx, plan)
  await fillLinkKeys(tx, plan)
  const groups = await findGroups(tx, plan, beside)
  if (groups.members === 0) await clearGroupIssues(tx, plan)
  else do await planGroups(tx, plan); while (await joinByNewKeys(tx, plan, groups))
  return groups.members > 0
}

/** The objects that the job may write, by name. */
export function writtenObjects(plan: Pick<PlanContext, 'catalog' | 'mapping' | 'references' | 'definition'>): string[] {
  const made = plan.definition.missingReference === 'create' ? plan.references.map((reference) => reference.target.name) : []
  // keys of other objects may look at what changes here: a contact's, by the name of its account
  return [...new Set([...withLooking(plan.catalog, [plan.mapping.object.name, ...changedObjects(plan)]), ...made])].sort()
}

/** The objects that the plan stands on and the job does not write: those that rows refer to. */
export function readObjects(plan: Pick<PlanContext, 'catalog' | 'mapping' | 'references' | 'definition'>): string[] {
  const written = writtenObjects(plan)
  return [...new Set(plan.references.map((reference) => reference.target.name))].filter((name) => !written.includes(name)).sort()
}

/** Returns whether there was a plan. */
async function clearPlan(tx: Transaction, plan: PlanContext): Promise<boolean> {
  const { table } = names(plan.attempt)
  const { job } = plan.attempt
  const unapplied = plan.onlyUnapplied ? withoutOutcome(plan) : ''
  if (plan.onlyUnapplied) await keepFormerPlan(tx, plan)
  const { rowCount: cleared } = await tx.query(`DELETE FROM ${table('_plan')} p WHERE p.job = $1${unapplied}`, [job])
  await tx.query(`DELETE FROM ${table('_reference')} p WHERE p.job = $1`, [job])
  await tx.query(`DELETE FROM ${table('_issue')} p WHERE p.job = $1 AND p.seq >= ${firstPlanSeq}${unapplied}`, [job])
  return plan.onlyUnapplied || cleared > 0
}

/**
 * Its commit needs no wait of its own: the one of the plan, which comes after, brings both to disk. Where rows were cleared the two would wait for each other:
 * for a row that the one takes away and the other writes anew.
 */
function besidePlanning(db: Database, { attempt }: PlanContext, { chunkRows }: PlanSettings): Beside {
  return {
    worthFrom: chunkRows,
    transaction: (work) => fencedBeside(db, attempt, work, { settings: planSettings, durable: false })?.then(async (done) => {
      await failpoint('plan.beside-committed')
      return done
    }) ?? null,
  }
}

/** Keeps the plans of all rows that are not plain, and what rows refer to. */
async function insertPlan(tx: Transaction, plan: PlanContext, grouped: boolean): Promise<void> {
  const { table } = names(plan.attempt)
  const refs = plan.references
  const { job } = plan.attempt
  await keepReferences(tx, plan)
  const alone = decide(plan.rules, { kind: 'none' })
  const creates = alone.kind === 'create'
  const someBad = mayBeBad(plan)
  const bad = someBad ? 'b.row_number IS NOT NULL' : 'false'
  // which rows are asked first: joined first, all rows of the file would be hashed for the few that are looked for
  await tx.query(`
    INSERT INTO ${table('_plan')} (job, row_number, action, reason)
    SELECT $1, w.row_number, ${outcomeNumber('failed')}, w.reason FROM (
      SELECT s.row_number, CASE WHEN s.errors > 0 THEN ${reasonNumber('invalid')} ${someBad ? `WHEN ${bad} THEN b.reason` : ''}
        ELSE ${reasonNumber(creates ? 'invalid' : alone.kind === 'fail' || alone.kind === 'skip' ? alone.reason : 'none')} END AS reason
      FROM ${source} ${someBad ? 'LEFT JOIN pg_temp.bad b ON b.row_number = s.row_number' : ''}
      WHERE ${creates ? `(s.errors > 0 OR s.create_errors > 0 OR ${bad})` : 'true'} OFFSET 0) w
    WHERE NOT EXISTS (SELECT 1 FROM pg_temp.hit h WHERE h.row_number = w.row_number)
      ${grouped ? 'AND NOT EXISTS (SELECT 1 FROM pg_temp.grp g WHERE g.row_number = w.row_number)' : ''}`, [job])
  if (!grouped) return
  const making = refs.map(({ slot, table: ref }) => `LEFT JOIN pg_temp.${ref} to_${slot} ON to_${slot}.maker = p.row_number AND to_${slot}.maker_slot = ${slot} AND to_${slot}.record = p.refs[${slot}]`)
  const makes = plan.definition.missingReference === 'create' && refs.length > 0
    ? refs.map(({ slot }) => `CASE WHEN to_${slot}.maker = p.row_number AND to_${slot}.maker_slot = ${slot} THEN ${1 << slot} ELSE 0 END`).join(' + ') : '0'
  // a row of a group that creates and that no other row writes to is as plain as one that is alone
  await tx.query(`
    INSERT INTO ${table('_plan')} (job, row_number, action, reason, makes, turn, record, anchor, refs, merged, keys, before, after, rivals)
    SELECT $1, p.row_number, p.action, p.reason, CASE WHEN p.action IN (${outcomeNumber('created')}, ${outcomeNumber('flagged')}, ${outcomeNumber('updated')}) THEN ${makes} ELSE 0 END,
      p.turn, p.record, CASE WHEN p.bound THEN p.anchor END, p.refs, p.merged, p.keys, p.before, p.after, p.rivals
    FROM pg_temp.grouped p ${making.join('\n')}
    WHERE p.bound OR p.action <> ${outcomeNumber('created')} OR ${!creates}`, [job])
}

/** Rows that a person left out, or that a trial has dealt with, end as excluded; nothing else of them counts, and no other row meets them. */
async function planLeftOut(tx: Transaction, plan: PlanContext): Promise<void> {
  const { table } = names(plan.attempt)
  await tx.query(`INSERT INTO ${table('_plan')} (job, row_number, action, reason)
    SELECT p.job, p.row_number, ${outcomeNumber('excluded')}, min(p.reason) FROM (SELECT job, row_number, ${reasonNumber('left-out')} AS reason FROM ${table('_left_out')}
      UNION ALL SELECT $1::integer, row_number, ${reasonNumber('tried')} FROM pg_temp.tried) p
    WHERE p.job = $1${plan.onlyUnapplied ? withoutOutcome(plan) : ''} GROUP BY 1, 2`, [plan.attempt.job])
}

/** Keeps which record each row refers to, and whether the row makes it. */
async function keepReferences(tx: Transaction, plan: PlanContext): Promise<void> {
  const { table } = names(plan.attempt)
  for (const reference of plan.references) {
    const makes = `(r.maker = s.row_number AND r.maker_slot = ${reference.slot})`
    await tx.query(`INSERT INTO ${table('_reference')} (job, slot, block, rows, records, made)
      SELECT $1, ${reference.slot}, ${blockOf('s.row_number')}, array_agg(s.row_number), array_agg(CASE WHEN ${makes} THEN -r.record ELSE r.record END), count(*) FILTER (WHERE ${makes})
      FROM ${source} JOIN pg_temp.${reference.table} r ON r.key = ${referenceKey(plan, reference)} WHERE s.errors = 0 AND r.record IS NOT NULL GROUP BY 3`, [plan.attempt.job])
  }
}

/**
 * A chunk that was applied may hold a row that was not: one that belonged to the group of a row further up. Planned again, such a row can
 * stand by itself, and no later chunk would come by it. Such chunks are opened again; what they have applied has its outcome and is passed over.
 */
async function reopenChunks(tx: Transaction, plan: PlanContext): Promise<void> {
  if (!plan.onlyUnapplied) return
  const { table } = names(plan.attempt)
  await tx.query(`DELETE FROM ${table('_chunk')} c WHERE c.job = $1 AND EXISTS (
      SELECT 1 FROM ${table('_staged')} p LEFT JOIN ${table('_plan')} own ON own.job = p.job AND own.row_number = p.row_number
      WHERE p.job = $1 AND p.row_number >= c.first AND p.row_number < c.last AND (own.anchor IS NULL OR own.anchor >= c.first)${withoutOutcome(plan)})`, [plan.attempt.job])
}

/** Planning may have warnings of its own. */
export async function countWarnings(tx: Transaction, plan: Pick<PlanContext, 'attempt'>): Promise<number> {
  const { rows: [row] } = await tx.query<{ n: string }>(`SELECT count(*) AS n FROM ${names(plan.attempt).table('_issue')} i WHERE i.job = $1 AND i.severity = 'warning' AND ${issueStands(quoteIdentifier(plan.attempt.organization.schema), 'i')}`, [plan.attempt.job])
  return Number(row?.n ?? 0)
}
