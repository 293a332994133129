import { createReadStream, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import type { BenchServer } from './bench-server.ts'
import type { ContactList } from './contact-list.ts'

export interface BaselineRun {
  wallSeconds: number
  /** Of the contacts alone, a part of the whole. */
  contactsSeconds: number
  /** Of this process, which only passes bytes on. */
  cpuSeconds: number
  serverCpuSeconds: number | null
}

/** Loads the cleaned rows by COPY into a fresh copy of baseline.sql, each table in one transaction; measured to the last commit. */
export async function loadBaseline(server: BenchServer, list: ContactList): Promise<BaselineRun> {
  const name = 'longshore_bench_baseline'
  const client = new pg.Client({ connectionString: await server.freshDatabase(name) })
  await client.connect()
  try {
    await client.query(readFileSync(join(import.meta.dirname, 'baseline.sql'), 'utf8'))
    const cpuBefore = process.cpuUsage(), serverBefore = server.cpuSeconds(), start = performance.now()
    await pipeline(createReadStream(list.accountsCopy), client.query(copyFrom('COPY accounts FROM STDIN')))
    const between = performance.now()
    await pipeline(createReadStream(list.contactsCopy), client.query(copyFrom('COPY contacts FROM STDIN')))
    const end = performance.now(), cpu = process.cpuUsage(cpuBefore), serverAfter = server.cpuSeconds()
    const counted = await client.query<{ contacts: string; accounts: string }>('SELECT (SELECT count(*) FROM contacts) AS contacts, (SELECT count(*) FROM accounts) AS accounts')
    const { contacts, accounts } = counted.rows[0] ?? {}
    if (Number(contacts) !== list.contacts || Number(accounts) !== list.accounts) throw new Error(`COPY loaded ${contacts} contacts and ${accounts} accounts; the list has ${list.contacts} and ${list.accounts}`)
    return {
      wallSeconds: (end - start) / 1000, contactsSeconds: (end - between) / 1000, cpuSeconds: (cpu.user + cpu.system) / 1e6,
      serverCpuSeconds: serverBefore === null || serverAfter === null ? null : serverAfter - serverBefore,
    }
  } finally {
    await client.end()
    await server.dropDatabase(name)
  }
}
