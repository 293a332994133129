import { describe, expect, it } from 'vitest'
import { splitFullName } from './split-full-name.ts'

const names: [text: string, first: string | null, last: string | null][] = [
  ['Ada Lovelace', 'Ada', 'Lovelace'],
  ['  Ada   Lovelace ', 'Ada', 'Lovelace'],
  ['Lovelace', null, 'Lovelace'],
  ['Lovelace, Ada', 'Ada', 'Lovelace'],
  ['van Beethoven, Ludwig', 'Ludwig', 'van Beethoven'],
  ['Ludwig van Beethoven', 'Ludwig', 'van Beethoven'],
  ['Juana Inés de la Cruz', 'Juana Inés', 'de la Cruz'],
  ['Van Morrison', 'Van', 'Morrison'],
  ['Vincent Van Gogh', 'Vincent', 'Van Gogh'],
  ['Mary Jane Watson', 'Mary Jane', 'Watson'],
  ['Sammy Davis Jr.', 'Sammy', 'Davis Jr.'],
  ['Sammy Davis, Jr.', 'Sammy', 'Davis, Jr.'],
  ['Lovelace,', null, 'Lovelace'],
  [',', null, ','],
  ['', null, null],
]

describe('splitFullName', () => {
  it.each(names)('reads %j as first %j, last %j', (text, first, last) => {
    expect(splitFullName(text)).toEqual({ first, last })
  })
})
