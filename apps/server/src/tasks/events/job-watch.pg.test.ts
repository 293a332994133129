import { ensureOrganization } from '@longshore/store'
import type { Database, Organization } from '@longshore/store'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { operatorOf } from '../../actor.ts'
import { openTestLongshore } from '../../testing/open-test-longshore.ts'
import type { TestLongshore } from '../../testing/open-test-longshore.ts'
import { watchJobs } from './job-watch.ts'

let longshore: TestLongshore
let organization: Organization
beforeAll(async () => {
  longshore = await openTestLongshore('job_watch')
  organization = await ensureOrganization(longshore.database)
  await longshore.rows(`INSERT INTO longshore.job (organization, number, kind, object, operation, definition, state, metadata_version, effective_at) VALUES (1, 1, 'import', 'contacts', 'insert', '{}', 'done', 1, now())`)
})
afterAll(() => longshore.close())

const notify = (times: number) => longshore.rows(`INSERT INTO longshore.notification (organization, job, kind) SELECT 1, 1, 'finished' FROM generate_series(1, $1)`, [times])

/** Somebody who watches, and hears what they are told only when they listen. */
function watcher(db: Database = longshore.database) {
  const stop = new AbortController()
  const events = watchJobs({ db, organization, actor: operatorOf(organization) }, null, null, -1, stop.signal) // each look ends with null
  const ids: string[] = []
  return {
    ids,
    /** Listens to one look. */
    async listen(): Promise<void> {
      for (let event = await events.next(); event.value; event = await events.next()) if (event.value.kind === 'notification') ids.push(event.value.notification.id)
    },
    async leave(): Promise<void> {
      stop.abort()
      await events.return(undefined)
    },
  }
}

describe('whoever watches', () => {
  it('is told of each notification once, however many come between two looks', async () => {
    const one = watcher()
    await one.listen()
    await notify(450)
    for (let looks = 0; looks < 5; looks += 1) await one.listen()
    expect([one.ids.length, new Set(one.ids).size]).toEqual([450, 450])
    await one.leave()
  })

  it('is told of those that others heard of while they were slow', async () => {
    const [slow, quick] = [watcher(), watcher()]
    await slow.listen()
    await quick.listen()
    for (const times of [120, 1]) {
      await notify(times)
      await quick.listen()
    }
    await slow.listen()
    expect([quick.ids.length, slow.ids.length]).toEqual([121, 121])
    await Promise.all([slow.leave(), quick.leave()])
  })

  it('shares each look with all others', async () => {
    let looks = 0
    const db: Database = { ...longshore.database, transaction: (...question) => { looks += 1; return longshore.database.transaction(...question) } }
    const many = Array.from({ length: 6 }, () => watcher(db))
    await Promise.all(many.map((one) => one.listen()))
    looks = 0
    await notify(1)
    await Promise.all(many.map((one) => one.listen()))
    expect([looks, ...many.map(({ ids }) => ids.length)]).toEqual([1, 1, 1, 1, 1, 1, 1])
    await Promise.all(many.map((one) => one.leave()))
  })
})
