import { afterEach, expect, it, vi } from 'vitest'
import { leftOutByHand, noteLeftOut } from './left-out.ts'

afterEach(() => { vi.unstubAllGlobals() })

it('remembers which columns were left out by hand, and none once all are used again', () => {
  const kept = new Map<string, string>()
  vi.stubGlobal('sessionStorage', { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => { kept.set(key, value) } })
  noteLeftOut(7, 2, true)
  noteLeftOut(7, 4, true)
  noteLeftOut(7, 2, false)
  expect([[...leftOutByHand(7)], [...leftOutByHand(8)]]).toEqual([[4], []])
  noteLeftOut(7, 4, false)
  expect([...leftOutByHand(7)]).toEqual([])
})
