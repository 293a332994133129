import {
  binQuery, binSchema, chosenChangeBody, chosenExportBody, emptiedBinSchema, emptyBinBody, exportQuery, jobDetailsSchema, mergeBody, newRecordBody, objectParams, pageQuery, recordChangeSchema, recordDetailsSchema, recordHistorySchema, recordPageSchema, recordParams, recordsQuery, relatedSchema,
  reviewParams, reviewsQuery, reviewsSchema, searchQuery, searchSchema,
} from '@longshore/contract'
import type { ChosenExport, RequestError } from '@longshore/contract'
import { findObject, issueRegistry } from '@longshore/core'
import type { IssueCode, ObjectType } from '@longshore/core'
import { z } from 'zod'
import { presentJobDetails } from '../jobs/present-job.ts'
import { RequestFault } from '../request-fault.ts'
import { chosenWhere } from '../../tasks/records/chosen-where.ts'
import type { BulkRecord } from '../../tasks/bulk/bulk-work.ts'
import { anyObject, onObject, withRight } from '../permission.ts'
import { attachment } from '../../page/result-file.ts'
import { downloadPolicy } from '../../page/security.ts'
import { rawRoute, route } from '../route.ts'

const one = '/v1/objects/:object/records/:record'

/** Records one by one, the bin, and pairs that may be one. */
export const recordRoutes = [
  route({
    method: 'GET', path: '/v1/objects/:object/records', tag: 'records', summary: 'Records by filters, in an order, a page at a time', permission: onObject('read'), params: objectParams, query: recordsQuery, answer: recordPageSchema,
    call: ({ longshore, params, query: { fields, ...query } }) => longshore.read.records({ ...params, ...query, fields: fields?.split(',') }),
  }),
  rawRoute({
    method: 'GET', path: '/v1/objects/:object/export', tag: 'records', summary: 'All records that the filters find, as a file', gives: 'CSV, JSON, NDJSON, XLSX or Parquet, as a download',
    permission: onObject('export'), params: objectParams, query: exportQuery,
    async serve({ longshore, params: { object }, query: { where, fields, format, guard }, signal }, reply) {
      const content = await longshore.download({ object, where, ...(fields === undefined ? {} : { fields: fields.split(',') }), format, formulaGuard: guard }, signal)
      return reply.headers({ 'content-security-policy': downloadPolicy, 'content-disposition': attachment(`${object}.${format}`) }).type('application/octet-stream').send(content)
    },
  }),
  rawRoute({
    method: 'POST', path: '/v1/objects/:object/export', tag: 'records', summary: 'Records that were chosen, as a file', gives: 'CSV, JSON, NDJSON, XLSX or Parquet, as a download',
    permission: onObject('export'), params: objectParams, body: chosenExportBody,
    async serve({ longshore, params: { object }, body, signal }, reply) {
      const { fields, format, guard, ...chosen } = body as ChosenExport // parsed by the schema above
      const content = await longshore.download({ object, where: chosenWhere(chosen), ...(fields === undefined ? {} : { fields: fields.split(',') }), format, formulaGuard: guard }, signal)
      return reply.headers({ 'content-security-policy': downloadPolicy, 'content-disposition': attachment(`${object}.${format}`) }).type('application/octet-stream').send(content)
    },
  }),
  route({
    method: 'POST', path: '/v1/objects/:object/records/change', tag: 'records', once: true, summary: 'Give all records that were chosen one value, or move them to the bin: a job, which can be undone', status: 202,
    permission: onObject('import'), params: objectParams, body: chosenChangeBody, answer: jobDetailsSchema,
    call: ({ longshore, params, body, once }) => longshore.changeChosen({ ...params, ...body }, once),
    present: presentJobDetails,
  }),
  route({
    method: 'POST', path: '/v1/objects/:object/records', tag: 'records', once: true, summary: 'Make a record by hand: checked like a row of an import, and an import of its own', status: 201, permission: onObject('write'), params: objectParams, body: newRecordBody, answer: recordDetailsSchema,
    async call({ longshore, params, body, once }) {
      const known = findObject(await longshore.catalog(), params.object)
      const object = known?.name ?? params.object
      const { id, errors, reason } = madeOf(await longshore.bulk.createRecord(object, body.values, once), known)
      if (id === null) throw new RequestFault(errors.length > 0 ? errors : [{ path: 'values', message: reason ?? 'were refused' }])
      return longshore.read.record(object, id)
    },
  }),
  route({
    method: 'GET', path: one, tag: 'records', summary: 'One record with all its fields, and where its references lead', permission: onObject('read'), params: recordParams, answer: recordDetailsSchema,
    call: ({ longshore, params }) => longshore.read.record(params.object, params.record),
  }),
  route({
    method: 'PATCH', path: one, tag: 'records', summary: 'Give fields of a record other values, a reference the id of a record; null clears', permission: onObject('write'), params: recordParams, body: recordChangeSchema, answer: recordDetailsSchema,
    call: async ({ longshore, params, body: { values, version } }) => {
      await longshore.editRecord({ ...params, values, ...(version === undefined ? {} : { version }) })
      return longshore.read.record(params.object, params.record)
    },
  }),
  route({
    method: 'DELETE', path: one, tag: 'records', summary: 'Move a record to the bin', permission: onObject('delete'), params: recordParams,
    call: ({ longshore, params }) => longshore.binRecords({ object: params.object, records: [params.record] }),
  }),
  route({
    method: 'POST', path: `${one}/restore`, tag: 'records', summary: 'Bring a record back from the bin', permission: onObject('delete'), params: recordParams, answer: recordDetailsSchema,
    call: async ({ longshore, params }) => {
      await longshore.restore({ object: params.object, records: [params.record] })
      return longshore.read.record(params.object, params.record)
    },
  }),
  route({
    method: 'GET', path: `${one}/history`, tag: 'records', summary: 'What became of a record, newest first, by which job or person', permission: onObject('read'), params: recordParams, query: z.strictObject(pageQuery), answer: recordHistorySchema,
    call: ({ longshore, params, query }) => longshore.read.history(params.object, params.record, query),
  }),
  route({
    method: 'GET', path: `${one}/related`, tag: 'records', summary: 'What leads to a record: other records by their references, and associations', permission: onObject('read'), params: recordParams, answer: relatedSchema,
    call: ({ longshore, params }) => longshore.read.related(params.object, params.record),
  }),
  route({
    method: 'GET', path: '/v1/search', tag: 'records', summary: 'Records of all objects by their names, addresses and numbers, as far as a few seconds reach', permission: anyObject('read'), query: searchQuery, answer: searchSchema,
    call: ({ longshore, query, signal }) => longshore.read.search(query, signal),
  }),
  route({
    method: 'GET', path: '/v1/bin', tag: 'records', summary: 'Deleted records, last deleted first', permission: anyObject('read'), query: binQuery, answer: binSchema,
    call: ({ longshore, query }) => longshore.bin(query),
  }),
  route({
    method: 'POST', path: '/v1/bin/empty', tag: 'records', summary: 'Take away for good what has been in the bin for so many days', permission: withRight('hard-delete'), body: emptyBinBody, answer: emptiedBinSchema,
    call: ({ longshore, body: { object, olderThanDays } }) => longshore.emptyBin({ olderThanDays, ...(object === undefined ? {} : { object }) }),
  }),
  route({
    method: 'GET', path: '/v1/reviews', tag: 'records', summary: 'Pairs of records that may be one, oldest first', permission: anyObject('read'), query: reviewsQuery, answer: reviewsSchema,
    call: async ({ longshore, query: { object, limit } }) => ({ reviews: await longshore.reviews({ limit, ...(object === undefined ? {} : { object }) }) }),
  }),
  route({
    method: 'POST', path: '/v1/reviews/:review/merge', tag: 'records', summary: 'Make one record of a pair: a job, which can be undone', permission: anyObject('delete'), params: reviewParams, body: mergeBody, answer: jobDetailsSchema,
    call: ({ longshore, params, body }) => longshore.mergeReview({ ...params, ...body }),
    present: presentJobDetails,
  }),
  route({
    method: 'POST', path: '/v1/reviews/:review/dismiss', tag: 'records', summary: 'Settle a pair as two different records, until either changes', permission: anyObject('write'), params: reviewParams,
    call: ({ longshore, params }) => longshore.dismissReview(params.review),
  }),
]

