import { spawn } from 'node:child_process'
import { open } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { watchParser } from './run-parser.ts'

it.each(['{"kind":"ended"', 'null', '[]', '7'])('a report that says %s ends the child and is a fault, whatever follows', async (line) => {
  const file = await open(import.meta.filename, 'r')
  const program = `require('node:fs').writeSync(4, ${JSON.stringify(`${line}\n{"kind":"ended","rows":1,"lastRow":1,"warnings":0}\n`)}); setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'ignore', 'ignore', 'ignore', 'pipe'] })
  const seen: unknown[] = []
  await expect(watchParser(child, file, (report) => seen.push(report))).rejects.toMatchObject({ code: 'parser.broken' })
  expect([child.signalCode, seen]).toEqual(['SIGKILL', []])
})
