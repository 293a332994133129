import { useEffect, useId, useRef, useState } from 'react'
import type { CSSProperties } from 'react'
import type { Place } from './grid-move.ts'
import classes from './sheet-grid.module.css'

interface CellEditorProps {
  start: string
  /** Begun by typing: arrow keys go on to the next cell. */
  typed: boolean
  label: string
  options: readonly string[] | undefined
  style: CSSProperties
  onCommit: (value: string, step: Place) => void
  onCancel: () => void
}

/** The text field over the active cell. Enter goes down, Tab right; Escape leaves the cell as it was; leaving the field keeps what was typed. */
export function CellEditor({ start, typed, label, options, style, onCommit, onCancel }: CellEditorProps) {
  const list = useId()
  const [value, setValue] = useState(start)
  const field = useRef<HTMLInputElement>(null)
  const done = useRef(false)
  useEffect(() => {
    field.current?.focus({ preventScroll: true })
    if (!typed) field.current?.select()
  }, [typed])
  const once = (act: () => void) => { if (!done.current) { done.current = true; act() } }
  return (
    <div role="row" className={classes.editorRow} style={style}>
      <div role="gridcell">
        <input
          ref={field} className={classes.editor} aria-label={label} value={value} list={options ? list : undefined} autoComplete="off" spellCheck={false}
          onChange={({ currentTarget }) => setValue(currentTarget.value)}
          onBlur={() => once(() => onCommit(value, { row: 0, column: 0 }))}
          onKeyDown={(event) => {
            event.stopPropagation()
            const step = event.key === 'Enter' || (typed && event.key === 'ArrowDown' && !options) ? { row: 1, column: 0 } : event.key === 'Tab' ? { row: 0, column: event.shiftKey ? -1 : 1 } : null
            if (event.key === 'Escape') { event.preventDefault(); once(onCancel) }
            if (step) { event.preventDefault(); once(() => onCommit(value, step)) }
          }}
        />
        {options && <datalist id={list}>{options.map((option) => <option key={option} value={option} />)}</datalist>}
      </div>
    </div>
  )
}
