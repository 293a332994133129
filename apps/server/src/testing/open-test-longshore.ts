import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ImportDefinitionInput } from '@longshore/core'
import { openTestDatabase } from '@longshore/store/testing'
import type { TestDatabase } from '@longshore/store/testing'
import { openLongshore } from '../context.ts'
import type { JobSummary, Longshore, OpenOptions, Watch } from '../longshore.ts'

/** A whole Longshore of a test's own: its database and its data directory go when it is closed. */
export interface TestLongshore extends Longshore {
  readonly folder: string
  /** Writes a file into the test's folder and gives its path. */
  file(name: string, content: string | Uint8Array): string
  /** Imports a text as a file of that name; result files are written. */
  importText(content: string | Uint8Array, definition: ImportDefinitionInput, options?: { dryRun?: boolean; name?: string; watch?: Watch; signal?: AbortSignal }): Promise<JobSummary>
  readonly database: TestDatabase
  /** Reads the database past the product: names of the organization's tables stand as `org.contacts`. */
  rows<Row>(sql: string, values?: readonly unknown[]): Promise<Row[]>
}

export async function openTestLongshore(name: string, options: Pick<OpenOptions, 'egress'> = {}): Promise<TestLongshore> {
  const db = await openTestDatabase(name, { prepared: true })
  const folder = mkdtempSync(join(tmpdir(), `longshore-${name}-`))
  const longshore = await openLongshore({ ...options, dataDirectory: join(folder, 'data'), databaseUrl: db.databaseUrl })
  const file = (fileName: string, content: string | Uint8Array): string => {
    const path = join(folder, fileName)
    writeFileSync(path, content)
    return path
  }
  return {
    ...longshore, folder, file, database: db,
    importText: (content, definition, { dryRun = false, name: fileName = 'list.csv', watch = () => undefined, signal } = {}) =>
      longshore.import({ file: file(fileName, content), definition: { ...definition, results: definition.results ?? { formats: ['csv'] } }, dryRun, resultsDirectory: join(folder, 'results') }, watch, signal),
    rows: async <Row>(sql: string, values: readonly unknown[] = []) =>
      (await db.transaction(null, (tx) => tx.query<Row>(sql.replaceAll(/\borg\./g, 'org_1.'), values))).rows,
    async close() {
      await longshore.close()
      await db.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
