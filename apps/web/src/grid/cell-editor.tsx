import { useEffect, useId, useRef, useState } from 'react'
import type { CSSProperties, KeyboardEvent } from 'react'
import type { GridColumn } from './grid-column.ts'
import type { Place } from './grid-move.ts'
import classes from './sheet-grid.module.css'

interface CellEditorProps {
  start: string
  /** Begun by typing: arrow keys go on to the next cell. */
  typed: boolean
  label: string
  column: GridColumn | undefined
  style: CSSProperties
  onCommit: (value: string, step: Place) => void
  onCancel: () => void
}

/** What stands over the active cell: a text field, a list of choices, a day. Enter goes down, Tab right; Escape leaves the cell as it was; leaving the field keeps what was typed. */
export function CellEditor({ start, typed, label, column, style, onCommit, onCancel }: CellEditorProps) {
  const list = useId()
  const [value, setValue] = useState(start)
  const field = useRef<HTMLInputElement & HTMLSelectElement>(null)
  const done = useRef(false)
  useEffect(() => {
    field.current?.focus({ preventScroll: true })
    if (!typed && field.current instanceof HTMLInputElement) field.current.select()
  }, [typed])
  const once = (act: () => void) => { if (!done.current) { done.current = true; act() } }
  const { options, choices } = column ?? {}
  const shared = {
    ref: field, className: classes.editor, 'aria-label': label, value,
    onChange: ({ currentTarget }: { currentTarget: HTMLInputElement | HTMLSelectElement }) => setValue(currentTarget.value),
    onBlur: () => once(() => onCommit(value, { row: 0, column: 0 })),
    onKeyDown: (event: KeyboardEvent) => {
      event.stopPropagation()
      const step = event.key === 'Enter' || (typed && event.key === 'ArrowDown' && !options && !choices) ? { row: 1, column: 0 } : event.key === 'Tab' ? { row: 0, column: event.shiftKey ? -1 : 1 } : null
      if (event.key === 'Escape') { event.preventDefault(); once(onCancel) }
      if (step) { event.preventDefault(); once(() => onCommit(value, step)) }
    },
  }
  return (
    <div role="row" className={classes.editorRow} style={style}>
      <div role="gridcell">
        {choices
          ? <select {...shared}>{choices.map((choice) => <option key={choice.value} value={choice.value}>{choice.label}</option>)}{!choices.some((choice) => choice.value === value) && <option value={value}>{value}</option>}</select>
          : <input {...shared} type={column?.input === 'date' && !typed ? 'date' : 'text'} list={options ? list : undefined} autoComplete="off" spellCheck={false} />}
        {options && <datalist id={list}>{options.map((option) => <option key={option} value={option} />)}</datalist>}
      </div>
    </div>
  )
}
