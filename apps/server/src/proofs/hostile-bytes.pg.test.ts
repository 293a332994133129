import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { badFileHead as head, bytesOf as bytes, cleanRow as clean, importBadFile, type BadFile } from '../testing/bad-file.ts'
import { openTestLongshore, type TestLongshore } from '../testing/open-test-longshore.ts'

const files: BadFile[] = [
  {
    name: 'a NUL byte', file: `${head}${clean(1)}Nu\0l,Person2,p2@example.com,,\n${clean(3)}`,
    bad: [{ row: 3, code: 'read.nul-byte', column: 'First Name', says: /NUL.*row 3, column "First Name"/ }], records: ['Person1', 'Person3'],
  },
  {
    name: 'half of a surrogate pair, as bytes that are no UTF-8', file: bytes(`${head}${clean(1)}Ha`, [0xed, 0xa0, 0xbd], `lf,Person2,p2@example.com,,\n${clean(3)}`),
    bad: [{ row: 3, code: 'read.bad-encoding', column: 'First Name', says: /row 3, column "First Name" \(line 3 of the file\)/ }], records: ['Person1', 'Person3'],
  },
  {
    name: 'a quote that is never closed, far from the end of a large file',
    file: `${head}${clean(1)}Ada,"Person2,p2@example.com,,\n${Array.from({ length: 12_000 }, (_, i) => `${'Q'.repeat(100)}${i},Person,q${i}@example.com,,\n`).join('')}`,
    bad: [{ row: 3, code: 'read.unclosed-quote', column: 'Last Name', says: /line 3, character 5 is never closed/ }], records: ['Person1', ...Array.from({ length: 12_000 }, () => 'Person')],
  },
  {
    name: 'a cell of 20 MB', file: `${head}${clean(1)}Ada,Person2,p2@example.com,,${'9'.repeat(20 * 1024 * 1024)}\n${clean(3)}`,
    bad: [{ row: 3, code: 'read.cell-too-large', column: 'Lead Score', says: /row 3, column "Lead Score" \(line 3 of the file\) is too large: found 20971520/ }], records: ['Person1', 'Person3'],
  },
  {
    name: 'the character that stands between staged cells', file: `${head}${clean(1)}Un\u001fit,Person2,p2@example.com,,\n${clean(3)}`,
    bad: [{ row: 3, code: 'type.control-character', column: 'First Name', says: /row 3, column "First Name"/ }], records: ['Person1', 'Person3'],
  },
]

let longshore: TestLongshore

describe('a file with bytes that may harm its reader, read in a process of its own', () => {
  beforeAll(async () => { longshore = await openTestLongshore('hostile-bytes') })
  afterAll(() => longshore.close())

  it.each(files)('$name', async (file) => {
    expect((await importBadFile(longshore, file)).error).toBeNull()
  })
})
