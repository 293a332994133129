import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ColumnReading } from '../../fields/column-reading.ts'
import type { FieldKind } from '../../schema/field.ts'
import type { Mapping } from '../../map/mapping.ts'
import { ColumnBook, type SavedBook } from './column-book.ts'
import type { FileContext } from './file-context.ts'
import { refuseOpenColumns } from './refuse-open.ts'

type Column = { kind: FieldKind; name?: string; reading?: ColumnReading; decimals?: number; max?: string; values: string[] }

function bookOf(columns: Column[], file: Partial<FileContext> = {}, countries: string[] = []): ColumnBook {
  const targets = columns.map(({ kind, name = 'f', reading = {}, decimals, max }, column) => ({
    path: name, header: `Column ${column + 1}`, column, reading,
    field: { name, label: 'F', kind, ...(decimals === undefined ? {} : { precision: { integerDigits: 18, decimals } }), ...(max === undefined ? {} : { max }) },
  }))
  const book = new ColumnBook({ targets } as unknown as Mapping, { delimiter: ',', today: '2026-06-15', dateOrder: null, decimal: null, country: null, ...file })
  for (const [i, { values }] of columns.entries()) for (const [row, value] of values.entries()) book.evidence[i]?.see(value, row + 2, null)
  for (const country of countries) book.countries.see(country)
  return book
}

/** What the first column is read as, or the kind of the question about it. */
function settled(columns: Column[], file?: Partial<FileContext>, countries?: string[]): ColumnReading | string {
  const [finding] = bookOf(columns, file, countries).findings().filter(({ target }) => target === 0)
  return finding?.question?.kind ?? finding?.reading ?? {}
}

const dates = (...values: string[]): Column => ({ kind: 'date', values })
const numbers = (...values: string[]): Column => ({ kind: 'number', values })
const ambiguous = ['03/04/2021', '05/06/2021', '07/08/2021']

describe('a column of dates', () => {
  test.each<[string, string[], ColumnReading | string]>([
    ['a day above 12 in front', ['03/04/2021', '13/04/2021'], { dates: 'dmy' }],
    ['a day above 12 in the middle', ['03/04/2021', '04/13/2021'], { dates: 'mdy' }],
    ['days above 12 in both places', ['13/04/2021', '04/13/2021'], 'mixed'],
    ['nothing above 12', ambiguous, 'ambiguous'],
    ['the same day both ways', ['03/03/2021', '05/05/2021'], { dates: 'dmy' }],
    ['points', ['03.04.2021', '05.06.2021'], { dates: 'dmy' }],
    ['ISO alone', ['2021-04-03', '2021-05-06'], {}],
    ['a year in front', ['2021/4/3', '2021/5/6'], {}],
    ['names of months', ['3 April 2021', '5 mai 2021'], {}],
    ['a short year that no day can be', ['99/12/03', '98/11/04'], { dates: 'ymd' }],
    ['short years that may stand at either end', ['20-05-22', '14-05-05'], 'ambiguous'],
    ['numbers that Excel counts', ['44197', '44198.5'], { dates: 'excel-1900' }],
    ['seconds', ['1614834000', '1614837600'], { dates: 'unix-s' }],
    ['milliseconds', ['1614834000000'], { dates: 'unix-ms' }],
    ['counted days among written ones', ['44197', '13/04/2021'], { dates: 'dmy' }],
    ['eight digits, day first', ['13042021', '31122020'], { dates: 'dmy' }],
    ['a month that Poles and Croats name alike', ['4 listopada 2021', '5 listopada 2020'], 'ambiguous'],
    ['the same beside one that only Poles have', ['4 listopada 2021', '5 stycznia 2020'], { months: 'pl' }],
    ['rows in the order of time', ['05/01/2021', '09/01/2021', '02/02/2021', '07/02/2021', '12/02/2021', '01/03/2021', '03/03/2021', '10/03/2021', '01/04/2021'], { dates: 'dmy' }],
    ['rows sorted as text, which proves nothing', ['01/05/2021', '01/09/2021', '02/02/2021', '02/07/2021', '03/01/2021', '03/02/2021', '04/03/2021', '05/01/2021', '06/04/2021', '07/01/2021'], 'ambiguous'],
  ])('with %s', (_, values, expected) => {
    expect(settled([dates(...values)])).toEqual(expected)
  })

  test.each<[string, Column[], Partial<FileContext>, string[], ColumnReading | string]>([
    ['another date of the file', [dates(...ambiguous), dates('25/12/2021')], {}, [], { dates: 'dmy' }],
    ['another date with other marks says nothing', [dates(...ambiguous), dates('25-12-2021')], {}, [], 'ambiguous'],
    ['another column that a person has decided', [dates(...ambiguous), { ...dates('01/02/2021'), reading: { dates: 'mdy' } }], {}, [], { dates: 'mdy' }],
    ['months named in German beside it', [dates(...ambiguous), dates('3. Mai 2021', '4. Dezember 2021')], {}, [], { dates: 'dmy' }],
    ['months named in English say nothing', [dates(...ambiguous), dates('3 May 2021', '4 December 2021')], {}, [], 'ambiguous'],
    ['decimal commas beside it', [dates(...ambiguous), numbers('12,5')], {}, [], { dates: 'dmy' }],
    ['semicolons between the cells', [dates(...ambiguous)], { delimiter: ';' }, [], { dates: 'dmy' }],
    ['rows from America', [dates(...ambiguous)], {}, new Array<string>(20).fill('US'), { dates: 'mdy' }],
    ['rows from Britain', [dates(...ambiguous)], {}, new Array<string>(20).fill('GB'), { dates: 'dmy' }],
    ['rows from Canada, which say nothing', [dates(...ambiguous)], {}, new Array<string>(20).fill('CA'), 'ambiguous'],
    ['rows from everywhere, which say nothing', [dates(...ambiguous)], {}, [...new Array<string>(10).fill('US'), ...new Array<string>(10).fill('GB')], 'ambiguous'],
    ['a birthday that would lie ahead', [{ ...dates('07/09/2026', '01/02/1980'), name: 'birthdate' }], {}, [], 'ambiguous'],
    ['a birthday that would lie ahead one way only', [{ ...dates('07/04/2026', '01/02/1980'), name: 'birthdate' }], {}, [], { dates: 'dmy' }],
    ['what is usual here', [dates(...ambiguous)], { dateOrder: 'mdy' }, [], { dates: 'mdy' }],
  ])('is decided by %s', (_, columns, file, countries, expected) => {
    expect(settled(columns, file, countries)).toEqual(expected)
  })
})

