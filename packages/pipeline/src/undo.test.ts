import type { UndoPorts } from '@longshore/core'
import { expect, test } from 'vitest'
import { runUndo } from './undo.ts'

/** Ports over chunks of the given sizes that note what they were asked; `wishes` are handed out one after the other. */
function ports(sizes: number[], wishes: ('pause' | 'cancel' | null)[] = [], turn = true): { ports: UndoPorts; log: string[] } {
  const log: string[] = []
  const left = [...sizes]
  let wish: 'pause' | 'cancel' | null = null
  return { log, ports: {
    begin: async () => { log.push('begin'); return turn },
    steps: {
      plan: async () => { log.push('plan'); return sizes.reduce((sum, size) => sum + size, 0) },
      next: async () => { const size = left.shift() ?? null; log.push(`next ${size}`); return size },
    },
    progress: (done, total) => { log.push(`${done}/${total}`) },
    state: async (to) => { log.push(to) },
    close: async (to) => { log.push(`close ${to}`) },
    wish: () => { wish = wishes.shift() ?? wish; return wish },
  } }
}

test('plans before the first chunk and closes after the last', async () => {
  const { ports: all, log } = ports([3, 2])
  expect(await runUndo(all)).toBe('done')
  expect(log).toEqual(['begin', 'plan', 'next 3', '3/5', 'next 2', '5/5', 'next null', 'close done'])
})

test('pauses between two chunks', async () => {
  const { ports: all, log } = ports([3, 2], [null, null, 'pause'])
  expect(await runUndo(all)).toBe('paused')
  expect(log).toEqual(['begin', 'plan', 'next 3', '3/5', 'paused'])
})

test('cancels before it began without waiting for its turn', async () => {
  const { ports: all, log } = ports([3], ['cancel'])
  expect(await runUndo(all)).toBe('cancelled')
  expect(log).toEqual(['close cancelled'])
})

test('pauses when a wish comes while it waits for its turn', async () => {
  const { ports: all, log } = ports([3], [null, 'pause'], false)
  expect(await runUndo(all)).toBe('paused')
  expect(log).toEqual(['begin', 'paused'])
})
