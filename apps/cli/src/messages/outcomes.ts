import type { Outcome, Reason } from '@longshore/core'
import type { JobSummary } from '@longshore/server'

const ofImport: Record<Outcome, string> = {
  created: 'created',
  updated: 'updated',
  deleted: 'deleted (they are in the bin)',
  skipped: 'skipped: already there, twice in the file, or nothing to change',
  flagged: 'created and flagged for review',
  failed: 'failed: see below and the error report',
  excluded: 'left out on request',
}

const ofPlan: Record<Outcome, string> = {
  created: 'will be created',
  updated: 'will be updated',
  deleted: 'will be deleted (to the bin)',
  skipped: 'will be skipped: already there, twice in the file, or nothing to change',
  flagged: 'will be created and flagged for review',
  failed: 'will fail: see below',
  excluded: 'left out on request',
}

const soFar: Record<Outcome, string> = {
  created: 'created so far',
  updated: 'updated so far',
  deleted: 'deleted so far (they are in the bin)',
  skipped: 'skipped so far: already there, twice in the file, or nothing to change',
  flagged: 'created and flagged for review so far',
  failed: 'failed so far: see below',
  excluded: 'left out on request',
}

const ofUndo: Record<Outcome, string> = {
  created: 'brought back',
  updated: 'given their former values back',
  deleted: 'moved to the bin',
  skipped: 'kept as they are',
  flagged: 'flagged for review',
  failed: 'failed: see below',
  excluded: 'left out on request',
}

/** Why a row was skipped, to stand after a number of rows. */
export const skipReasons: Partial<Record<Reason, string>> = {
  'duplicate-in-store': 'already there', 'duplicate-in-file': 'twice in the file', 'nothing-to-change': 'with nothing to change', 'older': 'no newer than the record', 'already-gone': 'deleted already',
}

/** What became of some rows (or, of an undo, records), to stand after their number. */
export function outcomeWords(outcome: Outcome, kind: 'import' | 'undo' | 'edit', when: JobSummary['figures']): string {
  if (kind === 'undo') return when === 'so-far' ? `${ofUndo[outcome]} so far` : ofUndo[outcome]
  return { planned: ofPlan, 'so-far': soFar, results: ofImport }[when][outcome]
}
