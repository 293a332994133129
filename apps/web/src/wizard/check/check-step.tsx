import { Button, TextInput } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import Search from 'lucide-react/icons/search'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { KeyboardEvent } from 'react'
import type { FixesAnswer, JobDetails, NewFix, RowIssueGroupsAnswer, RowOverviewAnswer, RowWindowAnswer, StagedRowAnswer } from '@longshore/contract'
import { get, send } from '../../client/api.ts'
import { useMutation } from '../../client/use-mutation.ts'
import { SheetGrid } from '../../grid/sheet-grid.tsx'
import type { CellEdit, SheetGridHandle } from '../../grid/sheet-grid.tsx'
import { shownRows } from '../../grid/shown-rows.ts'
import { WindowSource, windowRows } from '../../grid/window-source.ts'
import { count, quantity } from '../../ui/number.ts'
import { Empty, Failure, SkeletonRows } from '../../ui/states.tsx'
import { importWords } from '../../words/imports.ts'
import { words } from '../../words/words.ts'
import classes from '../wizard.module.css'
import { beginCheck } from '../begin-check.ts'
import type { DraftStore } from '../draft-store.ts'
import { WizardFrame } from '../wizard-frame.tsx'
import type { WizardFrameProps } from '../wizard-frame.tsx'
import { ActivePlace } from './active-place.ts'
import { CellBar } from './cell-bar.tsx'
import { ChangesPanel } from './changes-panel.tsx'
import { checkTitle } from './check-title.ts'
import { GroupFix } from './group-fix.tsx'
import { GoToRow } from './go-to-row.tsx'
import { ReportMenu } from './report-upload.tsx'
import { IssueGroups } from './issue-groups.tsx'
import { nextIssue } from './next-issue.ts'
import { proposedValue } from './proposed-value.ts'
import { ColumnValues } from './value-fixes.tsx'
import { RowCards } from './row-cards.tsx'
import { rowKeys, useFixes } from './fixes.ts'
import { columnOf, stagedColumns, stagedGridRow } from './staged-grid.ts'
import { filterQuery, noFilter } from './row-view.ts'
import type { RowView } from './row-view.ts'

const texts = importWords.check
const ofOneValue = new Set<NewFix['fix']['kind']>(['map-value', 'treat-as-empty'])

