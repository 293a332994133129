import { objectParams, recordViewSchema, recordViewsSchema, viewBody, viewParams } from '@longshore/contract'
import { onObject } from '../permission.ts'
import { route } from '../route.ts'

const views = '/v1/objects/:object/views'

/** Lists of records that people keep by name. Whose a view is decides the call: those of others who keep theirs for themselves do not exist. */
export const viewRoutes = [
  route({
    method: 'GET', path: views, tag: 'records', summary: 'Views of an object\'s records: shared ones, and one\'s own', permission: onObject('read'), params: objectParams, answer: recordViewsSchema,
    call: async ({ longshore, params }) => ({ views: await longshore.views.list(params.object) }),
  }),
  route({
    method: 'POST', path: views, tag: 'records', summary: 'Keep a view by name; to share it takes the right to write records of the object', status: 201, permission: onObject('read'), params: objectParams, body: viewBody, answer: recordViewSchema,
    call: ({ longshore, params, body }) => longshore.views.add(params.object, body),
  }),
  route({
    method: 'PUT', path: `${views}/:view`, tag: 'records', summary: 'Put another in the place of a view', permission: onObject('read'), params: viewParams, body: viewBody, answer: recordViewSchema,
    call: ({ longshore, params, body }) => longshore.views.replace(params.object, params.view, body),
  }),
  route({
    method: 'DELETE', path: `${views}/:view`, tag: 'records', summary: 'Forget a view', permission: onObject('read'), params: viewParams,
    call: ({ longshore, params }) => longshore.views.forget(params.object, params.view),
  }),
]
