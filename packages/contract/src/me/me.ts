import { objectRights, organizationRights, recordScopes } from '@longshore/core'
import { z } from 'zod'

/** What the one who asks may do. */
export const accessSchema = z.object({
  role: z.string(),
  rights: z.array(z.enum(organizationRights)),
  /** By API name of the object; `*` holds for objects that are not named. */
  objects: z.record(z.string(), z.array(z.enum(objectRights))),
  scope: z.enum(recordScopes),
}).meta({ id: 'Access' })

/** Who asks. */
export const meSchema = z.object({
  /** operator: nobody has an account yet, and whoever sits at this computer may do everything. */
  kind: z.enum(['operator', 'person', 'key']),
  member: z.object({ id: z.int(), email: z.string(), name: z.string() }).nullable(),
  organization: z.object({ id: z.int(), name: z.string(), country: z.string(), currency: z.string(), timeZone: z.string() }),
  access: accessSchema,
}).meta({ id: 'Me' })

export type Me = z.output<typeof meSchema>
