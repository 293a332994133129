import type { JobDetails, ObjectAnswer } from '@longshore/contract'
import { objectCount } from '../ui/object-noun.ts'
import { words } from '../words/words.ts'

/** What a job does, or has done, to records that its rows refer to; nothing is said to have happened that is only planned. */
export function relatedFacts({ related, relatedChanged, figures }: Pick<JobDetails, 'related' | 'relatedChanged' | 'figures'>, objects: readonly ObjectAnswer[]): string[] {
  const { jobs } = words
  const [created, changed] = figures === 'planned' ? [jobs.relatedPlanned, jobs.relatedChangedPlanned] : [jobs.related, jobs.relatedChanged]
  const lines = (counts: Record<string, number>, line: (records: string) => string) => Object.entries(counts).filter(([, records]) => records > 0).map(([name, records]) => line(objectCount(objects, name, records)))
  return [...lines(related, created), ...lines(relatedChanged, changed)]
}
