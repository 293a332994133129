import type { JobSummary } from '@longshore/server'

/** What a script learns from a command: part of the contract, so never a fourth value. */
export const exitCodes = {
  /** All rows good, or the question was answered. */
  good: 0,
  /** Some rows failed, the job was stopped or cancelled, or an undo kept something. */
  partly: 1,
  /** Nothing was done: usage, file, connection. */
  nothing: 2,
} as const
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

/** The exit code of a job that was run here. A planned job exits as its apply would. */
export function exitCodeOf(summary: JobSummary): ExitCode {
  const { counts, state } = summary
  if (state === 'failed') {
    const written = counts.created + counts.updated + counts.deleted + counts.flagged
    return written > 0 ? exitCodes.partly : exitCodes.nothing
  }
  if (state === 'cancelled' || state === 'paused' || counts.failed > 0) return exitCodes.partly
  if (summary.kind === 'undo' && (summary.kept ?? counts.skipped) > 0) return exitCodes.partly
  return exitCodes.good
}
