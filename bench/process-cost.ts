import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'

/** What /proc counts CPU time in; 100 on every Linux that Node runs on. */
const ticksPerSecond = 100
/** How often memory is looked at. The peaks are the kernel's own; only what a process reaches in its last moment can be missed. */
const sampleEveryMs = 250

/** The cost of one run. CPU and memory are null where the system has no /proc. */
export interface ProcessCost {
  wallSeconds: number
  /** Of the process and all that it started and waited for. */
  cpuSeconds: number | null
  /** Each process's own peak of resident memory, added up. */
  peakBytes: number | null
  /** The most that all had in memory at one instant, pages that they share (the program's own code above all) counted once. */
  peakAtOnceBytes: number | null
}

interface ProcessTimes { pid: number; parent: number; name: string; own: number; waitedFor: number }

/** Runs a program to its end; `stdout` is collected, stderr passes through. */
export async function runMeasured(command: string, args: string[], env: NodeJS.ProcessEnv): Promise<{ stdout: string; code: number | null; cost: ProcessCost }> {
  const before = timesOf(process.pid)
  const start = performance.now()
  const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(child, 'close')
  const memory = watchMemory(child.pid)
  let stdout = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => { stdout += text })
  const [code] = await ended as [number | null]
  const wallSeconds = (performance.now() - start) / 1000
  const after = timesOf(process.pid)
  const cpuSeconds = before && after ? after.waitedFor - before.waitedFor : null
  return { stdout, code, cost: { wallSeconds, cpuSeconds, ...memory.stop() } }
}

/** CPU seconds that a process has used since it started, and those of the processes that it started, ended or not, apart from PostgreSQL's; null where they cannot be seen. */
export function cpuSecondsOf(pid: number | undefined): { own: number; children: number } | null {
  const times = pid === undefined ? null : timesOf(pid)
  if (!times) return null
  return { own: times.own, children: processes().filter((one) => one.parent === pid && one.name !== 'postgres').reduce((sum, one) => sum + one.own + one.waitedFor, times.waitedFor) }
}

/** CPU seconds that all processes of this machine have used since it started; null where they cannot be seen. */
export function machineCpuSeconds(): number | null {
  const line = /^cpu +(.*)$/m.exec(read('/proc/stat'))?.[1]?.split(' ').map(Number)
  if (!line) return null
  const [user = 0, nice = 0, system = 0, , , interrupts = 0, soft = 0] = line
  return (user + nice + system + interrupts + soft) / ticksPerSecond
}

/** CPU seconds that a PostgreSQL server has used since it started: its processes that live, and those that have ended. */
export function serverCpuSeconds(postmaster: number): number | null {
  const all = processes()
  const server = all.find((one) => one.pid === postmaster)
  if (!server) return null
  return all.filter((one) => one.parent === postmaster).reduce((sum, one) => sum + one.own, server.own + server.waitedFor)
}

function watchMemory(root: number | undefined): { stop(): { peakBytes: number | null; peakAtOnceBytes: number | null } } {
  const peaks = new Map<number, number>()
  let peakAtOnceBytes = 0
  const look = (): void => {
    let now = 0
    for (const pid of root === undefined ? [] : familyOf(root)) {
      const memory = memoryOf(pid)
      if (!memory) continue
      peaks.set(pid, Math.max(memory.peak, peaks.get(pid) ?? 0))
      now += memory.resident
    }
    peakAtOnceBytes = Math.max(peakAtOnceBytes, now)
  }
  const timer = setInterval(look, sampleEveryMs)
  return {
    stop() {
      clearInterval(timer)
      const peakBytes = [...peaks.values()].reduce((sum, peak) => sum + peak, 0)
      return peakBytes === 0 ? { peakBytes: null, peakAtOnceBytes: null } : { peakBytes, peakAtOnceBytes }
    },
  }
}

/** The process and all that descend from it, apart from PostgreSQL's. */
function familyOf(root: number): number[] {
  const all = processes()
  const family = [root]
  for (let i = 0; i < family.length; i++) family.push(...all.filter((one) => one.parent === family[i] && one.name !== 'postgres').map((one) => one.pid))
  return family
}

function processes(): ProcessTimes[] {
  try {
    return readdirSync('/proc').filter((entry) => /^\d+$/.test(entry)).flatMap((entry) => timesOf(Number(entry)) ?? [])
  } catch {
    return []
  }
}

function timesOf(pid: number): ProcessTimes | null {
  const text = read(`/proc/${pid}/stat`)
  // The name stands in brackets and may itself hold brackets and spaces.
  const end = text.lastIndexOf(')')
  if (end === -1) return null
  const fields = text.slice(end + 2).split(' ')
  const seconds = (...positions: number[]): number => positions.reduce((sum, position) => sum + Number(fields[position]), 0) / ticksPerSecond
  return { pid, parent: Number(fields[1]), name: text.slice(text.indexOf('(') + 1, end), own: seconds(11, 12), waitedFor: seconds(13, 14) }
}

/** `resident`: the process's share, where the system tells it; else all that it holds. */
function memoryOf(pid: number): { peak: number; resident: number } | null {
  const bytes = (text: string, name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? 0) * 1024
  const status = read(`/proc/${pid}/status`)
  const peak = bytes(status, 'VmHWM')
  return peak === 0 ? null : { peak, resident: bytes(read(`/proc/${pid}/smaps_rollup`), 'Pss') || bytes(status, 'VmRSS') }
}

/** Empty for a process that has ended, or where there is no /proc. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
