/**
 * Named places where tests make a process die, stall or err: both sides of every commit, rename and hand-over.
 * In production nothing is set and a failpoint does nothing.
 */
export type FailpointAction = (name: string) => void | Promise<void>
let action: FailpointAction | null = null

export function setFailpoints(next: FailpointAction | null): void {
  action = next
}

export function failpoint(name: string): void | Promise<void> {
  if (action !== null) return action(name)
}

/**
 * Faults built in on purpose, one at a time, to prove that the crash tests can fail. Never set in production:
 * only the test kit calls `seedBug`.
 */
export const seededBugs = [
  'checkpoint-outside-transaction', 'no-fence-check', 'outcome-on-conflict-ignored', 'counters-in-memory',
  'before-image-after-update', 'undo-blind-to-later-edits', 'record-ids-from-clock', 'results-renamed-before-written',
] as const
export type SeededBug = (typeof seededBugs)[number]
let bug: SeededBug | null = null

export function seedBug(next: SeededBug | null): void {
  bug = next
}

export function hasBug(name: SeededBug): boolean {
  return bug === name
}
