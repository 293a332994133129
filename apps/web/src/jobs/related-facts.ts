import type { JobDetails, ObjectAnswer } from '@longshore/contract'
import { objectCount } from '../ui/object-noun.ts'
import { words } from '../words/words.ts'

/** What a job does, or has done, to records that its rows refer to; nothing is said to have happened that is only planned. */
export function relatedFacts({ kind, related, relatedChanged, figures }: Pick<JobDetails, 'kind' | 'related' | 'relatedChanged' | 'figures'>, objects: readonly ObjectAnswer[]): string[] {
  const { jobs } = words
  // what an undo took along went to the bin, or came back from it: nothing of it was created
  const [made, changed] = figures === 'planned' ? [jobs.relatedPlanned, jobs.relatedChangedPlanned] : [jobs.related, jobs.relatedChanged]
  const lines = (counts: Record<string, number>, line: (records: string) => string) => Object.entries(counts).filter(([, records]) => records > 0).map(([name, records]) => line(objectCount(objects, name, records)))
  return [...lines(related, kind === 'undo' ? jobs.relatedOfUndo : made), ...lines(relatedChanged, changed)]
}
