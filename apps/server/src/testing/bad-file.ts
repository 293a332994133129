import { expect } from 'vitest'
import type { JobSummary } from '../longshore.ts'
import type { TestLongshore } from './open-test-longshore.ts'
import { errorRows, resultRows } from './result-rows.ts'

/**
 * A file with one fault, imported whole. `bad` are the rows that must fail, each with the code and the
 * column that its error names and words that its message must hold; every other row must be a record.
 */
export interface BadFile {
  name: string
  file: string | Uint8Array
  bad: { row: number; code: string; column: string | null; says: RegExp }[]
  /** Last names of the records that the file makes. */
  records: string[]
}

export const badFileHead = 'First Name,Last Name,Email,Birthdate,Lead Score\n'
export const cleanRow = (n: number): string => `P${n},Person${n},p${n}@example.com,2000-01-0${n},${n}\n`
export const bytesOf = (...parts: (string | number[])[]): Uint8Array => Buffer.concat(parts.map((part) => Buffer.from(part as string)))

/** Imports the file and holds the job, its issues, its reports and the records against what is said of it. */
export async function importBadFile(longshore: TestLongshore, { file, bad, records }: BadFile): Promise<JobSummary> {
  await longshore.rows('TRUNCATE org.contacts')
  const job = await longshore.importText(file, { object: 'contacts', match: [['email']] })
  const rows = new Set(bad.map(({ row }) => row))
  expect([job.state, job.rows, job.counts.failed, job.counts.created]).toEqual(['done', records.length + rows.size, rows.size, records.length])
  const issues = await longshore.rows<{ row: number; code: string; column: string | null; message: string }>(
    `SELECT row_number::integer AS row, code, column_name AS "column", message FROM org._issue WHERE job = $1 AND severity = 'error' ORDER BY row_number, seq`, [job.job])
  expect(issues.map(({ row, code, column }) => ({ row, code, column }))).toEqual(bad.map(({ row, code, column }) => ({ row, code, column })))
  for (const [i, { says }] of bad.entries()) expect(issues[i]?.message).toMatch(says)
  const report = errorRows(job)
  expect(report.map(({ row }) => row)).toEqual([...rows])
  expect(report.flatMap(({ codes }) => codes)).toEqual(bad.map(({ code }) => code))
  expect(resultRows(job).filter(({ outcome }) => outcome === 'failed').map(({ row }) => row)).toEqual([...rows])
  const stored = await longshore.rows<{ last_name: string }>('SELECT last_name FROM org.contacts ORDER BY id')
  expect(stored.map(({ last_name: name }) => name)).toEqual(records)
  return job
}
