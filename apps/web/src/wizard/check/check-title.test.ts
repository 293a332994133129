import { expect, it } from 'vitest'
import { checkTitle } from './check-title.ts'

const counts = { rows: 1_200, ready: 0, warnings: 0, errors: 0, duplicates: 0, excluded: 0, replanned: 0 }

it.each([
  [{}, 1_200, 'All 1,200 rows can be imported'],
  [{}, null, 'All 1,200 rows can be imported'],
  [{ excluded: 200 }, 1_000, '1,000 of 1,200 rows to be written, none with an issue'],
  [{}, 700, '700 of 1,200 rows to be written, none with an issue'],
  [{}, 0, 'Nothing to write: no row of 1,200 changes or adds a record'],
  [{ errors: 1 }, 1_199, 'Check the rows'],
  [{ rows: 0 }, 0, 'There are no rows to import: the file holds a header alone'],
])('says of a check with %j and %s rows to be written: %s', (found, ready, title) => {
  expect(checkTitle({ ...counts, ...found }, ready)).toBe(title)
})
