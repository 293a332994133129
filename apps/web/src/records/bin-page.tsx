import { Button, NativeSelect } from '@mantine/core'
import { keepPreviousData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { BinAnswer } from '@longshore/contract'
import { get, send } from '../client/api.ts'
import { useMay } from '../client/may.ts'
import { useObjects } from '../client/queries.ts'
import { useMutation } from '../client/use-mutation.ts'
import { count } from '../ui/number.ts'
import { Page } from '../ui/page.tsx'
import { Empty, Failure, SkeletonRows } from '../ui/states.tsx'
import table from '../ui/table.module.css'
import { ago, dateAndTime } from '../ui/time.ts'
import { words } from '../words/words.ts'

/** Rows of a page. */
const pageRows = 100

/** Deleted records, which can come back. */
export function BinPage() {
  const client = useQueryClient()
  const may = useMay()
  const objects = useObjects()
  const texts = words.records
  const [object, setObject] = useState('')
  const bin = useInfiniteQuery({
    queryKey: ['bin', object], queryFn: ({ pageParam, signal }) => get<BinAnswer>('/v1/bin', { limit: pageRows, ...(object === '' ? {} : { object }), cursor: pageParam }, signal),
    initialPageParam: '', getNextPageParam: (page) => page.next, placeholderData: keepPreviousData,
  })
  const records = bin.data?.pages.flatMap((page) => page.records) ?? []
  const counts = bin.data?.pages[0]?.counts ?? {}
  const binned = Object.entries(counts).reduce((sum, [of, n]) => object === '' || of === object ? sum + n : sum, 0)
  const labelOf = (name: string) => objects.find((one) => one.name === name)?.pluralLabel ?? name
  const choices = Object.keys(counts).includes(object) || object === '' ? Object.keys(counts) : [object, ...Object.keys(counts)]
  const restore = useMutation({ mutationFn: ({ object, record }: { object: string; record: string }) => send('POST', `/v1/objects/${object}/records/${record}/restore`), onSettled: () => client.invalidateQueries() })
  return (
    <Page title={texts.bin.title} about={binned > 0 && <span>{texts.bin.count(binned)}</span>}>
      {restore.isError && <Failure error={restore.error} />}
      {bin.isPending && <SkeletonRows />}
      {bin.isError && <Failure error={bin.error} retry={() => void bin.refetch()} />}
      {(object !== '' || choices.length > 1) && <NativeSelect mb="sm" w={280} label={texts.bin.show} value={object} onChange={({ currentTarget }) => setObject(currentTarget.value)} data={[{ value: '', label: texts.bin.all }, ...choices.map((name) => ({ value: name, label: `${labelOf(name)} (${count(counts[name] ?? 0)})` }))]} />}
      {bin.data && (records.length === 0 ? <Empty title={texts.bin.none}>{texts.bin.noneText}</Empty> : (
        <div className={table.wrap}>
          <table className={table.table}>
            <thead><tr><th>{texts.bin.name}</th><th className={table.wide}>{texts.bin.object}</th><th>{texts.bin.deleted}</th><th><span className="visually-hidden">{texts.restore}</span></th></tr></thead>
            <tbody>{records.map((one) => (
              <tr key={`${one.object}-${one.record}`}>
                <td>{one.name ?? texts.record(one.record)}</td><td className={table.wide}>{objects.find((object) => object.name === one.object)?.label ?? one.object}</td><td title={dateAndTime(one.deletedAt)}>{ago(one.deletedAt)}</td>
                <td className={table.number}>{may.object(one.object, 'delete') && <Button size="xs" variant="default" loading={restore.isPending && restore.variables.record === one.record} onClick={() => restore.mutate(one)}>{texts.restore}</Button>}</td>
              </tr>
            ))}</tbody>
          </table>
        </div>
      ))}
      {bin.hasNextPage && <Button mt="sm" variant="default" loading={bin.isFetchingNextPage} onClick={() => void bin.fetchNextPage()}>{texts.bin.more}</Button>}
    </Page>
  )
}
