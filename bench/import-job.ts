import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BenchServer } from './bench-server.ts'
import type { ContactList } from './contact-list.ts'
import { runMeasured } from './process-cost.ts'
import type { ProcessCost } from './process-cost.ts'

/** What `longshore import --json` prints, as far as the bench looks at it. */
export interface ImportSummary {
  state: string
  rows: number
  created: number
  updated: number
  deleted: number
  skipped: number
  flagged: number
  failed: number
  excluded: number
  related: Record<string, number>
  seconds: number
  /** Seconds by phase, where the product says so. */
  phases?: Record<string, number>
}

export interface ImportRun { cost: ProcessCost; serverCpuSeconds: number | null; summary: ImportSummary }

const longshore = join(import.meta.dirname, '../apps/cli/bin/longshore.mjs')

/**
 * Imports the list by the command line into an empty database, with everything on; measured from the start of the command to its end.
 * Throws when the counts are not what the list holds: a wrong import has no speed.
 */
export async function importList(server: BenchServer, list: ContactList): Promise<ImportRun> {
  const name = 'longshore_bench_import'
  const databaseUrl = await server.freshDatabase(name)
  const folder = mkdtempSync(join(tmpdir(), 'longshore-bench-'))
  try {
    const serverBefore = server.cpuSeconds()
    const { stdout, code, cost } = await runMeasured(process.execPath, [
      longshore, 'import', list.file, '--object', 'contacts', '--match', 'email', '--missing-reference', 'create', '--json', '--data', folder,
    ], { ...process.env, DATABASE_URL: databaseUrl })
    const serverAfter = server.cpuSeconds()
    const summary = summaryIn(stdout, code)
    const wrong = differences(summary, list)
    if (wrong.length > 0) throw new Error(`the import is not what the list holds: ${wrong.join('; ')}`)
    return { cost, summary, serverCpuSeconds: serverBefore === null || serverAfter === null ? null : serverAfter - serverBefore }
  } finally {
    rmSync(folder, { recursive: true, force: true })
    await server.dropDatabase(name)
  }
}

function summaryIn(stdout: string, code: number | null): ImportSummary {
  if ((code !== 0 && code !== 1) || stdout.trim() === '') throw new Error(`longshore import ended with ${code}: ${stdout.trim() || 'it printed nothing'}`)
  return JSON.parse(stdout) as ImportSummary
}

/** Where the counts differ from what the list is known to hold. */
export function differences(summary: ImportSummary, list: Pick<ContactList, 'rows' | 'truth' | 'contacts' | 'accounts'>): string[] {
  const bad = Object.values(list.truth.bad).reduce((sum, count) => sum + count, 0)
  const outcomes = summary.created + summary.updated + summary.deleted + summary.skipped + summary.flagged + summary.failed + summary.excluded
  const expected: [string, number, number][] = [
    ['rows', summary.rows, list.rows], ['the sum of all outcomes', outcomes, list.rows], ['failed', summary.failed, bad],
    ['skipped', summary.skipped, list.truth.duplicates], ['created', summary.created, list.contacts], ['accounts created', summary.related['accounts'] ?? 0, list.accounts],
  ]
  return [
    ...(summary.state === 'done' ? [] : [`the job is ${summary.state}`]),
    ...expected.filter(([, found, wanted]) => found !== wanted).map(([what, found, wanted]) => `${what}: ${found} instead of ${wanted}`),
  ]
}
