import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import Fastify from 'fastify'
import type { FastifyInstance } from 'fastify'
import { Fault } from '@longshore/core'
import { registerApi } from './api/register-api.ts'
import type { Longshore } from './longshore.ts'
import { guardRequests, securityHeaders } from './page/security.ts'

export interface ServerOptions {
  longshore: Longshore
  /** On 127.0.0.1; 0: any free one. */
  port: number
}

export interface RunningServer {
  /** `http://127.0.0.1:4000/` */
  url: string
  /** Ends running downloads and gives the port back. Does not close Longshore. */
  close(): Promise<void>
}

/** Longest wait for a client to send its request: a large file on a slow line takes its time, headers do not. */
const requestTimeoutMs = 60 * 60_000
const headersTimeoutMs = 30_000
/** Longest part of an address: file systems allow names of 255 characters, and encoding can treble them. */
const longestAddressPart = 800

/** Serves the API and the web app on the loopback interface alone. A port that is taken or forbidden is a Fault. */
export async function startServer({ longshore, port }: ServerOptions): Promise<RunningServer> {
  const app = buildServer(longshore)
  try {
    await app.listen({ host: '127.0.0.1', port })
  } catch (error) {
    await app.close()
    throw listenFault(error, port)
  }
  const address = app.server.address()
  const listening = typeof address === 'object' && address !== null ? address.port : port
  return { url: `http://127.0.0.1:${listening}/`, close: () => app.close() }
}

/** Looks whether a port can be had, before anything is made for the server: throws as `startServer` would. */
export async function assertPortFree(port: number): Promise<void> {
  const probe = createServer()
  await new Promise<void>((resolve, reject) => {
    probe.once('error', (error) => reject(listenFault(error, port)))
    probe.listen({ host: '127.0.0.1', port }, () => probe.close(() => resolve()))
  })
}

export interface BuildOptions {
  /** Where the web app's build is; absent: its usual place. */
  webFolder?: string
}

/** The server without its port: tests put requests into it. */
export function buildServer(longshore: Longshore, options: BuildOptions = {}): FastifyInstance {
  const app = Fastify({
    logger: false,
    forceCloseConnections: true,
    requestTimeout: requestTimeoutMs,
    bodyLimit: 1024,
    trustProxy: false,
    genReqId: () => crypto.randomUUID(), // never the client's: it would write into our log
    routerOptions: { maxParamLength: longestAddressPart },
    // An address that cannot be decoded never reaches the guards: it gets their headers here.
    frameworkErrors: (_error, _request, reply) => {
      reply.raw.writeHead(400, { ...securityHeaders, 'content-type': 'text/plain; charset=utf-8' }).end('This address cannot be read.\n')
    },
  })
  app.server.headersTimeout = headersTimeoutMs
  guardRequests(app)
  registerApi(app, longshore, productVersion(), options)
  return app
}
function listenFault(error: unknown, port: number): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE') {
    return new Fault('server.port-in-use', `Port ${port} is in use by another program (perhaps another Longshore). Choose another one: longshore start --port ${port === 65_535 ? 4000 : port + 1}.`, { cause: error })
  }
  if (code === 'EACCES') {
    return new Fault('server.port-forbidden', `This account may not use port ${port}. Choose one above 1023: longshore start --port 4000.`, { cause: error })
  }
  return error
}

function productVersion(): string {
  const text: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  return typeof text === 'object' && text !== null && 'version' in text ? String(text.version) : 'unknown'
}
