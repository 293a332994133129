import { savedMappingBody, savedMappingParams, savedMappingSchema, savedMappingsSchema, schemaChangeBody, schemaChangedSchema, settingsPatchSchema, settingsSchema } from '@longshore/contract'
import { mayOn } from '@longshore/core'
import { anyObject, signedIn, withRight } from '../permission.ts'
import { route } from '../route.ts'

/** What an organization has settled: settings, its schema, mappings by name. */
export const settingsRoutes = [
  route({
    method: 'GET', path: '/v1/settings', tag: 'settings', summary: 'The organization\'s settings', permission: signedIn, answer: settingsSchema,
    call: ({ longshore }) => longshore.settings(),
  }),
  route({
    method: 'PATCH', path: '/v1/settings', tag: 'settings', summary: 'Change settings; null takes one away', permission: withRight('settings'), body: settingsPatchSchema, answer: settingsSchema,
    call: ({ longshore, body }) => longshore.changeSettings(body),
  }),
  route({
    method: 'POST', path: '/v1/schema', tag: 'schema', summary: 'Change objects, fields, picklists and rules by a schema document: all of it, or nothing', permission: withRight('schema'), body: schemaChangeBody, answer: schemaChangedSchema,
    call: ({ longshore, body }) => longshore.changeSchema(body),
    present: ({ changes, catalog }) => ({ changes, version: catalog.version }),
  }),
  route({
    method: 'GET', path: '/v1/saved-mappings', tag: 'mappings', summary: 'Mappings that are kept by name', permission: anyObject('import'), answer: savedMappingsSchema,
    call: async ({ longshore, actor }) => ({ mappings: (await longshore.savedMappings()).filter(({ object }) => mayOn(actor.role, 'import', object)) }),
  }),
  route({
    method: 'GET', path: '/v1/saved-mappings/:mapping', tag: 'mappings', summary: 'One of them, as a document', permission: anyObject('import'), params: savedMappingParams, answer: savedMappingSchema,
    call: async ({ longshore, params }) => ({ ...await longshore.savedMapping(params.mapping) }),
  }),
  route({
    method: 'PUT', path: '/v1/saved-mappings/:mapping', tag: 'mappings', summary: 'Keep the mapping of a job, or a document, under a name', permission: anyObject('import'), params: savedMappingParams, body: savedMappingBody, answer: savedMappingSchema,
    call: async ({ longshore, params, body }) => {
      if ('job' in body) await longshore.findJob(body.job)
      const { mapping } = await longshore.saveMapping({ name: params.mapping, ...body })
      return { ...mapping }
    },
  }),
  route({
    method: 'DELETE', path: '/v1/saved-mappings/:mapping', tag: 'mappings', summary: 'Forget a mapping', permission: anyObject('import'), params: savedMappingParams,
    call: ({ longshore, params }) => longshore.deleteSavedMapping(params.mapping),
  }),
]
