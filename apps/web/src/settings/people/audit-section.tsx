import { Button } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { get } from '../../client/api.ts'
import { useObjects } from '../../client/queries.ts'
import { Empty, Failure, SkeletonRows } from '../../ui/states.tsx'
import table from '../../ui/table.module.css'
import { dateAndTime } from '../../ui/time.ts'
import { settingsWords } from '../../words/settings.ts'
import { words } from '../../words/words.ts'
import { membersQuery, rolesQuery } from '../settings-queries.ts'
import classes from '../settings.module.css'
import { auditLine } from './audit-entry.ts'
import type { AuditEntry, AuditNames } from './audit-entry.ts'

const texts = settingsWords.audit
/** Beside other words, its colour alone does not tell a link. */
const inText = { textDecoration: 'underline' }
interface AuditPage { items: AuditEntry[]; next: string | null }

/** What was done, by whom, newest first. */
export function AuditSection() {
  const members = useQuery(membersQuery).data ?? []
  const log = useInfiniteQuery({ queryKey: ['audit-log'], queryFn: ({ pageParam, signal }) => get<AuditPage>('/v1/audit-log', { cursor: pageParam }, signal), initialPageParam: '', getNextPageParam: (page) => page.next })
  const entries = log.data?.pages.flatMap((page) => page.items) ?? []
  const roles = useQuery(rolesQuery).data ?? []
  const member = (id: number) => members.find((one) => one.id === id)?.name ?? texts.formerMember(id)
  const names: AuditNames = { objects: useObjects(), member, role: (name) => roles.find((role) => role.name === name)?.label ?? name }
  return (
    <>
      <p className={classes.lead}>{texts.lead}</p>
      {log.isPending && <SkeletonRows />}
      {log.isError && <Failure error={log.error} retry={() => void log.refetch()} />}
      {log.isSuccess && entries.length === 0 && <Empty title={texts.none} />}
      {entries.length > 0 && (
        <div className={table.wrap} tabIndex={0} role="region" aria-label={words.nav.settingsSections['audit-log']}>
          <table className={`${table.table} ${table.stacked}`}>
            <thead><tr><th>{texts.at}</th><th>{texts.who}</th><th>{texts.act}</th><th>{texts.details}</th></tr></thead>
            <tbody>{entries.map((entry) => {
              const { act, about, job, record, details } = auditLine(entry, names)
              return (
                <tr key={entry.id}>
                  <td className={table.tight}>{dateAndTime(entry.at)}</td><td>{entry.member === null ? words.nav.operator : member(entry.member)}{entry.apiKey !== null && <span className={classes.quiet}> · {texts.byKey}</span>}</td><td>{act}</td>
                  <td className={classes.quiet}>{job !== null ? <Link to="/jobs/$job" params={{ job: String(job) }} style={inText}>{about}</Link> : record !== null ? <Link to="/records/$object/$record" params={record} style={inText}>{about}</Link> : about}{about !== '' && details.length > 0 && ' · '}{details.join(', ')}</td>
                </tr>
              )
            })}</tbody>
          </table>
        </div>
      )}
      {log.hasNextPage && <Button mt="sm" variant="default" loading={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>{texts.older}</Button>}
    </>
  )
}
