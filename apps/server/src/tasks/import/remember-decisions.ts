import { sumOf } from '@longshore/core'
import type { Counts } from '@longshore/core'
import { rememberColumns, rememberValues } from '@longshore/store'
import type { Job, Organization, Transaction } from '@longshore/store'
import type { CompiledImport } from './create-import.ts'

/** Keeps what the person decided for this file, for the next one like it, where at least one row was not refused: a choice that no row got through by is no advice. In the transaction that finishes the import: a crash remembers it with the job or not at all. */
export async function rememberDecisions(tx: Transaction, organization: Organization, { number, object, layout, compiled, startedBy }: Job, counts: Counts): Promise<void> {
  const { decided } = compiled as CompiledImport
  if (decided === undefined || sumOf(counts) === counts.failed + counts.excluded) return
  // as everybody's, and as the member's own, which what others decide later does not change
  for (const whose of startedBy === null ? [null] : [null, startedBy]) {
    await rememberColumns(tx, organization, { job: number, object, headers: layout?.columns ?? [], decisions: decided.columns }, whose)
    await rememberValues(tx, organization, { job: number, object, decisions: decided.values }, whose)
  }
}
