import { tmpdir } from 'node:os'
import { expect, test } from 'vitest'
import { assertFreeSpace, freeSpace } from './free-space.ts'

test('finds space on the disk of the temporary folder', () => {
  expect(freeSpace(tmpdir())).toBeGreaterThan(0)
})

test('lets work go on above the floor', () => {
  expect(() => { assertFreeSpace(tmpdir(), 1, 'try') }).not.toThrow()
})

test('refuses below the floor and says what is free, what is needed and what to do', () => {
  expect(() => { assertFreeSpace(tmpdir(), Number.MAX_SAFE_INTEGER, 'start the database') })
    .toThrow(/^Only \d+ MB are free on the disk of .+, and 9007199254 MB are needed to start the database\. Free some space/)
})
