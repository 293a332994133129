import type { Field, RowKey } from '@longshore/core'
import { sqlType } from '../objects/column.ts'
import type { ApplyContext } from './chunk-rows.ts'

/** The columns of reference fields, filled from the record ids by slot (from 0); of those that may lead to several objects also which one. */
export function linkColumns({ rules: { links } }: ApplyContext, id: (slot: number) => string): [string, string][] {
  const fields = new Map(links.map(({ field }) => [field, links.flatMap((slot, i) => (slot.field === field ? [{ ...slot, id: id(i) }] : []))]))
  return [...fields].flatMap(([field, ways]): [string, string][] => {
    const ids: [string, string] = [field, ways.length === 1 ? ways[0]?.id ?? 'NULL' : `coalesce(${ways.map((way) => way.id).join(', ')})`]
    if (!ways.some(({ several }) => several)) return [ids]
    return [ids, [`${field}_object`, `CASE ${ways.filter((way) => way.id !== 'NULL').map((way) => `WHEN ${way.id} IS NOT NULL THEN '${way.object}'`).join(' ')} END`]]
  })
}

export function typedCell(cell: string, field: Field): string {
  const type = sqlType(field)
  return type === 'text' ? cell : `${cell}::${type}`
}

/** A key of values is written with its record; the database keeps one of links itself. */
export function isWritten({ rule, targets }: RowKey): boolean {
  return rule > 0 && targets.length > 0
}
