import { expect, it } from 'vitest'
import { pieceCollector } from './piece-collector.ts'

it('pieces that have passed take no memory for longer than they are many', () => {
  const pieceBytes = 64 * 1024
  const passed = pieceCollector(16 * pieceBytes)
  for (let i = 0; i < 16; i++) passed(new Uint8Array(pieceBytes).fill(1).length)
  const before = process.memoryUsage().arrayBuffers
  let most = 0
  for (let i = 0; i < 320; i++) {
    passed(new Uint8Array(pieceBytes).fill(1).length)
    most = Math.max(most, process.memoryUsage().arrayBuffers - before)
  }
  expect(most).toBeLessThan(100 * pieceBytes)
  expect((globalThis as { gc?: unknown }).gc).toBeUndefined()
})
