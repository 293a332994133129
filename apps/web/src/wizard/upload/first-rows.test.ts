import { expect, it } from 'vitest'
import { firstRows } from './first-rows.ts'

it('shows the first rows of a text in the characters that it is written in', async () => {
  expect(await firstRows(new Blob(['Name;City\nJürgen;Köln\n']))).toEqual([['Name', 'City'], ['Jürgen', 'Köln']])
  expect(await firstRows(new Blob([new Uint8Array(Buffer.from('Name,City\nJürgen,Köln\n', 'latin1'))]))).toEqual([['Name', 'City'], ['Jürgen', 'Köln']])
  expect(await firstRows(new Blob(['A\n', ...Array.from({ length: 50 }, (_, i) => `${i}\n`)]))).toHaveLength(11)
})

it('looks at the beginning of a large file alone, also where that ends inside a letter', async () => {
  const rows = await firstRows(new Blob(['A,B\n', 'ü,é\n'.repeat(200_000)]))
  expect(rows?.slice(0, 2)).toEqual([['A', 'B'], ['ü', 'é']])
})

it('leaves to the server what it cannot read', async () => {
  for (const content of ['PK\u0003\u0004', '{"a":1}', '[1]', '<table>', 'BEGIN:VCARD\n', '']) expect([content, await firstRows(new Blob([content]))]).toEqual([content, null])
})
