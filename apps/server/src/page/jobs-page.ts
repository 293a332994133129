import { basename } from 'node:path'
import { isAtRest, outcomes } from '@longshore/core'
import type { JobSummary } from '../longshore.ts'
import { html } from './html.ts'
import type { Html } from './html.ts'
import { layout } from './layout.ts'
import { fileLinks } from './result-file.ts'

/** Newest jobs that the page lists; `longshore job` lists all. */
const mostJobs = 100

/** All jobs with what became of their rows, newest first. */
export function jobsPage(jobs: readonly JobSummary[], version: string): string {
  const shown = jobs.slice(0, mostJobs)
  if (shown.length === 0) {
    return layout('Jobs', html`<p>There are no jobs yet. Start one with <code>longshore import FILE --object contacts</code>.</p>`, version)
  }
  const more = jobs.length > shown.length ? html`<p class="soft">The newest ${mostJobs} of ${jobs.length} jobs. <code>longshore job</code> lists all.</p>` : null
  const content = html`<div class="wide" role="region" aria-label="Jobs" tabindex="0"><table>
<thead><tr><th scope="col">Job</th><th scope="col">What</th><th scope="col">State</th><th scope="col" class="n">Rows</th>
${outcomes.map((outcome) => html`<th scope="col" class="n">${outcome}</th>`)}<th scope="col">Started (UTC)</th><th scope="col">Result files</th></tr></thead>
<tbody>
${shown.map(jobRow)}</tbody>
</table></div>${more}`
  return layout('Jobs', content, version, shown.some(({ state }) => !isAtRest(state)))
}

function jobRow(job: JobSummary): Html {
  return html`<tr><th scope="row"><a href="/jobs/${job.job}">${job.job}</a></th><td>${what(job)}</td>
<td${job.state === 'failed' ? html` class="bad"` : null}>${job.interrupted ? 'interrupted' : job.state}</td><td class="n">${count(job.rows)}</td>
${outcomes.map((outcome) => html`<td class="n${outcome === 'failed' && job.counts.failed > 0 ? ' bad' : ''}">${count(job.counts[outcome])}</td>`)}
<td>${moment(job.createdAt)}</td><td>${fileLinks(job)}</td></tr>
`
}

/** `insert contacts from people.csv`, `undo of job 3`. */
export function what(job: JobSummary): string {
  if (job.kind === 'undo') return `undo of job ${job.undoes ?? '?'}`
  return `${job.operation} ${job.object}${job.source === null ? '' : ` from ${basename(job.source)}`}`
}

export function count(number: number): string {
  return number.toLocaleString('en-US')
}

/** An ISO moment as people read it; the page says that it is UTC. */
export function moment(iso: string): string {
  return iso.slice(0, 16).replace('T', ' ')
}
