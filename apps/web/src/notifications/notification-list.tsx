import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { send } from '../client/api.ts'
import { useMutation } from '../client/use-mutation.ts'
import { Failure, SkeletonRows } from '../ui/states.tsx'
import { ago } from '../ui/time.ts'
import { words } from '../words/words.ts'
import classes from './notification-list.module.css'
import { notificationsQuery } from './notifications-query.ts'

const texts = words.notifications

export function NotificationList({ onLeave }: { onLeave: () => void }) {
  const client = useQueryClient()
  const page = useQuery(notificationsQuery)
  const read = useMutation({ mutationFn: (last: string) => send('POST', '/v1/notifications/read', { last }), onSettled: () => client.invalidateQueries({ queryKey: notificationsQuery.queryKey }) })
  const newest = page.data?.items[0]?.id
  return (
    <section aria-label={texts.title}>
      <div className={classes.head}><strong>{texts.title}</strong>{newest !== undefined && (page.data?.unread ?? 0) > 0 && <Button size="compact-xs" variant="subtle" onClick={() => read.mutate(newest)}>{texts.allRead}</Button>}</div>
      {read.isError && <Failure error={read.error} />}
      {page.isPending && <SkeletonRows rows={3} />}
      {page.isError && <Failure error={page.error} retry={() => void page.refetch()} />}
      {page.data?.items.length === 0 && <p className={classes.none}>{texts.none}</p>}
      <ul className={classes.list}>
        {page.data?.items.map((one) => (
          <li key={one.id} data-unread={!one.read || undefined}>
            <Link to="/jobs/$job" params={{ job: String(one.job.job) }} onClick={onLeave}>{!one.read && <span className="visually-hidden">{texts.unread} </span>}{one.text}</Link>
            <time dateTime={one.at}>{ago(one.at)}</time>
          </li>
        ))}
      </ul>
    </section>
  )
}
