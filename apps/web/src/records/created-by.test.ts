import { recordIdsOf } from '@longshore/core'
import { expect, it } from 'vitest'
import { createdBy, splitJob } from './created-by.ts'

const jobs = [1, 40_000, 268_435_454]

it('asks for the very ids that a job gives', () => {
  for (const job of jobs) expect(createdBy(job)).toEqual([`id >= ${recordIdsOf(job).from}`, `id < ${recordIdsOf(job).to}`])
})

it('is known again among other filters, and nothing else is taken for it', () => {
  for (const job of jobs) expect(splitJob(['name = Acme', ...createdBy(job), 'id != 7'])).toEqual({ job, where: ['name = Acme', 'id != 7'] })
  const others = [[], ['name = Acme'], ['id >= 5'], [createdBy(3)[0] ?? ''], ['id >= 5', createdBy(3)[1] ?? ''], ['id >= 9999999999999999999']]
  for (const where of others) expect(splitJob(where)).toEqual({ job: undefined, where })
})