/** What became of a record that was made by hand: its id, or what is off about its values. */
function madeOf({ record, outcome, reason, errors }: BulkRecord, object: ObjectType | null | undefined): { id: string | null; reason: string | null; errors: RequestError[] } {
  return { id: outcome === 'created' || outcome === 'flagged' ? record : null, reason, errors: errors.map((error) => ({ path: error.field === null ? 'values' : `values.${error.field}`, message: saidByHand(error, object) })) }
}

/** Where a file says one thing to do, and a record by hand another. */
const byHand: Readonly<Record<string, string>> = { 'required.missing': 'Give it a value.', 'reference.missing': 'Name one that is there.' }

/** What a row is told, without its row and column, which nobody has seen. */
function saidByHand({ code, field, message }: BulkRecord['errors'][number], object: ObjectType | null | undefined): string {
  const label = object?.fields.find(({ name }) => name === field?.split('.')[0])?.label
  const said = label === undefined ? message : message.replace(/\brow \d+, (?:column "[^"]*"|field [\w.]+)/, () => `"${label}"`)
  const [forFiles = ''] = Object.hasOwn(issueRegistry, code) ? issueRegistry[code as IssueCode].next.split('{') : []
  const at = byHand[code] === undefined || forFiles === '' ? -1 : said.lastIndexOf(forFiles)
  return at < 0 ? said : `${said.slice(0, at)}${byHand[code] ?? ''}`
}
