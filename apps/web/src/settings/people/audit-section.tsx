import { Button } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { get } from '../../client/api.ts'
import { Empty, Failure, SkeletonRows } from '../../ui/states.tsx'
import table from '../../ui/table.module.css'
import { dateAndTime } from '../../ui/time.ts'
import { settingsWords } from '../../words/settings.ts'
import { words } from '../../words/words.ts'
import { membersQuery } from '../settings-queries.ts'
import classes from '../settings.module.css'

const texts = settingsWords.audit
interface AuditPage { items: { id: string; at: string; member: number | null; apiKey: number | null; act: string; target: string | null; details: Record<string, unknown> }[]; next: string | null }

/** What was done, by whom, newest first. */
export function AuditSection() {
  const members = useQuery(membersQuery).data ?? []
  const log = useInfiniteQuery({ queryKey: ['audit-log'], queryFn: ({ pageParam, signal }) => get<AuditPage>('/v1/audit-log', { cursor: pageParam }, signal), initialPageParam: '', getNextPageParam: (page) => page.next })
  const entries = log.data?.pages.flatMap((page) => page.items) ?? []
  const who = (id: number | null) => id === null ? words.nav.operator : members.find((member) => member.id === id)?.name ?? texts.formerMember(id)
  return (
    <>
      <p className={classes.lead}>{texts.lead}</p>
      {log.isPending && <SkeletonRows />}
      {log.isError && <Failure error={log.error} retry={() => void log.refetch()} />}
      {log.isSuccess && entries.length === 0 && <Empty title={texts.none} />}
      {entries.length > 0 && (
        <div className={table.wrap} tabIndex={0} role="region" aria-label={words.nav.settingsSections['audit-log']}>
          <table className={table.table}>
            <thead><tr><th>{texts.at}</th><th>{texts.who}</th><th>{texts.act}</th><th>{texts.details}</th></tr></thead>
            <tbody>{entries.map((entry) => (
              <tr key={entry.id}><td className={table.tight}>{dateAndTime(entry.at)}</td><td>{who(entry.member)}{entry.apiKey !== null && <span className={classes.quiet}> · {texts.byKey}</span>}</td><td>{entry.act}{entry.target !== null && <span className={classes.quiet}> {entry.target}</span>}</td><td className={classes.quiet} style={{ overflowWrap: 'anywhere', minWidth: 180 }}>{Object.entries(entry.details).map(([key, value]) => `${key}: ${typeof value === 'string' ? value : JSON.stringify(value)}`).join(', ')}</td></tr>
            ))}</tbody>
          </table>
        </div>
      )}
      {log.hasNextPage && <Button mt="sm" variant="default" loading={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>{texts.older}</Button>}
    </>
  )
}
