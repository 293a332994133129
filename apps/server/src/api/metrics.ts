import type { FastifyInstance } from 'fastify'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Longshore } from '../longshore.ts'

/** Counts and times for Prometheus: by route, never by address, so that nothing of a request is in them. */
export function watchRequests(app: FastifyInstance, longshore: Longshore): Registry {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const requests = new Histogram({
    name: 'longshore_http_request_duration_seconds', help: 'Time from a request to the end of its answer', registers: [registry],
    labelNames: ['method', 'route', 'status'] as const, buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
  })
  const jobs = new Gauge({
    name: 'longshore_jobs', help: 'Jobs by state', labelNames: ['state'] as const, registers: [registry],
    async collect() {
      jobs.reset()
      for (const [state, count] of Object.entries(await longshore.jobStates())) jobs.set({ state }, count)
    },
  })
  app.addHook('onResponse', async (request, reply) => {
    requests.observe({ method: request.method, route: request.routeOptions.url ?? 'none', status: reply.statusCode }, reply.elapsedTime / 1000)
  })
  return registry
}
