import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { expect, it } from 'vitest'
import { kept, watchParser } from './run-parser.ts'

it.each(['{"kind":"ended"', 'null', '[]', '7'])('a report that says %s ends the child and is a fault, whatever follows', async (line) => {
  const program = `require('node:fs').writeSync(4, ${JSON.stringify(`${line}\n{"kind":"ended","rows":1,"lastRow":1,"warnings":0}\n`)}); setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'ignore', 'ignore', 'ignore', 'pipe'] })
  const seen: unknown[] = []
  await expect(watchParser(child, (report) => seen.push(report))).rejects.toMatchObject({ code: 'parser.broken' })
  expect([child.signalCode, seen]).toEqual(['SIGKILL', []])
})

it('what a child wrote before anybody read it is not lost when it ends', async () => {
  const child = spawn(process.execPath, ['-e', `require('node:fs').writeSync(3, 'x'.repeat(30_000)); process.stdout.write('y'.repeat(30_000))`], { stdio: ['ignore', 'pipe', 'ignore', 'pipe'] })
  const rows = kept(child, child.stdout as Readable)
  const issues = kept(child, child.stdio[3] as Readable)
  await once(child, 'exit')
  await sleep(50)
  expect([(await text(rows())).length, (await text(issues())).length]).toEqual([30_000, 30_000])
})
