import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Place } from './place.ts'
import { startProgram } from './program.ts'
import type { Env, Program } from './program.ts'

/** A port that nobody has at this moment. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => { probe.once('listening', resolve) })
  const { port } = probe.address() as AddressInfo
  await new Promise((resolve) => { probe.close(resolve) })
  return port
}

/** `longshore start` as a process of its own, once it answers. */
export async function startServerProgram(place: Place, port: number, args: readonly string[] = [], env: Env = {}): Promise<Program> {
  const program = startProgram(place, ['start', '--empty', '--port', String(port), ...args], env)
  while (!program.isOver()) {
    const answer = await fetch(`http://127.0.0.1:${port}/health`).catch(() => null)
    if (answer?.ok) return program
    await sleep(50)
  }
  throw new Error(`the server did not start: ${(await program.ended).stderr}`)
}

/** Asks a server of this computer; what it refuses is an error. */
export async function askServer<Answer>(port: number, method: string, path: string, body?: unknown): Promise<Answer> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { method, ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }) })
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
  return await response.json() as Answer
}

/** Sends it a file. */
export async function sendToServer(port: number, content: string): Promise<{ id: string }> {
  return await (await fetch(`http://127.0.0.1:${port}/v1/uploads?name=list.csv`, { method: 'POST', headers: { 'content-type': 'application/octet-stream' }, body: content })).json() as { id: string }
}