/** Every row, checked: what will be written, what cannot be, and why; cells and whole groups are corrected here, and each correction can be taken back. */
export function CheckStep({ job, store, linkTo, about }: { job: JobDetails; store: DraftStore | null; linkTo: WizardFrameProps['linkTo']; about: string }) {
  const navigate = useNavigate()
  const client = useQueryClient()
  const narrow = useMediaQuery('(max-width: 640px)')
  const [view, setView] = useState<RowView>(noFilter)
  const [search, setSearch] = useState('')
  // a cell that moves draws the sheet and what is said of the cell, not this step
  const place = useMemo(() => new ActivePlace(), [])
  const [panel, setPanel] = useState<'changes' | 'fix' | 'go' | null>(null)
  const [column, setColumn] = useState<number | null>(null)
  const grid = useRef<SheetGridHandle>(null)
  const sheet = useRef<HTMLDivElement>(null)
  const wayOn = useRef<HTMLElement>(null)
  const number = job.job

  const overview = useQuery({ queryKey: [...rowKeys(number), 'overview'], queryFn: ({ signal }) => get<RowOverviewAnswer>(`/v1/jobs/${number}/rows/overview`, {}, signal) })
  const groups = useQuery({ queryKey: [...rowKeys(number), 'issues'], queryFn: ({ signal }) => get<RowIssueGroupsAnswer>(`/v1/jobs/${number}/rows/issues`, {}, signal) })
  const fixes = useQuery({ queryKey: [...rowKeys(number), 'fixes'], queryFn: ({ signal }) => get<FixesAnswer>(`/v1/jobs/${number}/fixes`, {}, signal) })
  const total = useQuery({ queryKey: [...rowKeys(number), 'total', view], queryFn: ({ signal }) => get<RowWindowAnswer>(`/v1/jobs/${number}/rows`, { ...filterQuery(view), limit: 1 }, signal) })

  const staged = useMemo(() => new WindowSource<StagedRowAnswer>(async (position, signal) => (await get<RowWindowAnswer>(`/v1/jobs/${number}/rows`, { ...filterQuery(view), position, limit: windowRows }, signal)).rows), [number, view])
  useEffect(() => () => staged.close(), [staged])
  const shape = overview.data
  // the server answers again, after a lost network or an ended session: rows that did not come are asked for once more
  useEffect(() => { if (staged.failure !== null) { staged.retry(); staged.refresh() } }, [staged, overview.dataUpdatedAt])
  const rows = useMemo(() => shownRows(staged, (row: StagedRowAnswer) => shape && stagedGridRow(row, shape)), [staged, shape])
  const columns = useMemo(() => shape ? stagedColumns(shape) : [], [shape])

  const { add, addAll, turn } = useFixes(number, () => staged.refresh())
  const plan = useMutation({ mutationFn: () => send<JobDetails>('POST', `/v1/jobs/${number}/plan`, {}), onSettled: () => Promise.all([client.invalidateQueries({ queryKey: rowKeys(number) }), client.invalidateQueries({ queryKey: ['job', number] })]).then(() => staged.refresh()) })

  // a setting of the import: all rows are checked again by it
  const settle = useMutation({ mutationFn: (missingReference: 'create' | 'blank') => { store?.change({ missingReference }); return store ? beginCheck(store) : Promise.reject(new Error('without a draft there is nothing to settle')) } })

  const edit = (cells: readonly CellEdit[]) => {
    const known = cells.flatMap((cell) => { const row = staged.row(cell.row); return row ? [{ cell, row }] : [] })
    for (const { cell } of known) staged.change(cell.row, (row) => ({ ...row, cells: (row.cells ?? []).with(cell.column, cell.value), issues: row.issues }))
    add.mutate({ fix: { kind: 'edit', cells: known.map(({ cell, row }) => ({ row: row.row, column: cell.column + 1, value: cell.value, seen: row.cells?.[cell.column] ?? '' })) } })
  }
  const closeDialogs = () => { setPanel(null); setColumn(null) }
  // one value of many: the next one is in the same dialog
  const correct = (fix: NewFix) => {
    if (!ofOneValue.has(fix.fix.kind)) closeDialogs()
    add.mutate(fix, { onError: closeDialogs })
  }
  const undoLast = () => { const last = fixes.data?.fixes.findLast((fix) => !fix.undone); if (last) turn.mutate({ number: last.number, to: 'undo' }) }
  const redoLast = () => { const next = fixes.data?.fixes.findLast((fix) => fix.undone); if (next) turn.mutate({ number: next.number, to: 'redo' }) }
  const takeProposed = () => {
    const row = staged.row(place.now.row)
    const value = row && shape && proposedValue(job.unknownValues, shape, row, place.now.column)
    if (value) edit([{ ...place.now, value }])
  }
  const goToRow = async (wanted: number) => {
    const { position, rows: [first] } = await get<RowWindowAnswer>(`/v1/jobs/${number}/rows`, { ...filterQuery(view), row: wanted, limit: 1 })
    if (first) grid.current?.goTo({ row: position, column: place.now.column })
  }
  const chooseGroup = (issue: RowView['issue'] | null) => {
    setPanel(null) // a group that was corrected to its end took its dialog with it
    setView({ ...noFilter, ...(issue ? { issue } : {}) })
    const about = issue && groups.data?.groups.find((one) => one.code === issue.code && one.field === issue.field)
    const at = about && shape ? columnOf(about, shape.columns, shape.targets) : null
    if (at !== null) grid.current?.showColumn(at)
    if (narrow && issue) sheet.current?.scrollIntoView({ block: 'start' }) // its rows stand below all groups
  }
  /** Where a correction took the last row of its kind, and with it what had the focus, the way on gets it. */
  const takeLostFocus = (button: HTMLElement | null) => { wayOn.current = button; if (button && document.activeElement === document.body) button.focus() }
  const toIssue = (step: 1 | -1) => {
    const next = nextIssue(rows, total.data?.total ?? 0, place.now, step)
    if (next) grid.current?.goTo(next)
  }
  const key = (event: KeyboardEvent): boolean => {
    const ctrl = event.ctrlKey || event.metaKey
    if (ctrl && event.key.toLowerCase() === 'z') { undoLast(); return true }
    if (ctrl && event.key.toLowerCase() === 'y') { redoLast(); return true }
    if (ctrl && event.key.toLowerCase() === 'g') { setPanel('go'); return true }
    if (event.altKey && event.key === 'ArrowDown') { setColumn(place.now.column + 1); return true }
    if (ctrl && event.key === '.') { takeProposed(); return true }
    if (event.key === 'F8') { toIssue(event.shiftKey ? -1 : 1); return true }
    return false
  }

  if (overview.isPending) return <WizardFrame step="check" linkTo={linkTo} about={about} title={texts.title}><SkeletonRows rows={12} /></WizardFrame>
  if (overview.isLoadingError) return <WizardFrame step="check" linkTo={linkTo} about={about} title={texts.title}><Failure error={overview.error} retry={() => void overview.refetch()} /></WizardFrame>
  const { counts, planned } = overview.data
  const ready = planned ? counts.ready : null
  const busy = add.isPending || addAll.isPending || turn.isPending || plan.isPending
  const group = view.issue && groups.data?.groups.find((one) => one.code === view.issue?.code && one.field === view.issue.field)
  const found = total.data?.total ?? 0
  return (
    <WizardFrame
      step="check" linkTo={linkTo} about={about} title={checkTitle(counts, ready)} fill keys={[...words.grid.keys, ...texts.keys]}
      status={busy ? plan.isPending ? texts.planning : texts.rechecking : planned ? ready === 0 && counts.errors === 0 && counts.rows > counts.excluded ? texts.nothingToWriteText : '' : texts.notPlanned}
      main={planned ? { label: texts.next(counts.ready), run: () => void navigate({ to: '/imports/$job/$step', params: { job: String(number), step: 'run' } }), disabled: busy || counts.ready === 0 } : { label: texts.plan, run: () => plan.mutate(), loading: plan.isPending, disabled: busy }}
    >
      <div className={`${classes.bar} ${busy ? classes.outdated : ''}`} role="group" aria-label={texts.filter}>
        {(['all', 'ready', 'warnings', 'errors', 'duplicates', 'excluded'] as const).map((status) => {
          const rowsOf = status === 'all' ? counts.rows : status === 'ready' ? ready : counts[status]
          return <button key={status} type="button" className={classes.filter} aria-pressed={view.status === status && !view.issue} onClick={() => setView({ ...noFilter, status })}><b>{rowsOf === null ? '…' : count(rowsOf)}</b> {texts.statuses[status](rowsOf ?? 0)}</button>
        })}
        <div className={classes.bar} style={{ margin: '0 0 0 auto' }}>
          <ReportMenu job={number} shape={overview.data} planned={planned} onFix={(fix) => add.mutate(fix)} />
          <Button size="xs" variant="default" onClick={() => setPanel('changes')}>{texts.changes(fixes.data?.fixes.filter((fix) => !fix.undone).length ?? 0)}</Button>
        </div>
      </div>
      {add.isError && <Failure error={add.error} title={add.variables.fix.kind === 'edit' ? words.records.notChanged(add.variables.fix.cells.map((cell) => cell.value)) : texts.notFixed} retry={() => add.mutate(add.variables)} />}
      {addAll.isError && <Failure error={addAll.error} title={texts.notFixed} />}
      {turn.isError && <Failure error={turn.error} retry={() => turn.mutate(turn.variables)} />}
      {settle.isError && <Failure error={settle.error} />}
      {plan.isError && <Failure error={plan.error} />}
      <div className={classes.check}>
        <IssueGroups groups={groups.data?.groups ?? []} rows={counts.rows} view={view} onChoose={chooseGroup} />
        <div ref={sheet} className={classes.sheet}>
          <div className={classes.tools}>
            <form onSubmit={(event) => { event.preventDefault(); setView({ ...view, search }) }}><TextInput data-page-search aria-label={texts.search} placeholder={texts.search} size="xs" leftSection={<Search size={14} />} value={search} onChange={({ currentTarget }) => setSearch(currentTarget.value)} onBlur={() => { if (search !== view.search) setView({ ...view, search }) }} /></form>
            <span className={classes.quiet} role="status">{total.isFetching ? words.states.loading : quantity(found, 'row', 'rows')}</span>
            {group && <Button size="xs" onClick={() => setPanel('fix')}>{texts.fixGroup(group.rows)}</Button>}
            {found > 0 && (view.issue || view.search || view.status === 'errors' || view.status === 'duplicates') && <Button size="xs" variant="default" onClick={() => add.mutate({ fix: { kind: 'leave-out' }, rows: { status: view.status, ...(view.issue ? { issue: view.issue } : {}), ...(view.search ? { search: view.search } : {}) } })}>{texts.leaveOut(found)}</Button>}
          </div>
          {staged.failure !== null && <Failure error={staged.failure} retry={() => { staged.retry(); staged.refresh() }} />}
          {found === 0 && total.isSuccess ? <Empty title={view.issue || view.status !== 'all' ? texts.noneLeft : texts.noneFound} action={<Button ref={takeLostFocus} variant="default" onClick={() => { setSearch(''); setView(noFilter) }}>{texts.showAll}</Button>} />
            : narrow ? <RowCards rows={staged} found={found} shape={overview.data} unknown={job.unknownValues} onEdit={(row, column, value) => edit([{ row, column, value }])} />
              : <SheetGrid handle={grid} label={texts.grid} columns={columns} rowCount={found} rows={rows} rowLabel={texts.row} onEdit={edit} onActive={place.moveTo} onKey={key} onSort={(key) => setColumn(Number(key))} />}
          {!narrow && found > 0 && <CellBar rows={staged} place={place} shape={overview.data} unknown={job.unknownValues} onTake={takeProposed} onEdit={() => grid.current?.edit()} onLeaveOut={(row) => add.mutate({ fix: { kind: 'leave-out' }, rows: [row] })} onNext={() => toIssue(1)} />}
        </div>
      </div>
      <ChangesPanel opened={panel === 'changes'} onClose={() => setPanel(null)} fixes={fixes.data?.fixes ?? []} busy={turn.isPending} onTurn={(fix, to) => turn.mutate({ number: fix, to })} />
      <GroupFix opened={panel === 'fix'} onClose={() => setPanel(null)} onClosed={() => { if (document.activeElement === document.body) wayOn.current?.focus() }} job={number} object={job.object} group={group ?? null} unknown={job.unknownValues} shape={overview.data} onFix={correct} onFixes={(all) => { setPanel(null); addAll.mutate(all) }} onMissing={(policy) => { setPanel(null); settle.mutate(policy) }} />
      <ColumnValues column={column} onClose={() => setColumn(null)} job={number} object={job.object} shape={overview.data} onFix={correct} onFixes={(all) => { setColumn(null); addAll.mutate(all) }} />
      <GoToRow opened={panel === 'go'} onClose={() => setPanel(null)} onGo={(row) => { setPanel(null); void goToRow(row) }} />
    </WizardFrame>
  )
}
