import { jobSchema, notificationSchema, progressSchema } from '@longshore/contract'
import { Fault } from '@longshore/core'
import { presentJob } from '../jobs/present-job.ts'
import { presentNotification } from '../notifications/routes.ts'
import { signedIn } from '../permission.ts'
import { rawRoute } from '../route.ts'

/** A line that says nothing goes out this often: what stands between would close a silent connection. */
const pingMs = 15_000
/** Whether the session or key still stands is asked this often. */
const askAgainMs = 30_000

export const eventRoutes = [
  rawRoute({
    method: 'GET', path: '/v1/events', tag: 'jobs', summary: 'All my jobs as they change: one stream for a browser, which goes on after Last-Event-ID', streams: true,
    gives: 'Server-sent events: "job" with a Job, "progress" of jobs that are at work, "notification" with a Notification', permission: signedIn, success: { type: 'text/event-stream' }, headers: ['Last-Event-ID'],
    async serve({ longshore, headers, signal }, reply) {
      const last = headers.get('last-event-id')
      if (last !== null && !/^\d{1,18}$/.test(last)) throw new Fault('request.cursor', 'Last-Event-ID is none that this stream gave. Begin without one.')
      reply.hijack()
      reply.raw.writeHead(200, { ...reply.getHeaders() as Record<string, string>, 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' })
      reply.raw.write('retry: 3000\n\n')
      let asked = Date.now()
      try {
        for await (const event of longshore.watchJobs(last, Math.min(pingMs, askAgainMs), signal)) {
          if (Date.now() - asked > askAgainMs) {
            asked = Date.now()
            if (!await longshore.door.identify(headers)) break // signed out, revoked, removed: the client comes back and is told so
          }
          const text = event === null ? ': still here\n\n'
            : event.kind === 'progress' ? `event: progress\ndata: ${JSON.stringify(progressSchema.parse(event.progress))}\n\n`
            : event.kind === 'notification' ? `event: notification\ndata: ${JSON.stringify(notificationSchema.parse(presentNotification(event.notification)))}\n\n`
            : `id: ${event.version}\nevent: job\ndata: ${JSON.stringify(jobSchema.parse(presentJob(event.job)))}\n\n`
          if (!reply.raw.write(text) && !signal.aborted) await new Promise<void>((resolve) => { reply.raw.once('drain', resolve); reply.raw.once('close', resolve) })
        }
      } finally {
        reply.raw.end()
      }
    },
  }),
]
