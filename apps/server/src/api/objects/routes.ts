import { objectSchema, objectsSchema } from '@longshore/contract'
import { Fault, findObject } from '@longshore/core'
import { z } from 'zod'
import { onObject, signedIn } from '../permission.ts'
import { route } from '../route.ts'
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
]
