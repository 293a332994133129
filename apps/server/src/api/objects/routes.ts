import { objectSchema, objectsSchema, ruleTestBody, ruleTestSchema, schemaDocumentSchema, templateQuery } from '@longshore/contract'
import { Fault, findObject, printSchema } from '@longshore/core'
import { z } from 'zod'
import { attachment } from '../../page/result-file.ts'
import { downloadPolicy } from '../../page/security.ts'
import { onObject, signedIn, withRight } from '../permission.ts'
import { rawRoute, route } from '../route.ts'
import { presentObject } from './present-object.ts'

const params = z.strictObject({ object: z.string().min(1).max(80) })

export const objectRoutes = [
  route({
    method: 'GET', path: '/v1/objects', tag: 'schema', summary: 'All objects with their fields',
    permission: signedIn, answer: objectsSchema,
    call: ({ longshore }) => longshore.catalog(),
    present: ({ version, objects }) => ({ version, objects: objects.map(presentObject) }),
  }),
  route({
    method: 'GET', path: '/v1/objects/:object', tag: 'schema', summary: 'One object with its fields',
    permission: onObject('read'), params, answer: objectSchema,
    call: async ({ longshore, params }) => {
      const object = findObject(await longshore.catalog(), params.object)
      if (!object) throw new Fault('object.unknown', `There is no object "${params.object}".`)
      return object
    },
    present: presentObject,
  }),
  rawRoute({
    method: 'GET', path: '/v1/objects/:object/template', tag: 'schema', summary: 'An import template: a blank file with headers and an example row', gives: 'CSV or XLSX, as a download',
    permission: onObject('import'), params, query: templateQuery,
    async serve({ longshore, params: { object }, query: { format } }, reply) {
      const bytes = await longshore.templateBytes({ object, format })
      reply.headers({ 'content-security-policy': downloadPolicy, 'content-disposition': attachment(`${object}-template.${format}`) }).type('application/octet-stream')
      return reply.send(bytes)
    },
  }),
  route({
    method: 'GET', path: '/v1/schema', tag: 'schema', summary: 'Objects, fields, picklists and rules as a schema document', permission: withRight('schema'), answer: schemaDocumentSchema,
    call: async ({ longshore }) => printSchema(await longshore.catalog()),
    present: ({ objects }) => ({ objects: objects as Record<string, unknown>[] }), // what a schema document prints
  }),
  route({
    method: 'POST', path: '/v1/objects/:object/rules/test', tag: 'schema', summary: 'Ask a validation rule of the newest records, before it is kept', permission: withRight('schema'), params, body: ruleTestBody, answer: ruleTestSchema,
    call: ({ longshore, params: { object }, body: { rule } }) => longshore.testRule({ object, rule }),
  }),
]
