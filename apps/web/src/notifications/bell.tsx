import { ActionIcon, Popover } from '@mantine/core'
import Bell from 'lucide-react/icons/bell'
import { Suspense, lazy, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { words } from '../words/words.ts'
import { meQuery } from '../client/queries.ts'
import classes from './bell.module.css'
import { notificationsQuery } from './notifications-query.ts'

const NotificationList = lazy(async () => ({ default: (await import('./notification-list.tsx')).NotificationList }))

/** What I was told of my jobs. Whoever has no account is told by the page itself. */
export function NotificationBell() {
  const member = useQuery(meQuery).data?.member
  const unread = useQuery({ ...notificationsQuery, enabled: Boolean(member) }).data?.unread ?? 0
  const [opened, setOpened] = useState(false)
  if (!member) return null
  const texts = words.notifications
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" width={360} shadow="md" trapFocus>
      <Popover.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={texts.bell(unread)} aria-expanded={opened} onClick={() => setOpened(!opened)}><Bell size={18} />{unread > 0 && <span className={classes.dot} />}</ActionIcon>
      </Popover.Target>
      <Popover.Dropdown><Suspense fallback={null}><NotificationList onLeave={() => setOpened(false)} /></Suspense></Popover.Dropdown>
    </Popover>
  )
}
