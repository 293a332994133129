import type { JobDetails, RowOverviewAnswer, StagedRowAnswer } from '@longshore/contract'

/** The option that a cell most likely means, where its value is none; null: nothing is proposed. `column` from 0. */
export function proposedValue(unknown: JobDetails['unknownValues'], { targets }: Pick<RowOverviewAnswer, 'targets'>, row: Pick<StagedRowAnswer, 'cells'>, column: number): string | null {
  const fed = targets.filter((target) => target.column === column + 1).map((target) => target.path)
  return unknown.find((one) => fed.includes(one.field) && one.value === row.cells?.[column]?.trim())?.nearest ?? null
}
