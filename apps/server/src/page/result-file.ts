import { basename } from 'node:path'
import type { JobSummary } from '../longshore.ts'
import { html } from './html.ts'
import type { Html } from './html.ts'

/**
 * What stands for a result file in an address: the job and the file's own name, `7-results.csv`. It is never a path:
 * it is compared with the files that the job lists, so that no address can lead anywhere else.
 */
export function fileId(job: number, path: string): string {
  return `${job}-${basename(path)}`
}

/** The job that an id names, or null when it is no id. */
export function jobOfFileId(id: string): number | null {
  const digits = /^([1-9]\d{0,8})-/.exec(id)?.[1]
  return digits === undefined ? null : Number(digits)
}

/** Path of the job's file that `id` names, or null. */
export function pathOfFileId(job: JobSummary, id: string): string | null {
  return job.results.find((path) => fileId(job.job, path) === id) ?? null
}

/** The job's result files as a list of downloads. */
export function fileLinks(job: JobSummary): Html | null {
  if (job.results.length === 0) return null
  return html`<ul>${job.results.map((path) => html`<li><a href="/files/${encodeURIComponent(fileId(job.job, path))}" download>${basename(path)}</a></li>`)}</ul>`
}

/** `Content-Disposition` of a download (RFC 6266): a plain name for old programs and the true one encoded. */
export function attachment(path: string): string {
  const name = basename(path)
  const plain = name.replace(/[^A-Za-z0-9._ -]/g, '_')
  const encoded = encodeURIComponent(name.toWellFormed()).replace(/['()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`
}
