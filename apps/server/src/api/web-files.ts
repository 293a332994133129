import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { anyone } from './permission.ts'
import type { Permission } from './permission.ts'

/** Where `npm run build` of the web app leaves its files. */
export const webFolder = fileURLToPath(new URL('../../../web/dist/', import.meta.url))

/** Only what comes from here runs and loads. Its components write style elements, so inline styles are allowed; inline scripts are not. */
export const webPolicy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

const permission = anyone('the program of the web app; it holds no data') as Permission<never>
const yearSeconds = 365 * 24 * 60 * 60

export interface WebApp {
  /** Sends the app's page: it finds its screen by the address. */
  page(reply: FastifyReply): FastifyReply
}

/** Serves the built web app. Null where it is not built. */
export function registerWebFiles(app: FastifyInstance, folder = webFolder): WebApp | null {
  const index = join(folder, 'index.html')
  if (!existsSync(index)) return null
  const content = readFileSync(index, 'utf8')
  const page = (reply: FastifyReply): FastifyReply => reply.code(200).headers({ 'content-security-policy': webPolicy, 'cache-control': 'no-cache' }).type('text/html; charset=utf-8').send(content)
  // what the build names by its content never changes
  app.addHook('onRoute', (route) => { if (route.url.startsWith('/assets')) route.config = { ...route.config, permission } })
  void app.register(fastifyStatic, { root: join(folder, 'assets'), prefix: '/assets/', preCompressed: true, index: false, immutable: true, maxAge: yearSeconds * 1000, cacheControl: true })
  app.get('/', { config: { permission } }, (_request, reply) => page(reply))
  return { page }
}
