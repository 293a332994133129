import { useQuery } from '@tanstack/react-query'
import type { Me } from '@longshore/contract'
import { meQuery } from './queries.ts'

type OrganizationRight = Me['access']['rights'][number]
type ObjectRight = Me['access']['objects'][string][number]

/** What the one who looks may do: actions that they may not take are hidden. The server refuses them all the same. */
export function useMay() {
  const access = useQuery(meQuery).data?.access
  return {
    organization: (right: OrganizationRight) => access?.rights.includes(right) ?? false,
    object: (object: string, right: ObjectRight) => (access?.objects[object] ?? access?.objects['*'])?.includes(right) ?? false,
  }
}
