import type { JobDetails } from '@longshore/contract'
import { words } from '../words/words.ts'

/** Why rows are or will be skipped, one reason with its rows after the other; nothing where the reasons of some are no longer known. */
export function skippedFacts({ kind, counts, skippedFor, figures }: Pick<JobDetails, 'kind' | 'counts' | 'skippedFor' | 'figures'>): string[] {
  const known = Object.entries(skippedFor)
  if (kind !== 'import' || counts.skipped === 0 || known.reduce((sum, [, rows]) => sum + rows, 0) !== counts.skipped) return []
  const { skippedFor: said } = words.jobs
  return [said.line(figures === 'planned', known.map(([reason, rows]) => said.reasons[reason]?.(rows) ?? reason))]
}
