import type { DuplicateStrategy, Operation, SeveralStrategy } from '../definition/import.ts'
import type { Reason } from '../job/outcome.ts'

/** What a row's keys found, and where. */
export type Found = { kind: 'none' } | { kind: 'one' | 'several'; where: 'file' | 'store' }

export type Decision =
  | { kind: 'create' }
  | { kind: 'update' }
  | { kind: 'skip'; reason: Reason }
  | { kind: 'fail'; reason: Reason }

export interface Strategy {
  operation: Operation
  onDuplicate: DuplicateStrategy
  onSeveral: SeveralStrategy
}

/**
 * What happens to a good row: the only place where operation and duplicate strategy meet.
 * insert creates, and asks `onDuplicate` when something matched; update needs a match; upsert does whichever fits.
 */
export function decide({ operation, onDuplicate }: Strategy, found: Found): Decision {
  if (found.kind === 'none') return operation === 'update' ? { kind: 'fail', reason: 'no-match' } : { kind: 'create' }
  if (operation === 'insert') {
    if (onDuplicate === 'create') return { kind: 'create' }
    if (onDuplicate === 'skip') return { kind: 'skip', reason: found.where === 'file' ? 'duplicate-in-file' : 'duplicate-in-store' }
  }
  return found.kind === 'several' ? { kind: 'fail', reason: 'several-matches' } : { kind: 'update' }
}

/** Whether a match can end in an update, so that planning needs the values of rows and records. */
export function mayUpdate({ operation, onDuplicate }: Strategy): boolean {
  return operation === 'update' || operation === 'upsert' || (operation === 'insert' && onDuplicate === 'update')
}
