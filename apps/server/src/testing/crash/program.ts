import { execFileSync, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Place } from './place.ts'

const longshore = fileURLToPath(new URL('../../../../cli/bin/longshore.mjs', import.meta.url))
/** Longest life of one program: beyond it, it hangs, and the run fails. */
const limitMs = 120_000

export interface Ended { code: number | null; signal: NodeJS.Signals | null; stdout: string; stderr: string; ms: number }

/** A `longshore` command that runs as a process of its own. */
export interface Program {
  pid: number
  ended: Promise<Ended>
  /** Resolves when the failpoint is told of for the nth time; false when the process ends before. */
  reached(failpoint: string, nth?: number): Promise<boolean>
  kill(signal: NodeJS.Signals): void
  isOver(): boolean
}

export type Env = Record<string, string>

/** The one moment that all runs write as "now". */
const testNow = '2026-01-02T03:04:05.678901Z'

export function startProgram(place: Place, args: readonly string[], env: Env = {}): Program {
  const began = performance.now()
  const child = spawn(process.execPath, [longshore, ...args, '--data', place.data], {
    cwd: place.folder, stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...inherited(), LONGSHORE_TEST: '1', LONGSHORE_TEST_NOW: testNow, ...(place.databaseUrl === null ? {} : { DATABASE_URL: place.databaseUrl }), ...env },
  })
  let stdout = '', stderr = '', over = false
  const waiting = new Set<() => void>()
  const wake = (): void => { for (const look of waiting) look() }
  child.stdout.setEncoding('utf8').on('data', (text: string) => { stdout += text })
  child.stderr.setEncoding('utf8').on('data', (text: string) => { stderr += text; wake() })
  const timer = setTimeout(() => { stderr += '\n[ended by the test: it took too long]\n'; child.kill('SIGCONT'); child.kill('SIGKILL') }, limitMs)
  const ended = new Promise<Ended>((resolve) => child.once('close', (code, signal) => {
    clearTimeout(timer)
    over = true
    resolve({ code, signal, stdout, stderr, ms: performance.now() - began })
    wake()
  }))
  return {
    pid: child.pid ?? 0, ended, isOver: () => over, kill: (signal) => { child.kill(signal) },
    reached: (failpoint, nth = 1) => new Promise((resolve) => {
      const look = (): void => {
        const told = stderr.split(`[failpoint ${failpoint}]`).length - 1
        if (told < nth && !over) return
        waiting.delete(look)
        resolve(told >= nth)
      }
      waiting.add(look)
      look()
    }),
  }
}

export function runProgram(place: Place, args: readonly string[], env: Env = {}): Promise<Ended> {
  return startProgram(place, args, env).ended
}

/** Waits until the process has come to a stop by SIGSTOP. */
export async function stopped(pid: number): Promise<void> {
  for (let tries = 0; tries < 500; tries++, await sleep(10)) {
    if (execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).trim().startsWith('T')) return
  }
  throw new Error(`process ${pid} did not stop`)
}

/** Nothing of the tests' own settings may reach the programs. */
function inherited(): Env {
  return Object.fromEntries(Object.entries(process.env).filter(([name, value]) => value !== undefined && !/^(LONGSHORE_|DATABASE_URL|VITEST|NODE_OPTIONS|NODE_V8_COVERAGE)/.test(name))) as Env
}
