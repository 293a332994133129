// A process of its own that asks, all at once, for what others ask for, too. `node racer.ts URL admit 3,4,5` or `… turn KEY LIMIT TIMES`; says when it
// is ready, begins at the first byte of its input, prints what it was given as JSON, and stays until its input ends: what a process that is gone holds, counts for nothing.
import { ensureOrganization } from '../organizations/ensure-organization.ts'
import { beginAttempt } from '../jobs/attempt.ts'
import { admitImport } from '../jobs/import-queue.ts'
import { takeTurn } from '../people/rate.ts'
import { openDatabase } from '../postgres/open-database.ts'

const [databaseUrl = '', what, first = '', limit = '0', times = '0'] = process.argv.slice(2)
const db = await openDatabase({ dataDirectory: '.', databaseUrl, log: () => undefined })
const organization = await ensureOrganization(db)
process.stdout.write('ready\n')
await new Promise((resolve) => process.stdin.once('data', resolve))
const asked = what === 'admit'
  ? first.split(',').map(async (job) => ({ job: Number(job), given: await admitImport(db, await beginAttempt(db, organization, Number(job))) }))
  : Array.from({ length: Number(times) }, async () => ({ given: (await db.transaction(null, (tx) => takeTurn(tx, first, Number(limit), 3600))).allowed }))
process.stdout.write(`${JSON.stringify(await Promise.all(asked))}\n`)
process.stdin.resume().once('end', () => { void db.close() })
