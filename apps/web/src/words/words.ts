import { gridWords } from './grid.ts'
import { jobWords } from './jobs.ts'
import { overviewWords } from './overview.ts'
import { peopleWords } from './people.ts'
import { recordWords } from './records.ts'
import { remedyWords } from './remedies.ts'
import { shellWords } from './shell.ts'
import { spoken } from './spoken.ts'

const english = { ...shellWords, grid: gridWords, people: peopleWords, records: recordWords, jobs: jobWords, overview: overviewWords, remedies: remedyWords }

/** Texts that the first page may need; those of the wizard, the review queue and the settings come with their pages. The compiler checks that each exists and gets what it needs. */
export const words = spoken(english)
