import { describe, expect, it } from 'vitest'
import { hashKey } from './hash-key.ts'

// Stored keys depend on these. If one changes, every stored key must be computed again by a migration.
const vectors: [text: string, hash: bigint][] = [
  ['', -1630765684407424984n],
  ['a', 4611414067920216282n],
  ['b', 570179133491106937n],
  ['ab', -3303362603163784502n],
  ['ba', 985109677830183050n],
  ['ada@example.com', -6963683046857597398n],
  ['acme inc', 5164525113577791940n],
  ['C-1001', 2584446151116243725n],
  ['müller', -1807002270219542439n],
  ['日本語', 6132620606865470186n],
  ['😀', 4072462264016592310n],
  ['ada\u001flovelace', 3398113086029393822n],
  ['x'.repeat(1000), 8867216582783138602n],
]

describe('hashKey', () => {
  it.each(vectors)('of %j is the hash that stored keys were made with', (text, hash) => {
    expect(hashKey(text)).toBe(hash)
  })

  it('fits a signed 64-bit column', () => {
    for (const [text] of vectors) expect(BigInt.asIntN(64, hashKey(text))).toBe(hashKey(text))
  })

  it('gives 200 000 similar addresses 200 000 hashes, and halves of them as spread as chance', () => {
    const whole = new Set<bigint>()
    const low = new Set<bigint>()
    const high = new Set<bigint>()
    for (let i = 0; i < 200_000; i++) {
      const hash = hashKey(`person.${i}@acme.example`)
      whole.add(hash)
      low.add(hash & 0xffff_ffffn)
      high.add(hash >> 32n)
    }
    expect(whole.size).toBe(200_000)
    // By chance 4.7 pairs of 200 000 share 32 bits; 30 is far beyond chance.
    expect(low.size).toBeGreaterThan(199_970)
    expect(high.size).toBeGreaterThan(199_970)
  })

  it('turns about half of all bits when one bit of the text turns', () => {
    const turned = new Array<number>(64).fill(0)
    let tries = 0
    for (let i = 0; i < 200; i++) {
      const text = `contact-${i}@x.example`
      for (let at = 0; at < text.length; at++) {
        const other = text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ 1) + text.slice(at + 1)
        const difference = BigInt.asUintN(64, hashKey(text) ^ hashKey(other))
        for (let bit = 0; bit < 64; bit++) turned[bit] = (turned[bit] ?? 0) + Number((difference >> BigInt(bit)) & 1n)
        tries++
      }
    }
    for (const count of turned) expect(Math.abs(count / tries - 0.5)).toBeLessThan(0.05)
  })
})
