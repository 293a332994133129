import { expect, it } from 'vitest'
import { searchFilters } from './search-filters.ts'

it.each([
  ['', []], ['  ', []], ['ada', ['* contains "ada"']], [' Ada  Winter ', ['* contains "Ada"', '* contains "Winter"']], ['5" disc', ['* contains "5"""', '* contains "disc"']],
  ['(415) 555-0132', ['* contains "(415) 555-0132"']], [' +1 415 555 0132', ['* contains "+1 415 555 0132"']], ['12-34', ['* contains "12-34"']], ['007', ['* contains "007"']],
])('looks for %j by its words, and for a phone number as one word', (search, filters) => {
  expect(searchFilters(search)).toEqual(filters)
})
