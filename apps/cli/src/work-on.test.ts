import { describe, expect, it } from 'vitest'
import { Fault } from '@longshore/core'
import type { Longshore } from '@longshore/server'
import { fakeHost } from './testing/fake-host.ts'
import { workOn } from './work-on.ts'

const patience = { tries: 3, firstMs: 1, mostMs: 2, goodMs: 60_000 }
const away = new Fault('db.unreachable', 'The database is away.', { remedy: 'retry' })

async function open(work: Longshore['work']) {
  const host = fakeHost({ work })
  return { host, longshore: await host.openLongshore({ dataDirectory: 'x' }) }
}

describe('work that goes on', () => {
  it('is taken up again after a fault', async () => {
    let tries = 0
    const { host, longshore } = await open(() => (++tries < 3 ? Promise.reject(away) : Promise.resolve()))
    await workOn(longshore, host, new AbortController().signal, patience)
    expect([tries, host.said.stderr.match(/database is away/g)?.length]).toEqual([3, 2])
  })

  it('gives up after as many tries as it has patience for', async () => {
    let tries = 0
    const { host, longshore } = await open(() => { tries++; return Promise.reject(away) })
    await expect(workOn(longshore, host, new AbortController().signal, patience)).rejects.toBe(away)
    expect(tries).toBe(3)
  })

  it('ends without a word when it is stopped', async () => {
    const stop = new AbortController()
    const { host, longshore } = await open(() => { stop.abort(); return Promise.reject(away) })
    await workOn(longshore, host, stop.signal, patience)
    expect(host.said.stderr).toBe('')
  })
})
