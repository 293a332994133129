import type { Readable } from 'node:stream'
import { readingBody, readingSchema, uploadMappingBody, uploadMappingSchema, uploadParams, uploadQuery, uploadSchema } from '@longshore/contract'
import { anyObject, onDefinitionObject } from '../permission.ts'
import { rawRoute, route } from '../route.ts'
import { presentReading } from './present-reading.ts'

/** What an organization may send at once where nothing else is set. */
const mostBytes = 10e9

export const uploadRoutes = [
  rawRoute({
    method: 'POST', path: '/v1/uploads', tag: 'uploads', summary: 'Send a file, as it is, in the body (application/octet-stream)', gives: 'The upload: its id, its name, its size',
    permission: anyObject('import'), query: uploadQuery, bodyLimitBytes: mostBytes,
    async serve({ longshore, query, request }, reply) {
      const { id, name, sizeBytes } = await longshore.uploads.take(query.name, request.body as Readable) // octet streams are handed on as they come
      return reply.code(201).send(uploadSchema.parse({ id, name, sizeBytes }))
    },
  }),
  route({
    method: 'POST', path: '/v1/uploads/:upload/reading', tag: 'uploads', summary: 'How the file is read, and its first rows',
    permission: anyObject('import'), params: uploadParams, body: readingBody, answer: readingSchema,
    call: ({ longshore, params, body }) => longshore.uploads.reading({ upload: params.upload, name: body.name }, body.source),
    present: presentReading,
  }),
  route({
    method: 'POST', path: '/v1/uploads/:upload/mapping', tag: 'uploads', summary: 'Which column goes to which field, and why',
    permission: onDefinitionObject('import'), params: uploadParams, body: uploadMappingBody, answer: uploadMappingSchema,
    call: ({ longshore, params, body }) => longshore.uploads.mapping({ upload: params.upload, name: body.name }, body.definition),
  }),
]
