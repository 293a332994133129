import type { JobState } from '../job/state.ts'
import type { Wish } from './import-ports.ts'

/** What an undo needs of the world. Each call may be made again after a crash. */
export interface UndoPorts {
  /** Becomes the writer of all objects concerned and marks both jobs. False: a wish came before its turn. */
  begin(): Promise<boolean>
  steps: UndoSteps
  /** Told after each chunk: records and changes gone through in this attempt, of `total` that the job has in all. */
  progress(done: number, total: number): void
  state(to: JobState): Promise<void>
  /** Counts the outcomes, lets go of the objects and puts both jobs to rest. */
  close(to: 'done' | 'cancelled'): Promise<void>
  wish(): Wish
}

/** An undo of one job, as chunks that each are done wholly or not at all. */
export interface UndoSteps {
  /** Works out what has to stay, before anything is written. Resolves to the number of records and changes to go through. */
  plan(): Promise<number>
  /** Does the next chunk and resolves to its size in records and changes, or to null when all is done. */
  next(): Promise<number | null>
}

/** What an undo would do now. */
export interface UndoPreview {
  job: number
  object: string
  /** Records that go to the bin. */
  binned: number
  /** Records whose fields go back. */
  restored: number
  /** Deleted records that come back. */
  revived: number
  /** The same of records made for references, by object. */
  related: Record<string, number>
  /** What stays as it is, and why: at most 1 000 are listed, `keptCount` counts all. `name`: what people call it, where who asks may see it. */
  kept: { object: string; record: string; name: string | null; row: number | null; fields: string[]; reason: string }[]
  keptCount: number
  /** How many stay for each reason. */
  keptFor: Record<string, number>
}
