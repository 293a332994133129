import type { ObjectAnswer } from '@longshore/contract'
import { useObjects } from '../client/queries.ts'
import { pathLabel } from '../ui/path-label.ts'
import { Empty } from '../ui/states.tsx'
import table from '../ui/table.module.css'
import { words } from '../words/words.ts'

const texts = words.jobs.columnsTab

interface Column { header?: string; position?: number; field?: string | null; create?: { label?: string }; split?: { into: (string | null)[] }; combine?: { with: (string | number)[] }; transforms?: { kind: string }[]; default?: string; dates?: string; decimal?: string; phones?: string; blankClears?: boolean }

/** Which column went to which field, and how it was read. */
export function JobColumns({ definition, object }: { definition: unknown; object: ObjectAnswer | undefined }) {
  const objects = useObjects()
  const columns = columnsOf(definition)
  if (columns.length === 0) return <Empty title={texts.none} />
  const label = (path: string) => pathLabel(objects, object, path)
  return (
    <div className={table.wrap} tabIndex={0} role="region" aria-label={words.jobs.tabs.mapping}>
      <table className={table.table}>
        <thead><tr><th>{texts.column}</th><th>{texts.field}</th><th>{texts.read}</th></tr></thead>
        <tbody>{columns.map((column, index) => (
          <tr key={column.position ?? index}>
            <td>{column.header || `#${column.position ?? index + 1}`}</td>
            <td>{column.split ? column.split.into.map((path) => path === null ? texts.skipped : label(path)).join(', ') : column.create ? texts.made(column.create.label ?? column.header ?? '') : column.field ? label(column.field) : <span className={table.quiet}>{texts.skipped}</span>}</td>
            <td className={table.quiet}>{settingsOf(column).join(' · ')}</td>
          </tr>
        ))}</tbody>
      </table>
    </div>
  )
}

function columnsOf(definition: unknown): Column[] {
  const columns: unknown = typeof definition === 'object' && definition !== null && 'columns' in definition ? definition.columns : null
  return Array.isArray(columns) ? columns as Column[] : [] // the definition that core has settled
}

function settingsOf({ transforms = [], combine, default: usual, dates, decimal, phones, blankClears }: Column): string[] {
  return [
    ...transforms.map(({ kind }) => texts.transforms[kind] ?? kind), ...(combine ? [texts.joined(combine.with.join(', '))] : []), ...(usual === undefined ? [] : [texts.usual(usual)]),
    ...(dates ? [texts.dates[dates] ?? dates] : []), ...(decimal ? [texts.decimal(decimal)] : []), ...(phones ? [texts.phones(phones)] : []), ...(blankClears ? [texts.blankClears] : []),
  ]
}
