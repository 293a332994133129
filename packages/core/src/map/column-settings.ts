import type { ImportDefinition } from '../definition/import.ts'
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
    const isDate = target.field.kind === 'date' || target.field.kind === 'date-time'
    const dates = given?.dates ?? (isDate ? definition.dates : undefined)
    const decimal = given?.decimal ?? (isNumber(target) ? definition.decimal : undefined)
    if (dates !== undefined) reading.dates = dates
    if (given?.months !== undefined) reading.months = given.months
    if (decimal !== undefined) reading.decimal = decimal
    if (given?.booleans !== undefined) reading.booleans = given.booleans
    if (given?.phones !== undefined) reading.phones = given.phones
    return target.column === null ? target : { ...target, reading, ...(given?.nullWords === undefined ? {} : { nullWords: given.nullWords }) }
  })
}

function isNumber({ field }: Target): boolean {
  return field.kind === 'number' || field.kind === 'currency' || field.kind === 'percent'
}

/** Refuses settings of a column that no field takes, or whose field they cannot concern: somebody meant another column. */
export function refuseIdleSettings(named: readonly AssignedColumn[], { targets }: Mapping): void {
  for (const { position, header, given, at } of named) {
    if (!given || given.field === null) continue
    const target = targets.find(({ column }) => column === position)
    const read = target ?? targets.find(({ nameFrom }) => nameFrom?.column === position)
    if (!read) throw new Fault('column-without-field', `The column "${header}" is given settings, but no field takes it. Give it one with --map "${header}=field".`, { path: at })
    const isDate = read.field.kind === 'date' || read.field.kind === 'date-time'
    if (given.dates !== undefined && !isDate) throw misplaced(header, read, 'an order of dates', `${at}.dates`)
    if (given.months !== undefined && !isDate) throw misplaced(header, read, 'a language of months', `${at}.months`)
    if (given.decimal !== undefined && !isNumber(read)) throw misplaced(header, read, 'a decimal mark', `${at}.decimal`)
    if (given.booleans !== undefined && read.field.kind !== 'boolean') throw misplaced(header, read, 'letters for yes and no', `${at}.booleans`)
    if (given.phones !== undefined && read.field.kind !== 'phone') throw misplaced(header, read, 'a country of phones', `${at}.phones`)
  }
}

function misplaced(header: string, { path, field }: Target, what: string, at: string): Fault {
  return new Fault('column-setting-misplaced', `The column "${header}" is given ${what}, but it leads to "${path}", which is a field of the kind ${field.kind}. Name another column, or leave it out.`, { path: at })
}
