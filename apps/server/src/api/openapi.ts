import { definitionDocument, problemSchema } from '@longshore/contract'
import { importDefinitionSchema } from '@longshore/core'
import { z } from 'zod'
import { permissionWords } from './permission.ts'
import type { Route } from './route.ts'

type Json = Record<string, unknown>

/** The API as an OpenAPI 3.1 document, from the very schemas that the routes take and answer by. */
export function openApi(routes: readonly Route[], version: string): Json {
  const schemas: Json = {}
  const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): Json => hoisted(z.toJSONSchema(schema, {
    io, target: 'draft-2020-12', unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => { if (Object.is(zodSchema, definitionDocument)) replace(jsonSchema, schemaOf(importDefinitionSchema, 'input')) },
  }) as Json, schemas)
  const problem = { description: 'What was wrong, and what to do about it', content: { 'application/problem+json': { schema: schemaOf(problemSchema, 'output') } } }
  const paths: Record<string, Json> = {}
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}').replace(/\*$/, '{path}')
    const success = successOf(route, schemaOf)
    const headers = [...route.headers, ...(route.once ? ['Idempotency-Key'] : [])]
    paths[path] = {
      ...paths[path], [route.method.toLowerCase()]: {
        summary: route.summary, tags: [route.tag], description: permissionWords(route.permission),
        ...(route.permission.kind === 'anyone' ? { security: [] } : {}),
        parameters: [...parametersOf('path', schemaOf(route.params, 'input')), ...parametersOf('query', schemaOf(route.query, 'input')), ...headers.map((name) => ({ name, in: 'header', required: false, schema: { type: 'string' } }))],
        ...(route.takes !== null ? { requestBody: { required: true, content: { [route.takes]: {} } } } : {}),
        ...(route.body ? { requestBody: { required: !route.body.safeParse({}).success, content: { 'application/json': { schema: schemaOf(route.body, 'input') } } } } : {}),
        responses: { ...success, default: problem },
      },
    }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Longshore', version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    security: [{ apiKey: [] }, { session: [] }],
    paths,
    components: { schemas, securitySchemes: { apiKey: { type: 'http', scheme: 'bearer' }, session: { type: 'apiKey', in: 'cookie', name: 'longshore.session_token' } } },
  }
}

/** A document that a route takes as it is, described by the schema that it is read by later. */
function replace(described: Json, by: Json): void {
  for (const key of Object.keys(described)) delete described[key]
  Object.assign(described, by)
}

function successOf({ answer }: Route, schemaOf: (schema: z.ZodType, io: 'output') => Json): Json {
  if (answer.kind === 'nothing') return { 204: { description: 'Done' } }
  if (answer.kind === 'json') return Object.fromEntries(answer.statuses.map((status) => [status, { description: status === 202 ? 'Begun: it goes on' : 'Done', content: { 'application/json': { schema: schemaOf(answer.schema, 'output') } } }]))
  const { status = 200, type = 'application/octet-stream', schema } = answer.success
  return { [status]: { description: answer.words, ...(type === null ? {} : { content: { [type]: schema ? { schema: schemaOf(schema, 'output') } : {} } }) } }
}

/** A schema whose named parts stand under `components`. */
function hoisted(schema: Json, schemas: Json): Json {
  const { $defs, $schema: _, id, ...rest } = schema
  for (const [name, part] of Object.entries(($defs ?? {}) as Json)) schemas[name] ??= linked({ ...part as Json, id: undefined, $schema: undefined })
  if (typeof id !== 'string') return linked(rest) as Json
  schemas[id] ??= linked(rest)
  return { $ref: `#/components/schemas/${id}` }
}

/** The same with references that lead to `components`. */
function linked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(linked)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, key === '$ref' && typeof part === 'string' ? part.replace('#/$defs/', '#/components/schemas/') : linked(part)]))
}

function parametersOf(place: 'path' | 'query', schema: Json): Json[] {
  const required = (schema['required'] ?? []) as string[]
  return Object.entries((schema['properties'] ?? {}) as Json).map(([name, part]) => ({ name, in: place, required: place === 'path' || required.includes(name), schema: part }))
}
