import type { Counts } from '../job/outcome.ts'
import type { JobState } from '../job/state.ts'

/** How far an import is. What is not behind it is done (again) from its beginning. */
export interface ImportProgress { staged: boolean; planned: boolean; applied: boolean; cancelled: boolean }

/** What a person asked for while the job runs. */
export type Wish = 'pause' | 'cancel' | null

/** What an import needs of the world. Each call may be made again after a crash. */
export interface ImportPorts {
  progress(): Promise<ImportProgress>
  /** Reads, maps, transforms and validates the whole file into staging. */
  check(): Promise<void>
  /** Matches and plans every staged row. */
  plan(): Promise<void>
  /** The counts that the plan will give. */
  planned(): Promise<Counts>
  /** Begins to write where it may: the job is *running*. False: as many imports write as may at a time, or its time has not come; it is *queued*. */
  admit(): Promise<boolean>
  /** Applies what is not applied yet. False: stopped between two chunks because of a wish. */
  apply(): Promise<boolean>
  /** Gives the rows that were not reached the outcome *excluded*. */
  excludeRest(): Promise<void>
  /** Result files and error report, from the stored source and the outcomes. */
  writeResults(): Promise<void>
  state(to: JobState): Promise<void>
  /** Counts the outcomes, lets go of the objects and puts the job to rest. */
  close(to: 'done' | 'cancelled'): Promise<void>
  wish(): Wish
}
