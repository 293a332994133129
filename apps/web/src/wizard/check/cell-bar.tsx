import { Button, Kbd } from '@mantine/core'
import { startTransition, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import type { JobDetails, RowOverviewAnswer, StagedRowAnswer } from '@longshore/contract'
import type { Place } from '../../grid/grid-move.ts'
import type { WindowSource } from '../../grid/window-source.ts'
import { count } from '../../ui/number.ts'
import { plainMessage } from '../../ui/plain-message.ts'
import { importWords } from '../../words/imports.ts'
import { words } from '../../words/words.ts'
import classes from '../wizard.module.css'
import type { ActivePlace } from './active-place.ts'
import { proposedValue } from './proposed-value.ts'
import { columnOf } from './staged-grid.ts'

interface CellBarProps { rows: WindowSource<StagedRowAnswer>; place: ActivePlace; shape: RowOverviewAnswer; unknown: JobDetails['unknownValues']; onTake: () => void; onEdit: () => void; onLeaveOut: (row: number) => void; onNext: () => void }

/** What there is to say of the active cell: its issue, what stood there before, what will become of the row. */
export function CellBar({ rows, place, shape, unknown, onTake, onEdit, onLeaveOut, onNext }: CellBarProps) {
  const texts = importWords.check
  useSyncExternalStore(rows.subscribe, rows.snapshot)
  const { row: position, column } = useSettledPlace(place)
  const row = rows.row(position)
  const latest = useRef({ onEdit, onLeaveOut, onNext })
  latest.current = { onEdit, onLeaveOut, onNext }
  const number = row?.row
  // the buttons are most of what there is to draw, and seldom change
  const actions = useMemo(() => (
    <>
      <Button size="xs" variant="default" onClick={() => latest.current.onEdit()} rightSection={<Kbd size="xs">F2</Kbd>}>{words.buttons.edit}</Button>
      {row?.leftOut === false && <Button size="xs" variant="default" onClick={() => { if (number !== undefined) latest.current.onLeaveOut(number) }}>{texts.leaveRowOut}</Button>}
      <Button size="xs" variant="default" onClick={() => latest.current.onNext()} rightSection={<Kbd size="xs">F8</Kbd>}>{texts.nextIssue}</Button>
    </>
  ), [texts, row?.leftOut, number])
  if (!row) return <div className={classes.cellBar}><span className={classes.quiet}>{texts.chooseCell}</span></div>
  const here = row.issues.filter((issue) => columnOf(issue, shape.columns, shape.targets) === column)
  const whole = row.issues.filter((issue) => columnOf(issue, shape.columns, shape.targets) === null)
  const original = row.original?.[column]
  const proposed = proposedValue(unknown, shape, row, column)
  const changed = row.original !== null && original !== row.cells?.[column]
  return (
    <div className={classes.cellBar} aria-live="polite">
      <div style={{ flex: '1 1 420px', minWidth: 0 }}>
        <strong>{texts.cell(count(row.row), shape.columns[column] || `#${column + 1}`)}</strong>
        {changed && <span className={classes.quiet}> · {texts.before(original ?? '')}</span>}
        {row.plan && <span className={classes.quiet}> · {words.jobs.plannedOutcomes[row.plan.outcome as keyof typeof words.jobs.plannedOutcomes] ?? row.plan.outcome}{row.plan.record && row.plan.outcome !== 'created' ? `, ${texts.record(row.plan.record)}` : ''}</span>}
        {[...here, ...whole].map((issue) => <div key={issue.code + issue.message} style={{ color: issue.severity === 'error' ? 'var(--ls-bad)' : 'var(--ls-warn)' }}>{plainMessage(issue)}</div>)}
      </div>
      {proposed !== null && <Button size="xs" onClick={onTake} rightSection={<Kbd size="xs">Ctrl .</Kbd>}>{texts.take(proposed)}</Button>}
      {actions}
    </div>
  )
}

/** How long a cell rests before something is said of it: each word of it costs a frame of its own, which the next key press would wait for. */
const restMs = 80

/** The sheet moves its cell at once; what is said of the cell follows where it rests, by eye and by ear. */
function useSettledPlace(place: ActivePlace): Place {
  const [settled, setSettled] = useState(place.now)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const follow = () => { clearTimeout(timer); timer = setTimeout(() => startTransition(() => setSettled(place.now)), restMs) }
    follow()
    const leave = place.subscribe(follow)
    return () => { clearTimeout(timer); leave() }
  }, [place])
  return settled
}