describe('a column of numbers', () => {
  test.each<[string, string[], ColumnReading | string]>([
    ['whole numbers', ['1', '23', '4567'], {}],
    ['a decimal comma', ['1,5', '1,234'], { decimal: ',' }],
    ['a decimal point', ['1.5', '1.234'], { decimal: '.' }],
    ['both marks', ['1.234,56', '7.890'], { decimal: ',' }],
    ['a mark that comes twice', ['1.234.567', '1.234'], { decimal: ',' }],
    ['lakhs', ['1,23,456', '1,234'], { decimal: '.' }],
    ['three digits behind every mark', ['1.234', '5.678'], 'ambiguous'],
    ['the same with the other mark', ['1,234', '5,678'], 'ambiguous'],
    ['a leading zero', ['0.125', '1.234'], { decimal: '.' }],
    ['more than three digits before', ['1234.567', '1.234'], { decimal: '.' }],
    ['blanks between thousands', ['1 234,567', '1,234'], { decimal: ',' }],
    ['both marks as decimals', ['1,5', '2.5'], 'mixed'],
    ['small numbers without a mark', ['1.234', '56', '7.890', '1.000', '12', '999', '5.000', '7', '12.345', '88'], { decimal: ',' }],
    ['pounds', ['£1,234', '£5,678'], { decimal: '.' }],
    ['crowns', ['1.234 kr', '5.678 kr'], { decimal: ',' }],
    ['euros, which say nothing', ['€1.234', '€5.678'], 'ambiguous'],
    ['Arabic marks', ['١٫٢٣٤'], { decimal: '.' }],
    ['signs around them', ['(1.234,5)', '-2,5'], { decimal: ',' }],
  ])('with %s', (_, values, expected) => {
    expect(settled([numbers(...values)])).toEqual(expected)
  })

  test('is decided by the field where it takes whole numbers, or none so large', () => {
    expect(settled([{ ...numbers('1.234'), decimals: 0 }])).toEqual({ decimal: ',' })
    expect(settled([{ ...numbers('1,234'), decimals: 0 }])).toEqual({ decimal: '.' })
    expect(settled([{ ...numbers('1.234', '99.125'), max: '100' }])).toEqual({ decimal: '.' })
  })

  test('is decided by the other numbers of the file', () => {
    expect(settled([numbers('1.234'), numbers('2,5')])).toEqual({ decimal: ',' })
    expect(settled([numbers('1.234'), numbers('2,5'), numbers('2.5')])).toBe('ambiguous')
  })
})

test.each([
  ['four digits', ['01/01/1985', '05/05/1985', '02/06/1985', '03/07/1990'], '02/06/1985', ['1985-06-02', '1985-02-06']],
  ['two digits', ['05/05/20', '05/05/99', '04/03/05'], '04/03/05', ['2005-03-04', '2005-04-03']],
  ['two digits at either end', ['05/05/20', '01/02/03'], '01/02/03', ['2003-02-01', '2003-01-02', '2001-02-03']],
])('a question about dates with years of %s shows a value that is another day under each order', (_, values, example, means) => {
  const later = bookOf([dates(...values)])
  const earlier = bookOf([dates(values[0] ?? '')])
  earlier.evidence[0]?.join(JSON.parse(JSON.stringify(later.evidence[0])))
  for (const book of [later, earlier]) {
    const readings = book.findings()[0]?.question?.readings ?? []
    expect([readings.map((one) => one.example), readings.map((one) => one.means)]).toEqual([means.map(() => example), means])
  }
})

