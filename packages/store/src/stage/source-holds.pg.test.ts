import { printSource } from '@longshore/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../postgres/testing.ts'
import { quoteLiteral } from '../postgres/quote.ts'
import { likeText, needleOf, sourceCell } from './source-cell.ts'
import { sourceHolds } from './source-holds.ts'

let db: TestDatabase
beforeAll(async () => { db = await openTestDatabase('source_holds') })
afterAll(() => db.close())

const texts = ['Kim', '273 \u212Aelvin', '\u0130STANBUL', 'istanbul', 'Dıyarbakır', 'MÜLLER GmbH', 'müller gmbh', 'Straße', 'a"b', 'back\\slash', 'C:\\NEW', 'line\nbreak', 'null', 'x,null,y', '100 %', '100 x', 'a_b', 'axb', '東京 Tower', '', ' Denver ', 'Denver', '[', ']', '","', '😀 Smith']
const searches = ['kim', 'KELVIN', 'kelvin', 'istanbul', 'İstanbul', 'stan', 'ı', 'müller gmbh', 'Ü', 'STRASSE', 'straße', 'A"B', '\\', '\\N', 'line\nBREAK', 'null', '%', '0 %', '_', 'a_b', '東京 tower', 'TOWER', 'i', 'k', '😀 SMITH', 'smith', '","', 'nowhere']

test('finds in either letter case what ILIKE finds, whatever the letters', async () => {
  const rows = texts.map((text) => printSource({ cells: [text, null] }))
  for (const search of searches) {
    const found = await db.transaction(null, (tx) => tx.query<{ fast: string[]; slow: string[] }>(
      `SELECT array_agg(s) FILTER (WHERE ${sourceHolds('s', search)}) AS fast, array_agg(s) FILTER (WHERE s ILIKE ${quoteLiteral(`%${likeText(needleOf(search))}%`)}) AS slow FROM unnest($1::text[]) s`, [rows]))
    expect([search, found.rows[0]?.fast]).toEqual([search, found.rows[0]?.slow])
  }
})

test('gives the cell of a column whatever stands in it and beside it', async () => {
  for (const beside of ['plain', 'a"b', 'null', '\\', null]) {
    const rows = texts.map((text) => printSource({ cells: [beside, text, beside] }))
    const found = await db.transaction(null, (tx) => tx.query<{ cell: string | null; beyond: string | null }>(`SELECT ${sourceCell('s', 1)} AS cell, ${sourceCell('s', 3)} AS beyond FROM unnest($1::text[]) WITH ORDINALITY AS u (s, n) ORDER BY n`, [rows]))
    expect(found.rows.map(({ cell }) => cell)).toEqual(texts)
    expect(found.rows.every(({ beyond }) => (beyond ?? '') === '')).toBe(true)
  }
})
