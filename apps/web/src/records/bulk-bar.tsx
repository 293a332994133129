import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import type { RecordAnswer } from '@longshore/contract'
import { send } from '../client/api.ts'
import { useMutation } from '../client/use-mutation.ts'
import { Failure } from '../ui/states.tsx'
import { words } from '../words/words.ts'

const texts = words.records.bulk
/** More are asked for by filters and an import, not one by one. */
const mostAtOnce = 200

/** What can be done with the rows that are chosen in the list: they go to the bin, and can be brought back at once. */
export function BulkBar({ object, records }: { object: string; records: readonly RecordAnswer[] }) {
  const client = useQueryClient()
  const settled = () => Promise.all([client.invalidateQueries({ queryKey: ['records', object] }), client.invalidateQueries({ queryKey: ['bin'] })])
  const restore = useMutation({ mutationFn: async (ids: string[]) => { for (const id of ids) await send('POST', `/v1/objects/${object}/records/${id}/restore`) }, onSettled: settled })
  const remove = useMutation({
    mutationFn: async (ids: string[]) => { for (const id of ids) await send('DELETE', `/v1/objects/${object}/records/${id}`); return ids },
    onSuccess: (ids) => notifications.show({ message: <>{texts.removed(ids.length)} <Button size="compact-xs" variant="light" onClick={() => restore.mutate(ids)}>{words.buttons.undo}</Button></>, autoClose: 10_000 }), onSettled: settled,
  })
  return (
    <>
      <Button size="xs" variant="default" loading={remove.isPending} disabled={records.length > mostAtOnce} onClick={() => remove.mutate(records.map(({ id }) => id))}>{records.length > mostAtOnce ? texts.tooMany(mostAtOnce) : texts.remove(records.length)}</Button>
      {(remove.error ?? restore.error) && <Failure error={remove.error ?? restore.error} />}
    </>
  )
}
