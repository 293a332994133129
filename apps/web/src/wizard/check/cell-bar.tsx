import { Button, Kbd } from '@mantine/core'
import type { RowOverviewAnswer, StagedRowAnswer } from '@longshore/contract'
import { count } from '../../ui/number.ts'
import { plainMessage } from '../../ui/plain-message.ts'
import { importWords } from '../../words/imports.ts'
import { words } from '../../words/words.ts'
import classes from '../wizard.module.css'
import { columnOf } from './staged-grid.ts'

interface CellBarProps { row: StagedRowAnswer | undefined; column: number; shape: RowOverviewAnswer; onEdit: () => void; onLeaveOut: (row: number) => void; onNext: () => void }

/** What there is to say of the active cell: its issue, what stood there before, what will become of the row. */
export function CellBar({ row, column, shape, onEdit, onLeaveOut, onNext }: CellBarProps) {
  const texts = importWords.check
  if (!row) return <div className={classes.cellBar}><span className={classes.quiet}>{texts.chooseCell}</span></div>
  const here = row.issues.filter((issue) => columnOf(issue, shape.columns, shape.targets) === column)
  const whole = row.issues.filter((issue) => columnOf(issue, shape.columns, shape.targets) === null)
  const original = row.original?.[column]
  const changed = row.original !== null && original !== row.cells?.[column]
  return (
    <div className={classes.cellBar} aria-live="polite">
      <div style={{ flex: 1, minWidth: 220 }}>
        <strong>{texts.cell(count(row.row), shape.columns[column] || `#${column + 1}`)}</strong>
        {changed && <span className={classes.quiet}> · {texts.before(original ?? '')}</span>}
        {row.plan && <span className={classes.quiet}> · {words.jobs.outcomes[row.plan.outcome as keyof typeof words.jobs.outcomes] ?? row.plan.outcome}{row.plan.record && row.plan.outcome !== 'created' ? `, ${texts.record(row.plan.record)}` : ''}</span>}
        {[...here, ...whole].map((issue) => <div key={issue.code + issue.message} style={{ color: issue.severity === 'error' ? 'var(--ls-bad)' : 'var(--ls-warn)' }}>{plainMessage(issue)}</div>)}
      </div>
      <Button size="xs" variant="default" onClick={onEdit} rightSection={<Kbd size="xs">F2</Kbd>}>{words.buttons.edit}</Button>
      {!row.leftOut && <Button size="xs" variant="default" onClick={() => onLeaveOut(row.row)}>{texts.leaveRowOut}</Button>}
      <Button size="xs" variant="default" onClick={onNext} rightSection={<Kbd size="xs">F8</Kbd>}>{texts.nextIssue}</Button>
    </div>
  )
}
