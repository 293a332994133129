import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { Agent, request as httpRequest } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { openBenchServer } from './bench-server.ts'
import type { BenchServer } from './bench-server.ts'
import { cpuSecondsOf, machineCpuSeconds, serverCpuSeconds } from './process-cost.ts'

/** Processor seconds so far; null where they cannot be seen. */
export interface CpuSeconds {
  /** The server's own process. */
  server: number
  /** Processes that it started and that ended, and those that read files for it now. */
  readers: number
  postgres: number
  /** This program: the browsers. */
  client: number
  /** All that runs on this machine, these included. */
  machine: number | null
}

/** A Longshore server of its own over loopback, with an empty database: in the PostgreSQL that it runs itself, or in that of DATABASE_URL. */
export interface Served {
  url: string
  admin: string
  pid: number | undefined
  ask<Answer>(cookie: string, method: string, path: string, body?: unknown): Promise<Answer>
  /** The same for an answer that nobody reads: a browser's own work is no part of what is measured. */
  look(cookie: string, path: string): Promise<void>
  /** Somebody who is invited by the admin, and signs in. */
  invited(email: string): Promise<string>
  send(cookie: string, body: Readable): Promise<{ id: string }>
  begin(cookie: string, file: string, definition: unknown, dryRun: boolean): Promise<number>
  /** An import passes through "planned" on its way: only a dry run ends there. */
  finished(cookie: string, job: number, end?: 'done' | 'planned'): Promise<void>
  undo(cookie: string, job: number): Promise<void>
  cpuNow(): CpuSeconds | null
  close(): Promise<void>
}

const password = 'a bench is no place for secrets'
const database = 'longshore_bench_server'

export async function openServed(): Promise<Served> {
  const external = process.env['DATABASE_URL'] === undefined ? null : await openBenchServer()
  const data = mkdtempSync(join(tmpdir(), 'longshore-bench-'))
  const agent = new Agent({ keepAlive: true, maxSockets: Infinity })
  const { child, url, secret } = await startServer(data, external)

  /** Not by fetch: it takes more of the processor than what is measured here may share with it. */
  function exchange(cookie: string, method: string, path: string, body?: unknown): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      const sent = body === undefined ? null : JSON.stringify(body)
      const outgoing = httpRequest(`${url}${path}`, {
        agent, method, headers: { cookie, origin: url, ...(sent === null ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(sent) }) },
      }, (response) => {
        const pieces: Buffer[] = []
        response.on('data', (piece: Buffer) => pieces.push(piece)).on('error', reject).on('end', () => {
          const answer = Buffer.concat(pieces)
          if ((response.statusCode ?? 500) < 300) resolve(answer)
          else reject(new Error(`${method} ${path}: ${response.statusCode} ${answer.toString().slice(0, 300)}`))
        })
      })
      outgoing.on('error', reject).end(sent)
    })
  }

  async function ask<Answer>(cookie: string, method: string, path: string, body?: unknown): Promise<Answer> {
    const answer = await exchange(cookie, method, path, body)
    return (answer.length === 0 ? null : JSON.parse(answer.toString())) as Answer
  }

  async function signIn(email: string): Promise<string> {
    const response = await fetch(`${url}/v1/session`, { method: 'POST', headers: { origin: url, 'content-type': 'application/json' }, body: JSON.stringify({ email, password }) })
    if (!response.ok) throw new Error(`signing in: ${response.status} ${await response.text()}`)
    return (response.headers.getSetCookie()[0] ?? '').split(';')[0] ?? ''
  }

  await ask('', 'POST', '/v1/invitations/accept', { secret, name: 'Admin', email: 'admin@example.com', password })
  const admin = await signIn('admin@example.com')

  function send(cookie: string, body: Readable): Promise<{ id: string }> {
    return new Promise((resolve, reject) => {
      const outgoing = httpRequest(`${url}/v1/uploads?name=contacts.csv`, { method: 'POST', headers: { cookie, origin: url, 'content-type': 'application/octet-stream' } }, (response) => {
        let text = ''
        response.setEncoding('utf8').on('data', (piece: string) => { text += piece }).on('end', () => {
          if (response.statusCode === 201) resolve(JSON.parse(text) as { id: string })
          else reject(new Error(`upload: ${response.statusCode} ${text.slice(0, 300)}`))
        })
      })
      outgoing.on('error', reject)
      body.pipe(outgoing)
    })
  }

  async function finished(cookie: string, job: number, end: 'done' | 'planned' = 'done'): Promise<void> {
    for (;;) {
      const { state, error } = await ask<{ state: string; error: unknown }>(cookie, 'GET', `/v1/jobs/${job}`)
      if (state === end) return
      if (state === 'failed' || state === 'cancelled') throw new Error(`job ${job} is ${state}: ${JSON.stringify(error)}`)
      await sleep(200)
    }
  }

  return {
    url, admin, pid: child.pid, ask, send, finished,
    look: async (cookie, path) => { await exchange(cookie, 'GET', path) },
    async invited(email) {
      const { path } = await ask<{ path: string }>(admin, 'POST', '/v1/invitations', { email, role: 'manager' })
      await ask('', 'POST', '/v1/invitations/accept', { secret: path.split('#')[1], name: email, password })
      return signIn(email)
    },
    async begin(cookie, file, definition, dryRun) {
      const { id } = await send(cookie, Readable.from([readFileSync(file)]))
      return (await ask<{ job: number }>(cookie, 'POST', '/v1/imports', { file: { upload: id, name: 'contacts.csv' }, definition, dryRun })).job
    },
    async undo(cookie, number) {
      const { job } = await ask<{ job: number }>(cookie, 'POST', `/v1/jobs/${number}/undo`, {})
      await finished(cookie, job)
    },
    cpuNow() {
      const own = cpuSecondsOf(child.pid), postgres = external ? external.cpuSeconds() : serverCpuSeconds(postmasterIn(data))
      const { user, system } = process.cpuUsage()
      return own === null || postgres === null ? null : { server: own.own, readers: own.children, postgres, client: (user + system) / 1e6, machine: machineCpuSeconds() }
    },
    async close() {
      agent.destroy()
      if (child.exitCode === null) {
        child.kill('SIGTERM')
        await once(child, 'exit')
      }
      await external?.dropDatabase(database)
      await external?.close()
      rmSync(data, { recursive: true, force: true })
    },
  }
}

async function startServer(data: string, external: BenchServer | null): Promise<{ child: ChildProcess; url: string; secret: string }> {
  const flags = process.env['SERVER_FLAGS']?.split(' ') ?? []
  const child = spawn(process.execPath, [...flags, join(import.meta.dirname, '../apps/cli/bin/longshore.mjs'), 'start', '--empty', '--port', '0', '--data', data], {
    env: { ...process.env, ...(external ? { DATABASE_URL: await external.freshDatabase(database) } : {}) }, stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => { said += text })
  for (let waited = 0; waited < 600; waited++) {
    const link = /(http:\/\/127\.0\.0\.1:\d+)\/invitation#(\S+)/.exec(said)
    if (link) return { child, url: link[1] ?? '', secret: link[2] ?? '' }
    if (child.exitCode !== null) break
    await sleep(100)
  }
  throw new Error(`the server did not say where it is: ${said}`)
}

function postmasterIn(data: string): number {
  return Number(readFileSync(join(data, 'postgres/data/postmaster.pid'), 'utf8').split('\n')[0])
}
