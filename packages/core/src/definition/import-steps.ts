import type { ImportDefinition } from './import.ts'
import { isSameDocument } from './same-document.ts'

/** The steps by which a person puts an import together, in their order. */
export const importSteps = ['upload', 'map', 'match', 'check', 'run'] as const
export type ImportStep = (typeof importSteps)[number]

/**
 * Which settings belong to which step, and which later steps an answer stands on them. Match criteria are keys that the check takes from every
 * row, and the operation says what a row must have: so both are checked again. The rest of the strategy is settled by the plan alone.
 */
const stepOf: Record<keyof ImportDefinition, ImportStep> = {
  version: 'upload', kind: 'upload', object: 'upload', source: 'upload',
  columns: 'map', savedMapping: 'map', autoMap: 'map', dates: 'map', decimal: 'map', phones: 'map', timeZone: 'map', defaults: 'map',
  match: 'match', operation: 'match', onDuplicate: 'match', missingReference: 'match',
  onSeveral: 'run', existingReference: 'run', restoreBinned: 'run', confirmHardDelete: 'run', merge: 'run', owner: 'run', backup: 'run', results: 'run',
}

/** The settings in which two definitions differ, in the order of the document. */
export function changedSettings(before: ImportDefinition, after: ImportDefinition): (keyof ImportDefinition)[] {
  return (Object.keys(stepOf) as (keyof ImportDefinition)[]).filter((key) => !isSameDocument(before[key], after[key]))
}

/** The steps that are to be gone through again once these settings have changed: those after the step that they belong to. */
export function stepsAfter(changed: readonly (keyof ImportDefinition)[]): ImportStep[] {
  const first = Math.min(...changed.map((key) => importSteps.indexOf(stepOf[key])))
  if (!Number.isFinite(first)) return []
  // the last step shows the plan, which is made again whatever has changed
  return importSteps.slice(Math.min(first + 1, importSteps.length - 1)).filter((step) => step !== 'match' || first === 0)
}
