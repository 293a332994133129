import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import Papa from 'papaparse'
import { sampleContacts, sampleDuplicates, sampleFaults } from './make-sample.ts'

const rows = Papa.parse<string[]>(sampleContacts(), { skipEmptyLines: true }).data
const cell = (row: number, header: string): string => rows[row - 1]?.[rows[0]?.indexOf(header) ?? -1] ?? ''

test('the shipped sample is what its script writes', () => {
  expect(readFileSync(new URL('../fixtures/sample-contacts.csv', import.meta.url), 'utf8')).toBe(sampleContacts())
})

test('the sample holds 200 people under one header, and one row with too many cells', () => {
  expect(rows.length).toBe(201)
  expect(rows.flatMap((cells, index) => (cells.length === 18 ? [] : [index + 1]))).toEqual([120])
})

test('an e-mail stands twice only where it is meant to', () => {
  const firstRow = new Map<string, number>()
  const repeated: [number, number][] = []
  for (let row = 2; row <= rows.length; row++) {
    const email = cell(row, 'Email').toLowerCase()
    const first = firstRow.get(email)
    if (first === undefined) firstRow.set(email, row)
    else repeated.push([row, first])
  }
  expect(repeated).toEqual(sampleDuplicates)
})

test('every fault is in the row that the list of faults names, and in no other', () => {
  const faulty = rows.flatMap((cells, index) => {
    const row = index + 1
    const isBad = row > 1 && (cells.length > 18 || !/^[a-z.0-9]+@[a-z]+\.example$/i.test(cell(row, 'Email')) || cell(row, 'Last Name') === ''
      || cell(row, 'Birthdate') === '1987-02-31' || cell(row, 'Lead Source') === 'Trade Shwo' || Number.isNaN(Number(cell(row, 'Lead Score'))))
    return isBad ? [row] : []
  })
  expect(faulty).toEqual(sampleFaults.map((fault) => fault.row))
})

test('every address of the sample lies in a domain kept for examples', () => {
  const others = rows.slice(1).map((_, index) => cell(index + 2, 'Email')).filter((email) => /@./.test(email) && !/\.example$/i.test(email))
  expect(others).toEqual([])
})
