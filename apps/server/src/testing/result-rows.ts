import { readFileSync } from 'node:fs'
import Papa from 'papaparse'
import type { JobSummary } from '../longshore.ts'

/** One line of a results file, taken apart by a CSV reader that is not ours. */
export interface ResultRow { row: number; outcome: string; record: string | null; reason: string; cells: string[] }

/** One line of an error report: failed rows alone. */
export interface ErrorRow { row: number; fields: string[]; codes: string[]; message: string; values: string[]; cells: string[] }

/** The rows of a job's `results.csv`, by their last four columns. */
export function resultRows(job: JobSummary): ResultRow[] {
  const path = job.results.find((file) => file.endsWith('results.csv'))
  if (path === undefined) throw new Error(`job ${job.job} wrote no results.csv: ${job.results.join(', ')}`)
  return readCsv(path).slice(1).map((cells) => {
    const [row = '', outcome = '', record = '', reason = ''] = cells.slice(-4)
    return { row: Number(row), outcome, record: record === '' ? null : record, reason, cells: cells.slice(0, -4) }
  })
}

/** The rows of its error report; none when it wrote no report. */
export function errorRows(job: JobSummary): ErrorRow[] {
  const path = errorReport(job)
  if (path === null) return []
  return readCsv(path).slice(1).map(([row = '', field = '', codes = '', message = '', value = '', ...cells]) => ({
    row: Number(row), fields: field.split('\n'), codes: codes.split('\n'), message, values: value.split('\n'), cells,
  }))
}

export function errorReport(job: JobSummary): string | null {
  return job.results.find((file) => file.endsWith('errors.csv')) ?? null
}

/** A CSV file as lists of cells, the header first. */
export function readCsv(path: string): string[][] {
  return Papa.parse<string[]>(readFileSync(path, 'utf8'), { skipEmptyLines: false }).data.filter((cells) => cells.length > 1 || cells[0] !== '')
}
