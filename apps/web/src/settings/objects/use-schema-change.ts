import { useQueryClient } from '@tanstack/react-query'
import { send } from '../../client/api.ts'
import { objectsQuery } from '../../client/queries.ts'
import { useMutation } from '../../client/use-mutation.ts'
import { schemaQuery } from '../settings-queries.ts'

/** Applies a schema document: what it names is changed, all of it or nothing. */
export function useSchemaChange(onDone: () => void) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (document: { objects: object[] }) => send<{ changes: string[] }>('POST', '/v1/schema', document),
    onSuccess: async () => {
      await Promise.all([client.invalidateQueries({ queryKey: schemaQuery.queryKey }), client.invalidateQueries({ queryKey: objectsQuery.queryKey })])
      onDone()
    },
  })
}
