import type { DuplicateStrategy, Operation, SeveralStrategy } from '../definition/import.ts'
import type { Reason } from '../job/outcome.ts'

/** What a row's keys found, and where. */
export type Found = { kind: 'none' } | { kind: 'one' | 'several'; where: 'file' | 'store' }

/** `which`: the one that is meant where several were found, by the moment of its creation. */
export type Decision =
  | { kind: 'create' }
  /** Create, and put both into the queue for review. */
  | { kind: 'flag' }
  | { kind: 'update'; which: Which }
  | { kind: 'delete'; which: Which }
  | { kind: 'skip'; reason: Reason }
  | { kind: 'fail'; reason: Reason }
export type Which = 'oldest' | 'newest'

export interface Strategy {
  operation: Operation
  onDuplicate: DuplicateStrategy
  onSeveral: SeveralStrategy
}

/**
 * What happens to a good row: the only place where operation and duplicate strategy meet.
 * insert creates, and asks `onDuplicate` when something matched; upsert does whichever fits; update, delete and hard delete need a match.
 * Where several match, skip skips, create and flag go on; for the rest `onSeveral` says which one is meant, or that none is.
 */
export function decide({ operation, onDuplicate, onSeveral }: Strategy, found: Found): Decision {
  if (found.kind === 'none') return operation === 'insert' || operation === 'upsert' ? { kind: 'create' } : { kind: 'fail', reason: 'no-match' }
  if (operation === 'insert') {
    if (onDuplicate === 'create' || onDuplicate === 'flag') return { kind: onDuplicate }
    if (onDuplicate === 'skip') return { kind: 'skip', reason: found.where === 'file' ? 'duplicate-in-file' : 'duplicate-in-store' }
  }
  if (found.kind === 'several' && onSeveral === 'flag') return { kind: 'flag' }
  if (found.kind === 'several' && onSeveral === 'fail') return { kind: 'fail', reason: 'several-matches' }
  const which = onSeveral === 'newest' ? 'newest' : 'oldest'
  return operation === 'delete' || operation === 'hard-delete' ? { kind: 'delete', which } : { kind: 'update', which }
}

/** Whether a match can end in an update, so that planning needs the values of rows and records. */
export function mayUpdate({ operation, onDuplicate }: Strategy): boolean {
  return operation === 'update' || operation === 'upsert' || (operation === 'insert' && (onDuplicate === 'update' || onDuplicate === 'update-if-newer'))
}

/** Whether a row can make a record. */
export function mayCreate({ operation }: Pick<Strategy, 'operation'>): boolean {
  return operation === 'insert' || operation === 'upsert'
}

/** Whether a row can be created and put into the queue for review. */
export function mayFlag({ operation, onDuplicate, onSeveral }: Strategy): boolean {
  return (operation === 'insert' && onDuplicate === 'flag') || (mayCreate({ operation }) && onSeveral === 'flag')
}
