import { Button, TextInput } from '@mantine/core'
import { useEffect, useState, useSyncExternalStore } from 'react'
import type { JobDetails, RowOverviewAnswer, StagedRowAnswer } from '@longshore/contract'
import type { WindowSource } from '../../grid/window-source.ts'
import { count } from '../../ui/number.ts'
import { plainMessage } from '../../ui/plain-message.ts'
import { importWords } from '../../words/imports.ts'
import classes from '../wizard.module.css'
import { proposedValue } from './proposed-value.ts'
import { columnOf } from './staged-grid.ts'

const cardsAtOnce = 20

/** Rows where there is no room for a sheet: the issue first, and the field that it is at to be put right. */
export function RowCards({ rows, found, shape, unknown, onEdit }: { rows: WindowSource<StagedRowAnswer>; found: number; shape: RowOverviewAnswer; unknown: JobDetails['unknownValues']; onEdit: (position: number, column: number, value: string) => void }) {
  const texts = importWords.check
  const [shown, setShown] = useState(cardsAtOnce)
  useSyncExternalStore(rows.subscribe, rows.snapshot)
  const last = Math.min(found, shown) - 1
  useEffect(() => { rows.want(0, Math.max(0, last)) }, [rows, last])
  return (
    <div className={classes.cards}>
      {Array.from({ length: last + 1 }, (_, position) => {
        const row = rows.row(position)
        if (!row) return null
        const at = row.issues.map((issue) => columnOf(issue, shape.columns, shape.targets)).find((column) => column !== null) ?? 0
        const proposed = row.issues.flatMap((issue) => { const column = columnOf(issue, shape.columns, shape.targets); const value = column === null ? null : proposedValue(unknown, shape, row, column); return column === null || value === null ? [] : [{ column, value }] })
        return (
          <div key={row.row} className={classes.card}>
            <div className={classes.quiet}>{texts.cell(count(row.row), (row.cells ?? []).filter(Boolean).slice(0, 3).join(', '))}</div>
            {row.issues.map((issue) => <div key={issue.code + issue.message} style={{ color: issue.severity === 'error' ? 'var(--ls-bad)' : 'var(--ls-warn)' }}>{plainMessage(issue)}</div>)}
            {proposed.map(({ column, value }) => <Button key={column} mt={6} mr={6} size="compact-sm" variant="light" onClick={() => onEdit(position, column, value)}>{texts.takeIn(shape.columns[column] || `#${column + 1}`, value)}</Button>)}
            <TextInput mt={6} size="sm" label={shape.columns[at] || `#${at + 1}`} defaultValue={row.cells?.[at] ?? ''} key={row.cells?.[at]} onBlur={({ currentTarget: { value } }) => { if (value !== (row.cells?.[at] ?? '')) onEdit(position, at, value) }} />
          </div>
        )
      })}
      {shown < found && <Button variant="default" onClick={() => setShown(shown + cardsAtOnce)}>{texts.moreRows}</Button>}
    </div>
  )
}
