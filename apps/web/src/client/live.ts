import type { JobAnswer, JobDetails, ProgressAnswer } from '@longshore/contract'
import { useSyncExternalStore } from 'react'
import { queryClient } from './query-client.ts'

/** What a stream tells, as tabs hand it to each other. */
type Told = { kind: 'notification' } | { kind: 'job'; job: JobAnswer } | { kind: 'progress'; progress: ProgressAnswer } | { kind: 'state'; live: boolean } | { kind: 'hello' }

const channelName = 'longshore.live'
const listeners = new Set<() => void>()
const progressOf = new Map<number, ProgressAnswer & { at: number; since: { at: number; done: number } }>()
let live = false
let version = 0

/**
 * One stream of events for the browser: the tab that holds the lock listens, and tells the others. Where no stream comes through, pages ask
 * again every few seconds by themselves (`useLive`).
 */
export function startLive(): void {
  const channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel(channelName) : null
  let leads = false
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has none: it never leaves this origin
  const say = (told: Told): void => channel?.postMessage(told)
  const tell = (told: Told): void => { hear(told); say(told) }
  channel?.addEventListener('message', ({ data }: MessageEvent<Told>) => {
    if (data.kind !== 'hello') hear(data)
    else if (leads) say({ kind: 'state', live })
  })
  say({ kind: 'hello' })
  const listen = (): Promise<void> => new Promise(() => { leads = true; follow(tell) }) // holds the lock as long as the tab is there
  if ('locks' in navigator) void navigator.locks.request('longshore.live', listen)
  else void listen()
}

function follow(tell: (told: Told) => void): void {
  const events = new EventSource('/v1/events')
  events.addEventListener('open', () => tell({ kind: 'state', live: true }))
  events.addEventListener('error', () => {
    tell({ kind: 'state', live: false })
    // refused for good, as after signing out: asked again later, once somebody may be back
    if (events.readyState === EventSource.CLOSED) setTimeout(() => follow(tell), 5_000)
  })
  events.addEventListener('job', ({ data }: MessageEvent<string>) => tell({ kind: 'job', job: JSON.parse(data) as JobAnswer })) // the server has checked it against the contract
  events.addEventListener('notification', () => tell({ kind: 'notification' }))
  events.addEventListener('progress', ({ data }: MessageEvent<string>) => tell({ kind: 'progress', progress: JSON.parse(data) as ProgressAnswer }))
}

function hear(told: Told): void {
  if (told.kind === 'state') {
    if (told.live === live) return
    live = told.live
    if (live) for (const missed of ['jobs', 'job', 'draft', 'notifications']) void queryClient.invalidateQueries({ queryKey: [missed] }) // what happened meanwhile
  } else if (told.kind === 'progress') {
    const { progress } = told
    const before = progressOf.get(progress.job)
    const now = Date.now()
    const same = before?.phase === progress.phase && before.done <= progress.done
    progressOf.set(progress.job, { ...progress, at: now, since: same ? before.since : { at: now, done: progress.done } })
  } else if (told.kind === 'notification') void queryClient.invalidateQueries({ queryKey: ['notifications'] })
  else if (told.kind === 'job') {
    const { job } = told
    const known = queryClient.getQueryData<JobDetails>(['job', job.job])
    if (known) {
      queryClient.setQueryData<JobDetails>(['job', job.job], { ...known, ...job })
      if (known.state !== job.state) void queryClient.invalidateQueries({ queryKey: ['job', job.job] })
    }
    if (!['checking', 'running', 'undoing', 'queued'].includes(job.state)) {
      progressOf.delete(job.job)
      // a plan that is made again ends in the state in which it began: what is shown of its rows may be of before
      void queryClient.invalidateQueries({ queryKey: ['rows', job.job] })
    }
    void queryClient.invalidateQueries({ queryKey: ['draft', job.job] })
    void queryClient.invalidateQueries({ queryKey: ['jobs'] })
  }
  version++
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void): (() => void) => { listeners.add(listener); return () => listeners.delete(listener) }

/** Whether changes come by themselves. */
export function useLive(): boolean {
  return useSyncExternalStore(subscribe, () => live)
}

/** For queries that poll only where nothing comes by itself. */
export function isLive(): boolean {
  return live
}

export interface Pace { phase: string; done: number; total: number | null; /** In units of the phase a second; null: too early to tell. */ perSecond: number | null; /** How long the phase has been watched. */ watchedSeconds: number }

/** How far a job is, where this browser hears of it. */
export function usePace(job: number): Pace | null {
  useSyncExternalStore(subscribe, () => version)
  const progress = progressOf.get(job)
  if (!progress) return null
  const watchedSeconds = (progress.at - progress.since.at) / 1000
  return { phase: progress.phase, done: progress.done, total: progress.total, watchedSeconds, perSecond: watchedSeconds < 1 ? null : (progress.done - progress.since.done) / watchedSeconds }
}
