import { isAtRest, outcomes } from '@longshore/core'
import type { IssueGroup, JobSummary, PlanPreview } from '../longshore.ts'
import { html } from './html.ts'
import type { Html } from './html.ts'
import { count, moment, what } from './jobs-page.ts'
import { layout } from './layout.ts'
import { fileLinks } from './result-file.ts'

/** One job: what became of its rows, what was found, and its files. */
export function jobPage(job: JobSummary, version: string): string {
  const issues = job.issues ?? job.preview?.issues ?? []
  const related = Object.entries(job.related).filter(([, number]) => number > 0)
  const content = html`<p>${what(job)}: <strong>${job.interrupted ? 'interrupted' : job.state}</strong>. Started ${moment(job.createdAt)} UTC${job.finishedAt === null ? '' : `, ended ${moment(job.finishedAt)} UTC`}.</p>
${job.error === null ? null : html`<p class="bad">It could not go on: ${job.error.message}</p>`}
${job.undoes === null ? null : html`<p>It undoes <a href="/jobs/${job.undoes}">job ${job.undoes}</a>.</p>`}
${job.undoneBy === null ? null : html`<p>It was undone by <a href="/jobs/${job.undoneBy}">job ${job.undoneBy}</a>.</p>`}
<h2>${job.kind === 'undo' ? 'Records' : 'Rows'}</h2>
<table><tbody>
<tr><th scope="row">${job.kind === 'undo' ? 'records' : 'rows read'}</th><td class="n">${count(job.rows)}</td></tr>
${outcomes.map((outcome) => html`<tr><th scope="row">${outcome}</th><td class="n">${count(job.counts[outcome])}</td></tr>
`)}${job.replanned > 0 ? html`<tr><th scope="row">planned again</th><td class="n">${count(job.replanned)}</td></tr>` : null}
${job.warnings > 0 ? html`<tr><th scope="row">warnings</th><td class="n">${count(job.warnings)}</td></tr>` : null}
${related.map(([object, number]) => html`<tr><th scope="row">${object} made for references</th><td class="n">${count(number)}</td></tr>`)}
</tbody></table>
${issues.length === 0 ? null : html`<h2>What was found</h2>${issueTable(issues)}`}
${job.preview && job.preview.diffs.length > 0 ? html`<h2>What changes on existing records</h2>${diffTable(job.preview.diffs)}` : null}
${job.preview && job.preview.relatedDiffs.length > 0 ? html`<h2>What changes on records that rows refer to</h2>${diffTable(job.preview.relatedDiffs)}` : null}
${job.results.length === 0 ? null : html`<h2>Result files</h2>${fileLinks(job)}`}
${job.state === 'done' && job.kind === 'import' ? html`<p>To take it back: <code>longshore undo ${job.job}</code></p>` : null}
${job.state === 'planned' ? html`<p>Nothing has been written yet. To apply it: <code>longshore apply ${job.job}</code></p>` : null}
${job.state === 'paused' ? html`<p>To go on: <code>longshore resume ${job.job}</code></p>` : null}`
  return layout(`Job ${job.job}`, content, version, !isAtRest(job.state))
}

function issueTable(issues: readonly IssueGroup[]): Html {
  return html`<div class="wide" role="region" aria-label="What was found" tabindex="0"><table>
<thead><tr><th scope="col">Kind</th><th scope="col">Column</th><th scope="col" class="n">Times</th><th scope="col" class="n">First row</th><th scope="col">The first of them</th></tr></thead>
<tbody>${issues.map((group) => html`<tr><td>${group.severity}</td><td>${group.column}</td><td class="n">${count(group.count)}</td>
<td class="n">${group.row === undefined ? null : count(group.row)}</td><td>${group.example}</td></tr>
`)}</tbody></table></div>`
}

function diffTable(diffs: PlanPreview['diffs']): Html {
  return html`<div class="wide" role="region" aria-label="What changes on existing records" tabindex="0"><table>
<thead><tr><th scope="col" class="n">Row</th><th scope="col">Record</th><th scope="col">Field</th><th scope="col">From</th><th scope="col">To</th></tr></thead>
<tbody>${diffs.flatMap((diff) => Object.entries(diff.fields).map(([field, { from, to, fromName, toName }]) => html`<tr><td class="n">${count(diff.row)}</td>
<td>${diff.name ?? diff.record}</td><td>${field}</td><td>${fromName ?? from ?? '(empty)'}</td><td>${toName ?? to ?? '(empty)'}</td></tr>
`))}</tbody></table></div>`
}
