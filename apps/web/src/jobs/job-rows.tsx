import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import type { RowOverviewAnswer, RowWindowAnswer, StagedRowAnswer } from '@longshore/contract'
import { get } from '../client/api.ts'
import { SheetGrid } from '../grid/sheet-grid.tsx'
import type { GridColumn, GridRow } from '../grid/grid-column.ts'
import { shownRows } from '../grid/shown-rows.ts'
import { WindowSource, windowRows } from '../grid/window-source.ts'
import { count } from '../ui/number.ts'
import { plainMessage } from '../ui/plain-message.ts'
import { Empty, Failure, SkeletonRows } from '../ui/states.tsx'
import { words } from '../words/words.ts'
import classes from './job-page.module.css'

const texts = words.jobs.rowsTab
const statuses = ['all', 'errors', 'warnings', 'duplicates', 'excluded', 'replanned'] as const

/** The rows of a job as they were checked, with what became of each. `first`: those that are shown at first. */
export function JobRows({ job, first, planned }: { job: number; first?: string | undefined; /** Nothing of it has happened yet. */ planned: boolean }) {
  const [status, setStatus] = useState(statuses.find((one) => one === first) ?? 'all')
  const overview = useQuery({ queryKey: ['rows', job, 'overview'], queryFn: ({ signal }) => get<RowOverviewAnswer>(`/v1/jobs/${job}/rows/overview`, {}, signal), retry: false })
  const total = useQuery({ queryKey: ['rows', job, 'total', { status }], queryFn: ({ signal }) => get<RowWindowAnswer>(`/v1/jobs/${job}/rows`, { status, limit: 1 }, signal), retry: false })
  const source = useMemo(() => new WindowSource<StagedRowAnswer>(async (position, signal) => (await get<RowWindowAnswer>(`/v1/jobs/${job}/rows`, { status, position, limit: windowRows }, signal)).rows), [job, status])
  useEffect(() => () => source.close(), [source])
  const targets = overview.data?.targets
  const columns = useMemo((): GridColumn[] => [{ key: '-', label: texts.outcome, widthPx: 130, editable: false }, { key: '!', label: texts.issues, widthPx: 280, editable: false }, ...(targets ?? []).map((target) => ({ key: target.path, label: target.label, widthPx: 150, editable: false }))], [targets])
  const rows = useMemo(() => shownRows(source, (row: StagedRowAnswer) => gridRow(row, planned)), [source, planned])
  if (overview.isPending) return <SkeletonRows />
  if (overview.isLoadingError) return <Failure error={overview.error} retry={() => void overview.refetch()} />
  const { counts } = overview.data
  const found = total.data?.total ?? 0
  return (
    <>
      <div className={classes.filters} role="group" aria-label={texts.filter}>
        {statuses.filter((one) => one !== 'replanned' || counts.replanned > 0).map((one) => <button key={one} type="button" aria-pressed={status === one} onClick={() => setStatus(one)}><b>{count(one === 'all' ? counts.rows : counts[one])}</b> {texts.statuses[one]}</button>)}
      </div>
      {total.isError && <Failure error={total.error} retry={() => void total.refetch()} />}
      {total.isSuccess && found === 0 ? <Empty title={texts.none} /> : <div className={classes.sheet}><SheetGrid label={words.jobs.tabs.rows} columns={columns} rowCount={found} rows={rows} rowLabel={texts.row} /></div>}
    </>
  )
}

function gridRow(row: StagedRowAnswer, planned: boolean): GridRow {
  const outcome = row.plan?.outcome
  const worst = row.issues.some((issue) => issue.severity === 'error') ? 'error' as const : 'warning' as const
  const message = row.issues.map(plainMessage).join(' ')
  return {
    label: count(row.row), excluded: row.leftOut, cells: [outcome === undefined ? '' : (planned ? words.jobs.plannedOutcomes : words.jobs.outcomes)[outcome as keyof typeof words.jobs.outcomes] ?? outcome, message, ...row.values],
    marks: message === '' ? {} : { 1: { severity: worst, message } },
  }
}