test('a question names the column, both readings and the flag', () => {
  const findings = bookOf([dates(...ambiguous), numbers('1.234')]).findings()
  expect(() => refuseOpenColumns(findings)).toThrow('The dates in the column "Column 1" can be read in two ways, and nothing in the file decides: "03/04/2021" is 2021-04-03 (dmy) or 2021-03-04 (mdy). '
    + 'Say which is right with --date-order "Column 1=dmy|mdy". The same has to be said of "Column 2" (--decimal). Nothing was imported.')
})

test('a column that contradicts itself is asked about with the rows', () => {
  const findings = bookOf([dates('13/04/2021', '04/13/2021', '14/04/2021')]).findings()
  expect(() => refuseOpenColumns(findings)).toThrow('The dates in the column "Column 1" contradict each other: 2 only as dmy ("13/04/2021" in rows 2, 4), 1 only as mdy ("04/13/2021" in row 3). '
    + 'Correct the file, or say which is right with --date-order "Column 1=dmy|mdy"; the other rows then fail by themselves. Nothing was imported.')
})

test.each<[string, string[], ColumnReading]>([
  ['o and x', ['o', 'x', 'O'], { booleans: 'o-x' }],
  ['x alone', ['x', 'x'], {}],
  ['Turkish letters', ['E', 'H'], { booleans: 'e-h' }],
  ['Finnish letters', ['K', 'E'], { booleans: 'k-e' }],
  ['words', ['ja', 'nein'], {}],
  ['yes and no in English', ['Y', 'N'], {}],
  ['more letters than two', ['o', 'x', 'e'], {}],
])('letters of a column of yes and no: %s', (_, values, expected) => {
  expect(settled([{ kind: 'boolean', values }])).toEqual(expected)
})

test('phones without a country are of the one that most of the column\'s numbers name', () => {
  const phones = (...values: string[]): Column => ({ kind: 'phone', values })
  const german = ['+49 30 1234567', '+49 30 1234568', '0049 30 1234569', '+49 151 23456789', '+49 89 123456', '030 1234560']
  expect(bookOf([phones(...german)]).findings()[0]?.reason).toMatch(/^that name no country, nor does their row \(\d+\), are read as numbers of DE: \d+ of \d+ others looked at are of it, by their calling code or their row$/)
  expect(bookOf([phones('030 1234567')], { country: 'AT' }).findings()[0]?.reason).toBe('that name no country, nor does their row (1), are read as numbers of AT: it is the usual here')
  expect(settled([phones(...german)])).toEqual({ phones: 'DE' })
  expect(settled([phones(...german.slice(0, 5))])).toEqual({})
  expect(settled([phones(...german)], { country: 'DE' })).toEqual({})
  expect(settled([phones(...german, '+33 6 12 34 56 78', '+33 6 12 34 56 79')])).toEqual({})
})

test('parts of a column, taken down apart and joined as JSON, say what the whole column says', () => {
  const cells: Record<string, FieldKind> = { date: 'date', number: 'number', phone: 'phone' }
  const texts = fc.oneof(
    fc.constantFrom('03/04/2021', '13/04/2021', '04/13/2021', '20-05-22', '2021-01-01', '4 listopada 2021', '44197', '1.2.2021', 'x', '1.234', '1,234', '£1,234', '1.5', '12', '+49 30 1', '030 1'),
    fc.date({ min: new Date('2000-01-01T00:00:00Z'), max: new Date('2030-01-01T00:00:00Z'), noInvalidDate: true }).map((day) => new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC' }).format(day)),
  )
  fc.assert(fc.property(fc.array(texts, { maxLength: 30 }), fc.nat(30), fc.constantFrom(...Object.keys(cells)), (values, cut, kind) => {
    const column = (part: string[], first: number): ColumnBook => {
      const book = bookOf([{ kind: cells[kind] ?? 'date', values: [] }])
      for (const [i, value] of part.entries()) book.evidence[0]?.see(value, first + i, null)
      return book
    }
    const joined = bookOf([{ kind: cells[kind] ?? 'date', values: [] }])
    for (const part of [column(values.slice(0, cut), 2), column(values.slice(cut), 2 + Math.min(cut, values.length))]) joined.join(JSON.parse(JSON.stringify(part.save())) as SavedBook)
    expect(joined.findings()).toEqual(column(values, 2).findings())
  }), { numRuns: 500 })
})
