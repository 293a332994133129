import { takesAway, type ImportDefinition } from '../definition/import.ts'
import type { ColumnReading } from '../fields/column-reading.ts'
import { Fault } from '../issues/fault.ts'
import type { AssignedColumn } from './columns-by-hand.ts'
import type { Mapping, Target } from './mapping.ts'

// A definition may say how a column is to be read and leave it to the header which field it feeds.

/** A column that its header led to a field, with what the definition says of it besides. */
export function withSettings(column: AssignedColumn, named: readonly AssignedColumn[]): AssignedColumn {
  const said = named.find(({ position }) => position === column.position)
  return said ? { ...column, given: said.given, at: said.at } : column
}

/** The targets with the reading (and the say on null words) that the definition gives their columns, or all columns of their kind. */
export function withReadings(targets: Target[], definition: ImportDefinition, named: readonly AssignedColumn[]): Target[] {
  return targets.map((target) => {
    const given = named.find(({ position }) => position === target.column)?.given
    const reading: ColumnReading = {}
    if (isDate(target)) Object.assign(reading, defined({ dates: given?.dates ?? definition.dates, months: given?.months }))
    if (isNumber(target)) Object.assign(reading, defined({ decimal: given?.decimal ?? definition.decimal }))
    if (target.field.kind === 'boolean') Object.assign(reading, defined({ booleans: given?.booleans }))
    if (target.field.kind === 'phone') Object.assign(reading, defined({ phones: given?.phones ?? definition.phones }))
    return target.column === null ? target : { ...target, reading, ...(given?.nullWords === undefined ? {} : { nullWords: given.nullWords }) }
  })
}

/** The same without what is undefined. */
function defined(reading: { [K in keyof ColumnReading]: ColumnReading[K] | undefined }): ColumnReading {
  return Object.fromEntries(Object.entries(reading).filter(([, value]) => value !== undefined))
}

function isDate({ field }: Target): boolean {
  return field.kind === 'date' || field.kind === 'date-time'
}

function isNumber({ field }: Target): boolean {
  return field.kind === 'number' || field.kind === 'currency' || field.kind === 'percent'
}

/** Refuses settings of a column that no field takes, or whose field they cannot concern: somebody meant another column. */
export function refuseIdleSettings(named: readonly AssignedColumn[], { targets }: Mapping, { operation }: ImportDefinition): void {
  // a delete reads what finds its records, and leaves all other columns alone
  if (takesAway(operation)) return

  for (const { position, header, given, at } of named) {
    if (!given || given.field === null) continue
    // a column that is split, or holds full names, feeds several
    const fed = targets.filter(({ column, nameFrom, combine }) => column === position || nameFrom?.column === position || combine?.columns.includes(position))
    const [read] = fed
    if (!read && given.field !== undefined) continue
    if (!read) throw new Fault('column-without-field', `The column "${header}" is given settings, but no field takes it. Give it one with --map "${header}=field".`, { path: at })
    if (given.dates !== undefined && !fed.some(isDate)) throw misplaced(header, read, 'an order of dates', `${at}.dates`)
    if (given.months !== undefined && !fed.some(isDate)) throw misplaced(header, read, 'a language of months', `${at}.months`)
    if (given.decimal !== undefined && !fed.some(isNumber)) throw misplaced(header, read, 'a decimal mark', `${at}.decimal`)
    if (given.booleans !== undefined && !fed.some(({ field }) => field.kind === 'boolean')) throw misplaced(header, read, 'letters for yes and no', `${at}.booleans`)
    if (given.phones !== undefined && !fed.some(({ field }) => field.kind === 'phone')) throw misplaced(header, read, 'a country of phones', `${at}.phones`)
  }
}

function misplaced(header: string, { path, field }: Target, what: string, at: string): Fault {
  return new Fault('column-setting-misplaced', `The column "${header}" is given ${what}, but it leads to "${path}", which is a field of the kind ${field.kind}. Name another column, or leave it out.`, { path: at })
}
