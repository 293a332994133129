import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { get, send } from '../client/api.ts'
import { useMay } from '../client/may.ts'
import { useObjects } from '../client/queries.ts'
import { useMutation } from '../client/use-mutation.ts'
import { Page } from '../ui/page.tsx'
import { Empty, Failure, SkeletonRows } from '../ui/states.tsx'
import table from '../ui/table.module.css'
import { ago, dateAndTime } from '../ui/time.ts'
import { words } from '../words/words.ts'

interface Bin { records: { object: string; record: string; name: string | null; deletedAt: string }[] }

/** Deleted records, which can come back. */
export function BinPage() {
  const client = useQueryClient()
  const may = useMay()
  const objects = useObjects()
  const texts = words.records
  const bin = useQuery({ queryKey: ['bin'], queryFn: ({ signal }) => get<Bin>('/v1/bin', { limit: 200 }, signal) })
  const restore = useMutation({ mutationFn: ({ object, record }: { object: string; record: string }) => send('POST', `/v1/objects/${object}/records/${record}/restore`), onSettled: () => client.invalidateQueries() })
  return (
    <Page title={texts.bin.title}>
      {restore.isError && <Failure error={restore.error} />}
      {bin.isPending && <SkeletonRows />}
      {bin.isError && <Failure error={bin.error} retry={() => void bin.refetch()} />}
      {bin.data && (bin.data.records.length === 0 ? <Empty title={texts.bin.none}>{texts.bin.noneText}</Empty> : (
        <div className={table.wrap}>
          <table className={table.table}>
            <thead><tr><th>{texts.bin.name}</th><th className={table.wide}>{texts.bin.object}</th><th>{texts.bin.deleted}</th><th><span className="visually-hidden">{texts.restore}</span></th></tr></thead>
            <tbody>{bin.data.records.map((one) => (
              <tr key={`${one.object}-${one.record}`}>
                <td>{one.name ?? texts.record(one.record)}</td><td className={table.wide}>{objects.find((object) => object.name === one.object)?.label ?? one.object}</td><td title={dateAndTime(one.deletedAt)}>{ago(one.deletedAt)}</td>
                <td className={table.number}>{may.object(one.object, 'delete') && <Button size="xs" variant="default" loading={restore.isPending && restore.variables.record === one.record} onClick={() => restore.mutate(one)}>{texts.restore}</Button>}</td>
              </tr>
            ))}</tbody>
          </table>
        </div>
      ))}
    </Page>
  )
}
