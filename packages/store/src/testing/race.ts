import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** What a process was given of what it asked for. */
export interface Given { job?: number; given: boolean }

/** Runs processes that ask for the same at once; gives what each was given while all of them are still there. */
export async function race<T>(databaseUrl: string, askers: readonly (readonly string[])[], look: (given: Given[][]) => Promise<T>): Promise<T> {
  const program = fileURLToPath(new URL('./racer.ts', import.meta.url))
  const processes = askers.map((words) => spawn(process.execPath, [program, databaseUrl, ...words], { stdio: ['pipe', 'pipe', 'inherit'] }))
  try {
    const lines = processes.map(({ stdout }) => createInterface({ input: stdout })[Symbol.asyncIterator]())
    await Promise.all(lines.map((line) => line.next())) // all of them are ready
    for (const { stdin } of processes) stdin.write('go\n')
    return await look(await Promise.all(lines.map(async (line) => JSON.parse(String((await line.next()).value)) as Given[])))
  } finally {
    for (const { stdin } of processes) stdin.end()
    await Promise.all(processes.map(async (one) => one.exitCode ?? once(one, 'exit')))
  }
}
