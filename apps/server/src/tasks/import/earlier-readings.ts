import type { ColumnMapping, ImportDefinition } from '@longshore/core'
import { columnsOfSameFile } from '@longshore/store'
import type { Workspace } from '../../open-workspace.ts'
import { errorColumns } from '../parser/parser-request.ts'
import { sayMore } from './say-more.ts'

/**
 * The definition for an error report of ours, corrected and loaded again: its few rows say less about their columns than the file they came
 * from, so the columns are read as they were then. The job is the newest one of the object whose file had these columns.
 */
export async function withEarlierReadings({ db, organization }: Workspace, object: string, definition: ImportDefinition, columns: readonly string[]): Promise<ImportDefinition> {
  const own = columns.slice(errorColumns.length)
  const earlier = await db.transaction(null, (tx) => columnsOfSameFile(tx, organization, object, own), { readOnly: true })
  if (!earlier) return definition
  let said = definition.columns
  for (const [i, column] of (earlier.columns as ColumnMapping[]).entries()) {
    const reading = readingOf(column)
    if (Object.keys(reading).length === 0) continue
    const position = errorColumns.length + i + 1
    said = sayMore(said, { header: own[i] ?? '', position }, (known) => {
      if (known) return { ...reading, ...known }
      return column.field && !said.some((one) => one.field === column.field) ? { position, field: column.field, ...reading } : null
    })
  }
  return { ...definition, columns: said }
}

function readingOf({ dates, months, decimal, booleans, phones }: ColumnMapping): Pick<ColumnMapping, 'dates' | 'months' | 'decimal' | 'booleans' | 'phones'> {
  return { ...(dates === undefined ? {} : { dates }), ...(months === undefined ? {} : { months }), ...(decimal === undefined ? {} : { decimal }), ...(booleans === undefined ? {} : { booleans }), ...(phones === undefined ? {} : { phones }) }
}
