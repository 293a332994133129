import { makeIssue } from '../issues/registry.ts'
import type { Mapping, Target } from '../map/mapping.ts'
import { pointsToSeveral } from '../schema/reference-path.ts'
import type { CheckedRow } from './checked-row.ts'
import { isNullText } from './null-words.ts'
import { isBrought } from './reference-check.ts'
import { addIssue } from './row-findings.ts'

/** One reference that may lead to several objects, and everything that rows say of it. */
export interface WaysCheck {
  label: string
  /** By object: positions of the cells that describe a record of it. */
  ways: { object: string; cells: number[] }[]
  /** Position of the cell that says the object; -1: no column does. */
  objectAt: number
  objectHeader: string
  options: string
  /** The column whose object that cell says, by position in the file; null: each object has columns of its own. */
  bare: { column: number; header: string; path: string } | null
  /** For messages: the first column of each way. */
  first: Target
}

export function waysChecks({ targets }: Mapping): WaysCheck[] {
  const references = new Map(targets.flatMap(({ reference }) => (reference && pointsToSeveral(reference) ? [[reference.name, reference] as const] : [])))
  return [...references.values()].flatMap((reference) => {
    const own = targets.filter((target) => target.reference?.name === reference.name && target.companionOf === null)
    const [first] = own
    if (!first) return []
    const objectAt = targets.findIndex((target) => target.path === `${reference.name}.object`)
    const bare = own.find((target) => target.onlyFor !== undefined && target.column !== null)
    return [{
      label: reference.label, first, objectAt, objectHeader: targets[objectAt]?.header ?? `${reference.name}.object`, options: (reference.targets ?? []).join(', '),
      ways: [...Map.groupBy(own, ({ object }) => object.name)].map(([object, cells]) => ({ object, cells: cells.map((target) => targets.indexOf(target)) })),
      bare: bare?.column === undefined || bare.column === null ? null : { column: bare.column, header: bare.header ?? '', path: reference.name },
    }]
  })
}

/** Says that a row leads its reference to more than one record, or does not say to which object. */
export function checkWays(row: CheckedRow, { label, ways, objectAt, objectHeader, options, bare, first }: WaysCheck, source: readonly (string | null)[]): void {
  const said = objectAt < 0 ? null : row.cells[objectAt] ?? null
  if (said === null && bare !== null) {
    const text = (source[bare.column] ?? '').trim()
    if (text === '' || isNullText(text)) return
    addIssue(row, makeIssue('reference.object-missing', { row: row.row, column: bare.header, field: bare.path, value: text }, { other: objectHeader, options }))
    return
  }
  const filled = ways.filter(({ cells }) => cells.some((position) => isBrought(row, position))).map(({ object }) => object)
  const meant = new Set(bare === null && said !== null && filled.length > 0 ? [said, ...filled] : filled)
  if (meant.size < 2) return
  addIssue(row, makeIssue('reference.several-objects', { row: row.row, column: first.header, field: first.path, value: null }, { label, found: [...meant].join(' and ') }))
}
