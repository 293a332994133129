import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { WindowSource, windowRows } from './window-source.ts'

beforeEach(() => { vi.useFakeTimers() })
afterEach(() => { vi.useRealTimers() })

interface Asked { first: number; signal: AbortSignal; answer: (rows: number[]) => void }

function opened() {
  const asked: Asked[] = []
  const source = new WindowSource<number>((first, signal) => new Promise((answer) => asked.push({ first, signal, answer })))
  const rowsFrom = (first: number) => Array.from({ length: windowRows }, (_, index) => first + index)
  const answerAll = async () => { for (const one of asked.splice(0)) one.answer(rowsFrom(one.first)); await vi.advanceTimersByTimeAsync(0) }
  return { asked, source, answerAll }
}

it('loads the windows that show, once', async () => {
  const { asked, source, answerAll } = opened()
  source.want(190, 210)
  await vi.advanceTimersByTimeAsync(100)
  source.want(191, 211)
  await vi.advanceTimersByTimeAsync(100)
  expect(asked.map((one) => one.first)).toEqual([0, 200])
  await answerAll()
  expect([source.row(199), source.row(200), source.row(400)]).toEqual([199, 200, undefined])
})

it('asks for nothing that a fast scroll only passes', async () => {
  const { asked, source, answerAll } = opened()
  source.want(0, 20)
  await vi.advanceTimersByTimeAsync(0)
  await answerAll()
  for (let row = 1_000; row < 900_000; row += 7_000) source.want(row, row + 20)
  await vi.advanceTimersByTimeAsync(100)
  expect(asked.length).toBeLessThanOrEqual(2)
})

it('gives up a window that has left view before its answer', async () => {
  const { asked, source } = opened()
  source.want(0, 20)
  await vi.advanceTimersByTimeAsync(0)
  source.want(500_000, 500_020)
  expect(asked[0]?.signal.aborted).toBe(true)
})

it('keeps a bounded number of windows, those nearest to view', async () => {
  const { source, answerAll } = opened()
  for (let window = 0; window < 100; window++) {
    source.want(window * windowRows, window * windowRows + 20)
    await vi.advanceTimersByTimeAsync(100)
    await answerAll()
  }
  const held = Array.from({ length: 100 }, (_, window) => source.row(window * windowRows)).filter((row) => row !== undefined)
  expect(held.length).toBeLessThanOrEqual(41)
  expect(source.row(99 * windowRows)).toBe(99 * windowRows)
})

it('shows a change at once and goes on showing rows while they are asked for again', async () => {
  const { asked, source, answerAll } = opened()
  source.want(0, 20)
  await vi.advanceTimersByTimeAsync(0)
  await answerAll()
  source.change(3, () => -3)
  expect(source.row(3)).toBe(-3)
  source.refresh()
  expect([source.row(3), source.row(4)]).toEqual([-3, 4])
  expect(asked.length).toBe(1)
  await answerAll()
  expect(source.row(3)).toBe(3)
})
