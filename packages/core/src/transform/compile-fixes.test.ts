import { expect, it } from 'vitest'
import { describeFix } from '../definition/describe-fix.ts'
import type { Fix, StoredFix } from '../definition/fix.ts'
import { parseFix } from '../definition/fix.ts'
import type { RowRanges } from '../ports/row-ranges.ts'
import { compileFixes } from './compile-fixes.ts'

function stored(...fixes: ([Fix, RowRanges] | Fix)[]): StoredFix[] {
  return fixes.map((one, i) => (Array.isArray(one) ? { number: i + 1, fix: one[0], rows: one[1] } : { number: i + 1, fix: one, rows: null }))
}

const cases: { name: string; fixes: StoredFix[]; cells: (string | null)[]; result: (string | null)[]; by: number[] }[] = [
  { name: 'an edit sets its cell', fixes: stored({ kind: 'edit', cells: [{ row: 7, column: 2, value: 'B' }] }), cells: ['a', 'b'], result: ['a', 'B'], by: [1] },
  { name: 'an edit of another row changes nothing', fixes: stored({ kind: 'edit', cells: [{ row: 8, column: 2, value: 'B' }] }), cells: ['a', 'b'], result: ['a', 'b'], by: [] },
  { name: 'a value is found without the blanks around it', fixes: stored({ kind: 'map-value', column: 1, from: 'NY', to: 'New York' }), cells: [' NY ', 'NY'], result: ['New York', 'NY'], by: [1] },
  { name: 'letter case counts', fixes: stored({ kind: 'map-value', column: 1, from: 'ny', to: 'New York' }), cells: ['NY'], result: ['NY'], by: [] },
  { name: 'a fix sees what those before it left', fixes: stored({ kind: 'map-value', column: 1, from: 'a', to: 'b' }, { kind: 'map-value', column: 1, from: 'b', to: 'c' }), cells: ['a'], result: ['c'], by: [1, 2] },
  { name: 'a replacement is text, whatever it holds', fixes: stored({ kind: 'replace', column: 1, find: 'x', with: '$&-' }), cells: ['axbx'], result: ['a$&-b$&-'], by: [1] },
  { name: 'a word for nothing becomes empty', fixes: stored({ kind: 'treat-as-empty', column: 1, value: 'n/k' }), cells: ['n/k'], result: [''], by: [1] },
  { name: 'filling reaches cells that the row does not have', fixes: stored([{ kind: 'fill', column: 3, value: 'z' }, [[5, 9]]]), cells: ['a'], result: ['a', '', 'z'], by: [1] },
  { name: 'filling leaves other rows alone', fixes: stored([{ kind: 'fill', column: 1, value: 'z' }, [[1, 6], [8, 9]]]), cells: ['a'], result: ['a'], by: [] },
  { name: 'an absent cell that is emptied stays as it is', fixes: stored({ kind: 'edit', cells: [{ row: 7, column: 1, value: '' }] }), cells: [null], result: [null], by: [] },
]

it.each(cases)('$name', ({ fixes, cells, result, by }) => {
  const { raw, by: found } = compileFixes(fixes)?.({ row: 7, cells }) ?? { raw: null, by: null }
  expect([raw?.cells, found]).toEqual([result, by])
})

it('a cell that was corrected has nothing left of what its reader found', () => {
  const faults = [{ code: 'read.bad-encoding' as const, position: 1, line: 7, character: 3 }, { code: 'read.too-many-cells' as const, position: null, line: 7, character: null }]
  const fixed = compileFixes(stored({ kind: 'edit', cells: [{ row: 7, column: 2, value: 'é' }] }))?.({ row: 7, cells: ['a', '�'], faults })
  expect(fixed?.raw.faults?.map(({ code }) => code)).toEqual(['read.too-many-cells'])
})

it('fixes that change no cell need no look at the cells', () => {
  expect(compileFixes(stored([{ kind: 'leave-out' }, [[1, 2]]], { kind: 'read-dates', column: 1, dates: 'mdy' }))).toBeNull()
})

it.each([
  [{ kind: 'edit', cells: [{ row: 3, column: 1, value: '' }] } as Fix, null, 'Change "Name" of row 3 to nothing'],
  [{ kind: 'leave-out' } as Fix, [[1, 1200]] as RowRanges, 'Leave 1,200 rows out'],
  [{ kind: 'fill', column: 2, value: 'DE' } as Fix, [[4, 4]] as RowRanges, 'Fill "#2" of 1 row with "DE"'],
  [{ kind: 'read-dates', column: 1, dates: 'mdy' } as Fix, null, 'Read dates of "Name" month first'],
])('a fix is told in words: %j', (fix, rows, words) => {
  expect(describeFix({ fix, rows }, ['Name', ''])).toBe(words)
})

it.each([
  [{ kind: 'leave-outs' }, 'kind', 'Did you mean "leave-out"?'],
  [{ kind: 'map-value', column: 1, from: '', to: 'x' }, 'from', '"from" of the fix "map-value"'],
  [{ kind: 'map-value', column: 9, from: 'a', to: 'x' }, 'column', 'there is no column 9'],
  [7, 'kind', 'A fix has a kind'],
])('refuses %j by its path', (document, path, words) => {
  expect(() => parseFix(document, 2)).toThrow(expect.objectContaining({ code: 'fix.invalid', path, message: expect.stringContaining(words) as string }))
})
