import { PassThrough } from 'node:stream'
import { facetQuery, facetSchema, jobParams, rowIssueGroupsSchema, rowOverviewSchema, rowWindowSchema, windowQuery } from '@longshore/contract'
import type { RowFilter } from '@longshore/core'
import { z } from 'zod'
import { attachment } from '../../page/result-file.ts'
import { downloadPolicy } from '../../page/security.ts'
import { onJob } from '../permission.ts'
import { rawRoute, route } from '../route.ts'
import { presentIssueGroups, presentOverview, presentWindow } from './present-rows.ts'

export const rowRoutes = [
  route({
    method: 'GET', path: '/v1/jobs/:job/rows', tag: 'rows', summary: 'A window of the checked rows of a job, under a filter',
    permission: onJob, params: jobParams, query: windowQuery, answer: rowWindowSchema,
    call: ({ longshore, params, query }) => longshore.stagedRows.window(params.job, {
      filter: filterOf(query), limit: query.limit, start: query.row === undefined ? { position: query.position ?? 0 } : { row: query.row },
    }),
    present: presentWindow,
  }),
  route({
    method: 'GET', path: '/v1/jobs/:job/rows/overview', tag: 'rows', summary: 'How many rows there are of each kind, and what their cells are',
    permission: onJob, params: jobParams, answer: rowOverviewSchema,
    call: ({ longshore, params }) => longshore.stagedRows.overview(params.job),
    present: presentOverview,
  }),
  route({
    method: 'GET', path: '/v1/jobs/:job/rows/issues', tag: 'rows', summary: 'Issues of the rows by code and field, errors first, then the most frequent',
    permission: onJob, params: jobParams, answer: rowIssueGroupsSchema,
    call: ({ longshore, params }) => longshore.stagedRows.issueGroups(params.job),
    present: presentIssueGroups,
  }),
  route({
    method: 'GET', path: '/v1/jobs/:job/rows/facets/:column', tag: 'rows', summary: 'What a column (from 1) holds, the most frequent values first',
    permission: onJob, params: jobParams.extend({ column: z.coerce.number().int().min(1) }), query: facetQuery, answer: facetSchema,
    call: ({ longshore, params, query: { search, issue, field, limit } }) => longshore.stagedRows.facet(params.job, { column: params.column, limit, ...(search === undefined ? {} : { search }), ...(issue === undefined ? {} : { issue: { code: issue, field: field ?? null } }) }),
  }),
  rawRoute({
    method: 'GET', path: '/v1/jobs/:job/rows/report', tag: 'rows', summary: 'All rows that nobody left out, as corrected, in the form of an error report', gives: 'CSV, as a download', success: { type: 'text/csv' },
    permission: onJob, params: jobParams,
    async serve({ longshore, params }, reply) {
      const report = await longshore.stagedRows.report(params.job)
      const text = new PassThrough()
      report.write(text).catch((error: unknown) => text.destroy(error as Error))
      reply.headers({ 'content-security-policy': downloadPolicy, 'content-disposition': attachment(`job-${params.job}-corrected.csv`) }).type('text/csv; charset=utf-8')
      return reply.send(text)
    },
  }),
]

/** A filter as an address says it. */
function filterOf({ status, issue, field, column, value, search }: z.output<typeof windowQuery>): RowFilter {
  return {
    status,
    ...(issue === undefined ? {} : { issue: { code: issue, field: field ?? null } }),
    ...(column === undefined ? {} : { cell: { column, value: value ?? '' } }),
    ...(search === undefined ? {} : { search }),
  }
}
