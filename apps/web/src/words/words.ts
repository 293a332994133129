import { gridWords } from './grid.ts'
import { importWords } from './imports.ts'
import { jobWords } from './jobs.ts'
import { overviewWords } from './overview.ts'
import { kitWords } from './kit.ts'
import { peopleWords } from './people.ts'
import { recordWords } from './records.ts'
import { remedyWords } from './remedies.ts'
import { reviewWords } from './review.ts'
import { settingsWords } from './settings.ts'
import { shellWords } from './shell.ts'
import { pseudo } from './pseudo.ts'

const english = { ...shellWords, grid: gridWords, kit: kitWords, people: peopleWords, records: recordWords, jobs: jobWords, overview: overviewWords, imports: importWords, review: reviewWords, settings: settingsWords, remedies: remedyWords }

/** Every text of the app. The compiler checks that each exists and gets what it needs; `?words=pseudo` shows what is not from here. */
export const words: typeof english = globalThis.localStorage?.getItem('longshore.words') === 'pseudo' ? pseudo(english) : english
