import type { Severity } from '../issue.ts'

/** What is known of one issue code. `docs/issues.md` is this registry in print. */
export interface IssueEntry {
  /** A few words, as a heading. */
  title: string
  /** Why this is an issue and what Longshore does about it. */
  explanation: string
  /**
   * What happened, where, what was found. `{where}` is "row 7, column "Email"", `{value}` the value found; others come from the
   * parameters that the code is raised with.
   */
  message: string
  /** What to do; may hold placeholders. The message in full is `message` and `next`. */
  next: string
  severity: Severity
  /** The issue may be raised so that it counts only when the row creates a record. */
  onCreate?: true
}

/** Checks entries against their type while the compiler keeps their codes. */
export function entries<Code extends string>(registry: Record<Code, IssueEntry>): Readonly<Record<Code, IssueEntry>> {
  return registry
}
