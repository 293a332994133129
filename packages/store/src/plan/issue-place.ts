import type { IssuePlace } from '@longshore/core'
import type { PlanContext, PlannedReference } from './plan-context.ts'
import { finderOf } from './reference-key.ts'

type Cells = readonly (string | null)[]

/** The cell of a row at a target position; `field` stands where no column fills it. */
export function placeAt({ mapping }: Pick<PlanContext, 'mapping'>, row: number, cells: Cells, position: number, field: string | null = null): IssuePlace {
  const target = mapping.targets[position]
  return { row, column: target?.header ?? null, field: target?.path ?? field, value: cells[position] ?? null }
}

/** Where a row names the record of a reference: the first cell of the key that it uses. */
export function placeOfName(plan: Pick<PlanContext, 'mapping' | 'keys'>, reference: PlannedReference, row: number, cells: Cells): IssuePlace {
  return placeAt(plan, row, cells, finderOf(plan, reference, cells)?.targets[0] ?? -1, reference.field.name)
}
