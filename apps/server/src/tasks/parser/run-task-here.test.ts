import { expect, it } from 'vitest'
import { runTaskHere } from './run-task-here.ts'

const line = 'x'.repeat(20_000)

it('a task in this process that nobody reads from waits, and ends once it is ended', async () => {
  let written = 0
  const running = runTaskHere(import.meta.filename, async ({ out }) => {
    for (; written < 100; written++) await out.write(line)
  }, () => undefined)
  await new Promise((resolve) => { setTimeout(resolve, 50) })
  expect(written).toBeLessThan(10)
  running.kill()
  await expect(running.ended).rejects.toMatchObject({ code: 'parser.died' })
})

it('a task in this process that ends without a report is no reading', async () => {
  await expect(runTaskHere(import.meta.filename, async () => undefined, () => undefined).ended).rejects.toMatchObject({ code: 'parser.died' })
})
