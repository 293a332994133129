import { useQuery } from '@tanstack/react-query'
import type { Me } from '@longshore/contract'
import { meQuery } from './queries.ts'

type OrganizationRight = Me['access']['rights'][number]
type ObjectRight = Me['access']['objects'][string][number]

/** What the one who looks may do: actions that they may not take are hidden. The server refuses them all the same. */
export function useMay() {
  const access = useQuery(meQuery).data?.access
  return {
    /** False: not known yet, and until then nothing is allowed. */
    known: access !== undefined,
    organization: (right: OrganizationRight) => access?.rights.includes(right) ?? false,
    /** Of whichever object. */
    anyObject: (right: ObjectRight) => Object.values(access?.objects ?? {}).some((rights) => rights.includes(right)),
    object: (object: string, right: ObjectRight) => access !== undefined && mayOn(access.objects, object, right),
  }
}

export function mayOn(objects: Me['access']['objects'], object: string, right: ObjectRight): boolean {
  return (objects[object] ?? objects['*'])?.includes(right) ?? false
}
