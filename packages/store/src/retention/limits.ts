import type { OrganizationSettings } from '../organizations/organization.ts'

/** How many days what is kept. The organization's settings say otherwise. */
export interface RetentionDays {
  /** Deleted records, in the bin. */
  bin: number
  /** The source, staged rows, plan, issues and outcomes of a job; as long it can be undone. */
  undo: number
  /** A draft that nobody touches, with its file, and a file that was sent and is not imported. */
  draft: number
  /** What changed in records, and result files in the data directory. Never less than `undo`, which stands on it. */
  history: number
  /** Match keys that an import switched on, counted from the last import that matched by them. */
  key: number
}

export function retentionDays({ binDays = 30, undoDays = 30, draftDays = undoDays, historyDays = 90, keyDays = 90 }: OrganizationSettings): RetentionDays {
  return { bin: binDays, undo: undoDays, draft: draftDays, history: Math.max(historyDays, undoDays), key: keyDays }
}

const dayMs = 24 * 60 * 60 * 1000

/** The moment so many days before `now`; ISO. */
export function daysBefore(now: string, days: number): string {
  return new Date(Date.parse(now) - days * dayMs).toISOString()
}
