import { recordIdsOf } from '@longshore/core'
import { expect, it } from 'vitest'
import { createdBy } from './created-by.ts'

it('asks for the very ids that a job gives', () => {
  for (const job of [1, 40_000, 268_435_455]) expect(createdBy(job)).toEqual([`id >= ${recordIdsOf(job).from}`, `id < ${recordIdsOf(job).to}`])
})
