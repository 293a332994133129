import { groupPlanner } from '@longshore/core'
import type { PlannedRow } from '@longshore/core'
import { copyLines } from '../postgres/copy-lines.ts'
import type { Transaction } from '../postgres/database.ts'
import { arrayField, bigintArrayField, field } from '../stage/copy-text.ts'
import { groupRow, knownRecord, openGroupRecords, openGroupRows, type RecordOfGroup, type RowOfGroup } from './group-cursors.ts'
import { groupReader, oneAfterTheOther } from './group-reader.ts'
import { clearGroupIssues, groupIssueLines } from './match-issues.ts'
import { flagOutside } from './outside-scope.ts'
import { names, outcomeNumber, reasonNumber, type PlanContext } from './plan-context.ts'
import { shortTurns } from './short-turns.ts'

/** Rows written at a time. */
const batch = 2_000

/**
 * Plans the rows of `pg_temp.grp` by core's `groupPlanner`, group after group, into `pg_temp.grouped`. Rows come with the records that
 * they reach, both ordered by anchor, and are merged here; memory holds one fetch of each and the records of one group.
 */
export async function planGroups(tx: Transaction, plan: PlanContext): Promise<void> {
  await tx.query(`CREATE TEMPORARY TABLE grouped (row_number bigint PRIMARY KEY, anchor bigint NOT NULL, action smallint NOT NULL, reason smallint NOT NULL,
    record bigint, turn smallint NOT NULL, refs bigint[], merged text[], keys bigint[], before jsonb, after jsonb, rivals jsonb, bound boolean NOT NULL DEFAULT false) ON COMMIT DROP`)
  await clearGroupIssues(tx, plan)
  const inTurn = oneAfterTheOther()
  const rowCursor = await openGroupRows(tx, plan)
  const recordCursor = await openGroupRecords(tx, plan)
  const rows = groupReader<RowOfGroup>(tx, rowCursor, inTurn)
  const records = groupReader<RecordOfGroup>(tx, recordCursor, inTurn)
  let lines: string[] = []
  let issues: string[] = []
  const flush = async (): Promise<void> => {
    await inTurn(() => copyLines(tx, 'COPY pg_temp.grouped (row_number, anchor, action, reason, record, turn, refs, merged, keys, before, after, rivals) FROM STDIN', lines))
    await inTurn(() => copyLines(tx, `COPY ${names(plan.attempt).table('_issue')} FROM STDIN`, issues))
    lines = []
    issues = []
  }
  let anchor: string | null = null
  const counts = { targets: plan.rules.targets.length, keys: plan.rules.keys.length, refs: plan.rules.links.length }
  let planRow = groupPlanner(plan.rules, [])
  const turn = shortTurns()
  for (;;) {
    const item = await rows.next()
    if (item === null) break
    if (item.anchor !== anchor) {
      anchor = item.anchor
      planRow = groupPlanner(plan.rules, (await records.take(anchor)).map((record) => knownRecord(record, counts)))
    }
    const row = groupRow(item, counts)
    const planned = planRow(row)
    lines.push(plannedLine(anchor, planned))
    issues.push(...groupIssueLines(plan, planned, row.cells))
    if (lines.length >= batch) await flush()
    const pause = turn()
    if (pause) await pause
  }
  await flush()
  await inTurn(() => tx.query('CLOSE group_rows; CLOSE group_records'))
  await flagOutside(tx, plan)
  // only rows that write to one record one after the other have to stay in one chunk; whoever is skipped or alone needs no anchor
  await tx.query(`UPDATE pg_temp.grouped SET bound = true WHERE action IN (${outcomeNumber('created')}, ${outcomeNumber('flagged')}, ${outcomeNumber('updated')})
    AND anchor IN (SELECT anchor FROM pg_temp.grouped WHERE turn > 0)`)
  await tx.query('ANALYZE pg_temp.grouped (row_number, anchor, action, record)') // of lists and JSON it would take statistics for more than a second
}

function plannedLine(anchor: string, row: PlannedRow): string {
  return `${row.row}\t${anchor}\t${outcomeNumber(row.action)}\t${reasonNumber(row.reason)}\t${row.record ?? '\\N'}\t${row.turn}\t${bigintArrayField(row.refs)}\t${
    arrayField(row.after)}\t${bigintArrayField(row.keys)}\t${side(row.diff, 'from')}\t${side(row.diff, 'to')}\t${
    row.action === 'flagged' && row.rivals ? field(JSON.stringify({ criterion: row.rivals.criterion, ids: row.rivals.ids.map(String) })) : '\\N'}\n`
}

/** One side of what an update changes, as history keeps it. */
function side(diff: PlannedRow['diff'], of: 'from' | 'to'): string {
  if (diff === null) return '\\N'
  return field(`{${Object.entries(diff).map(([name, values]) => `${JSON.stringify(name)}:${JSON.stringify(values[of])}`).join(',')}}`)
}
