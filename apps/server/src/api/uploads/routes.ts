import { Readable } from 'node:stream'
import { partialUploadParams, partialUploadSchema, readingBody, readingSchema, uploadMappingBody, uploadMappingSchema, uploadParams, uploadQuery, uploadSchema } from '@longshore/contract'
import { Fault } from '@longshore/core'
import { anyObject, onDefinitionObject } from '../permission.ts'
import { rawRoute, route } from '../route.ts'
import { presentReading } from './present-reading.ts'
import { bytesIn, demandTus, fileNameIn, tusHeaders } from './tus.ts'

/** What an organization may send at once where nothing else is set. */
const mostBytes = 10e9

/** Parts of a file: each goes on where the one before broke off. */
const parts = '/v1/uploads/parts'
const part = { tag: 'uploads', permission: anyObject('import'), params: partialUploadParams, path: `${parts}/:partial` } as const

export const uploadRoutes = [
  rawRoute({
    method: 'POST', path: parts, tag: 'uploads', summary: 'Begin to send a file in parts, by tus 1.0: Upload-Length, and Upload-Metadata with its filename', gives: 'The Location that parts are sent to', success: { status: 201, type: null }, headers: ['Tus-Resumable', 'Upload-Length', 'Upload-Metadata'], permission: anyObject('import'),
    async serve({ longshore, headers }, reply) {
      demandTus(headers)
      const id = await longshore.partials.begin({ name: fileNameIn(headers), sizeBytes: bytesIn(headers, 'upload-length') })
      return reply.code(201).headers({ ...tusHeaders, location: `${parts}/${id}` }).send()
    },
  }),
  route({
    ...part, method: 'GET', summary: 'How far a file is that is sent in parts; once all of it is there, its id as an upload', answer: partialUploadSchema,
    call: ({ longshore, params }) => longshore.partials.state(params.partial),
  }),
  rawRoute({
    ...part, method: 'HEAD', summary: 'The same as tus asks it', gives: 'Upload-Offset and Upload-Length', success: { type: null },
    async serve({ longshore, params }, reply) {
      const { offset, sizeBytes } = await longshore.partials.state(params.partial)
      return reply.code(200).headers({ ...tusHeaders, 'upload-offset': offset, 'upload-length': sizeBytes }).send()
    },
  }),
  rawRoute({
    ...part, method: 'PATCH', summary: 'Send a part (application/offset+octet-stream) from Upload-Offset on', gives: 'Upload-Offset, and Upload-Id when all of it is there', success: { status: 204, type: null }, takes: 'application/offset+octet-stream', headers: ['Tus-Resumable', 'Upload-Offset'], bodyLimitBytes: mostBytes,
    async serve({ longshore, params, headers, request }, reply) {
      await longshore.partials.state(params.partial) // what is not there is not there, whatever is spoken
      demandTus(headers)
      if (!(request.body instanceof Readable)) throw new Fault('request.type', 'A part is sent as application/offset+octet-stream.')
      const { offset, upload } = await longshore.partials.append(params.partial, bytesIn(headers, 'upload-offset'), request.body)
      return reply.code(204).headers({ ...tusHeaders, 'upload-offset': offset, ...(upload === null ? {} : { 'upload-id': upload }) }).send()
    },
  }),
  rawRoute({
    ...part, method: 'DELETE', summary: 'Take back a file that is sent in parts', gives: 'Done', success: { status: 204, type: null },
    async serve({ longshore, params }, reply) {
      await longshore.partials.drop(params.partial)
      return reply.code(204).headers(tusHeaders).send()
    },
  }),
  rawRoute({
    method: 'POST', path: '/v1/uploads', tag: 'uploads', summary: 'Send a file, as it is, in the body (application/octet-stream)', gives: 'The upload: its id, its name, its size', success: { status: 201, type: 'application/json', schema: uploadSchema }, takes: 'application/octet-stream',
    permission: anyObject('import'), query: uploadQuery, bodyLimitBytes: mostBytes,
    async serve({ longshore, query, request }, reply) {
      if (!(request.body instanceof Readable)) throw new Fault('request.type', 'A file is sent as it is, with the header "Content-Type: application/octet-stream".')
      const { id, name, sizeBytes } = await longshore.uploads.take(query.name, request.body)
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
