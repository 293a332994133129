import { openDatabase } from '../open-database.ts'

/**
 * For tests, as a process of its own: opens the database of the data directory given as argument, says `open` and the server's
 * process id as a line of JSON (or the fault), and closes it when its standard input ends.
 */
const [, , dataDirectory = ''] = process.argv
try {
  const since = performance.now()
  const db = await openDatabase({ dataDirectory })
  const ms = Math.round(performance.now() - since)
  const { rows: [row] } = await db.transaction(null, (tx) => tx.query<{ at: string }>('SELECT pg_postmaster_start_time() AS at'), { readOnly: true })
  process.stdout.write(`${JSON.stringify({ startedAt: row?.at, ms })}\n`)
  process.stdin.resume()
  process.stdin.on('end', () => { void db.close().then(() => { process.stdout.write('closed\n') }) })
} catch (error) {
  const { code, message } = error as { code?: string; message: string }
  process.stdout.write(`${JSON.stringify({ code, message })}\n`)
  process.exitCode = 2
}
