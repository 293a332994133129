import {
  binQuery, binSchema, emptiedBinSchema, emptyBinBody, jobDetailsSchema, mergeBody, objectParams, pageQuery, recordChangeSchema, recordHistorySchema, recordPageSchema, recordParams, recordSchema, recordsQuery,
  reviewParams, reviewsSchema,
} from '@longshore/contract'
import { z } from 'zod'
import { presentJobDetails } from '../jobs/present-job.ts'
import { anyObject, onObject, withRight } from '../permission.ts'
import { route } from '../route.ts'

const one = '/v1/objects/:object/records/:record'

/** Records one by one, the bin, and pairs that may be one. */
export const recordRoutes = [
  route({
    method: 'GET', path: '/v1/objects/:object/records', tag: 'records', summary: 'Records by filters, in an order, a page at a time', permission: onObject('read'), params: objectParams, query: recordsQuery, answer: recordPageSchema,
    call: ({ longshore, params, query: { fields, ...query } }) => longshore.read.records({ ...params, ...query, fields: fields?.split(',') }),
  }),
  route({
    method: 'GET', path: one, tag: 'records', summary: 'One record with all its fields', permission: onObject('read'), params: recordParams, answer: recordSchema,
    call: ({ longshore, params }) => longshore.read.record(params.object, params.record),
  }),
  route({
    method: 'PATCH', path: one, tag: 'records', summary: 'Give fields of a record other values; null clears', permission: onObject('write'), params: recordParams, body: recordChangeSchema, answer: recordSchema,
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
    method: 'POST', path: `${one}/restore`, tag: 'records', summary: 'Bring a record back from the bin', permission: onObject('delete'), params: recordParams, answer: recordSchema,
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
    method: 'GET', path: '/v1/bin', tag: 'records', summary: 'Deleted records, last deleted first', permission: anyObject('read'), query: binQuery, answer: binSchema,
    call: async ({ longshore, query: { object, limit } }) => ({ records: await longshore.bin({ limit, ...(object === undefined ? {} : { object }) }) }),
  }),
  route({
    method: 'POST', path: '/v1/bin/empty', tag: 'records', summary: 'Take away for good what has been in the bin for so many days', permission: withRight('hard-delete'), body: emptyBinBody, answer: emptiedBinSchema,
    call: ({ longshore, body: { object, olderThanDays } }) => longshore.emptyBin({ olderThanDays, ...(object === undefined ? {} : { object }) }),
  }),
  route({
    method: 'GET', path: '/v1/reviews', tag: 'records', summary: 'Pairs of records that may be one, oldest first', permission: anyObject('read'), query: binQuery, answer: reviewsSchema,
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
