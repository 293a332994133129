import { takesAway, type ImportDefinition } from '../definition/import.ts'
import { Fault } from '../issues/fault.ts'
import { isDateFormat } from '../fields/date-format.ts'
import type { Target } from './mapping.ts'

/** Refuses words of a definition that do not go together, before any row is read. Each fault names the place and what to say instead. */
export function refuseContradictions({ operation, onDuplicate, onSeveral, confirmHardDelete, restoreBinned, existingReference }: ImportDefinition): void {
  if (operation !== 'insert' && onDuplicate !== 'skip') {
    const instead = onDuplicate === 'update' && operation === 'update' ? 'It updates what it finds anyway' : 'Only insert asks what to do with duplicates'
    throw new Fault('strategy-unknown', `The operation "${operation}" knows no duplicate strategy "${onDuplicate}". ${instead}: leave --on-duplicate out, or use the operation insert.`, { path: 'onDuplicate' })
  }
  if (onSeveral === 'flag' && operation !== 'insert' && operation !== 'upsert') {
    throw new Fault('strategy-unknown', `The operation "${operation}" makes no records, so it cannot flag one where several match. Use --on-several fail, oldest or newest.`, { path: 'onSeveral' })
  }
  if (restoreBinned && (takesAway(operation) || (operation === 'insert' && onDuplicate !== 'update' && onDuplicate !== 'update-if-newer'))) {
    const how = operation === 'insert' ? `the operation insert with the strategy "${onDuplicate}"` : `the operation "${operation}"`
    throw new Fault('restore-without-update', `Deleted records come back to be updated, and ${how} updates none. Use --operation upsert or update, or --on-duplicate update, or leave --restore-binned out.`, { path: 'restoreBinned' })
  }
  if (existingReference === 'update' && takesAway(operation)) {
    throw new Fault('strategy-unknown', `The operation "${operation}" changes no records that rows refer to. Leave --existing-reference out.`, { path: 'existingReference' })
  }
  if (operation === 'hard-delete' && !confirmHardDelete) {
    throw new Fault('hard-delete-unconfirmed', 'A hard delete takes records and their history away for good, and cannot be undone. Say that it is meant with --confirm-hard-delete, or use the operation delete, which moves them to the bin.', { path: 'confirmHardDelete' })
  }
}

/** A format without a day, a month or a year would leave every date as it is, and say so row by row. */
export function refuseDateFormats({ columns }: ImportDefinition): void {
  for (const [i, column] of columns.entries()) {
    for (const [k, transform] of (column.transforms ?? []).entries()) {
      if (transform.kind !== 'date' || isDateFormat(transform.format)) continue
      throw new Fault('date-format-invalid', `"${transform.format}" is no format of a date: it needs YYYY (or YY), MM and DD once each, such as "DD.MM.YYYY", and may have HH, mm and ss.`, { path: `columns[${i}].transforms[${k}].format` })
    }
  }
}

/** Whether data is newer is told by its modified time: without a column for it nothing could ever be. */
export function refuseNewerWithoutAge({ operation, onDuplicate }: ImportDefinition, targets: readonly Target[], placeOf: (target: Target) => string): void {
  if (takesAway(operation)) return
  const asking = targets.find((target) => target.merge === 'if-newer')
  if (!asking || targets.some((target) => target.path === 'updated_at' && target.column !== null)) return
  const [path, what] = onDuplicate === 'update-if-newer' ? ['onDuplicate', 'The strategy "update-if-newer"'] : [placeOf(asking), `The merge rule "if-newer" of "${asking.path}"`]
  throw new Fault('newer-without-modified', `${what} compares the age of the data, and no column says when a row was last modified. Name it with --map "Header=updated_at", or choose another rule.`, { path })
}
