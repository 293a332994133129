import { healthSchema } from '@longshore/contract'
import type { Registry } from 'prom-client'
import { z } from 'zod'
import { openApi } from '../openapi.ts'
import { anyone, withRight } from '../permission.ts'
import { referencePage } from '../reference-page.ts'
import type { ApiGround } from '../register-routes.ts'
import { rawRoute, route } from '../route.ts'
import type { Route } from '../route.ts'
import { pagePolicy } from '../../page/security.ts'
import { healthOf } from './health.ts'

/** What the server says of itself: whether it works, its figures, and what it can be asked. */
export function serverRoutes({ longshore, version }: ApiGround, metrics: Registry, routes: () => readonly Route[]): Route[] {
  return [
    rawRoute({
      method: 'GET', path: '/health', tag: 'server', summary: 'Whether Longshore can do its work', gives: 'Health as JSON; 503 where the database is away', success: { type: 'application/json', schema: healthSchema },
      permission: anyone('it says nothing but whether the database answers'),
      async serve(_call, reply) {
        const health = healthSchema.parse(await healthOf(longshore, version))
        return reply.code(health.status === 'ok' ? 200 : 503).send(health)
      },
    }),
    rawRoute({
      method: 'GET', path: '/metrics', tag: 'server', summary: 'Figures for Prometheus', gives: 'Metrics in the text format of Prometheus', success: { type: 'text/plain' },
      permission: withRight('settings'),
      serve: async (_call, reply) => reply.type(metrics.contentType).send(await metrics.metrics()),
    }),
    route({
      method: 'GET', path: '/v1/openapi.json', tag: 'server', summary: 'This API as an OpenAPI document', permission: anyone('it describes the routes, and holds no data'),
      answer: z.record(z.string(), z.unknown()),
      call: () => openApi(routes(), version),
    }),
    rawRoute({
      method: 'GET', path: '/docs', tag: 'server', summary: 'This reference', gives: 'A page', success: { type: 'text/html' }, permission: anyone('it describes the routes, and holds no data'),
      serve: async (_call, reply) => reply.headers({ 'content-security-policy': pagePolicy }).type('text/html; charset=utf-8').send(referencePage(openApi(routes(), version), version)),
    }),
  ]
}
