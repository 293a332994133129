/** Numbers that look random and are the same on every run (mulberry32). */
export function chance(seed: number): Chance {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const whole = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1))
  return { next, whole, pick: (list) => { const found = list[whole(0, list.length - 1)]; if (found === undefined) throw new Error('nothing to pick from'); return found } }
}

export interface Chance {
  /** 0 to below 1. */
  next(): number
  /** Both ends inclusive. */
  whole(from: number, to: number): number
  pick<T>(list: readonly T[]): T
}
