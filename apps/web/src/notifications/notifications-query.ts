import { queryOptions } from '@tanstack/react-query'
import type { NotificationAnswer } from '@longshore/contract'
import { get } from '../client/api.ts'
import { isLive } from '../client/live.ts'

/** How often they are asked for where no event tells of one. */
const pollMs = 60_000

export interface NotificationPage { items: NotificationAnswer[]; next: string | null; unread: number }

export const notificationsQuery = queryOptions({ queryKey: ['notifications'], queryFn: ({ signal }) => get<NotificationPage>('/v1/notifications', { limit: 20 }, signal), refetchInterval: () => isLive() ? false : pollMs })
