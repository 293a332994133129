import { describe, expect, test } from 'vitest'
import { addressToKeep, shownAddress, wholeAddress } from '../source/kept-address.ts'
import { sealedSecrets } from './sealed-secrets.ts'

const secrets = sealedSecrets(() => Promise.resolve('of this installation, and long enough'))
const others = sealedSecrets(() => Promise.resolve('of another installation, as long as that'))

describe('a secret', () => {
  test.each(['', 'https://files.example.com/list.csv?sig=a%2Fb', 'Zoë 田中 🌊', 'x'.repeat(100_000)])('comes back as it was', async (text) => {
    const sealed = await secrets.seal(text, 'source')
    expect(await secrets.open(sealed, 'source')).toBe(text)
    if (text.length > 4) expect(sealed).not.toContain(text)
  })

  test('is sealed anew each time', async () => {
    expect(await secrets.seal('same', 'source')).not.toBe(await secrets.seal('same', 'source'))
  })

  test('does not open once any character of it was changed, for another purpose, or by another installation', async () => {
    const sealed = await secrets.seal('a token!', 'source')
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = `${sealed.slice(0, at)}${sealed[at] === 'A' ? 'B' : 'A'}${sealed.slice(at + 1)}`
      await expect(secrets.open(changed, 'source'), changed).rejects.toMatchObject({ code: 'secret.unreadable' })
    }
    await expect(secrets.open(sealed, 'connection')).rejects.toMatchObject({ code: 'secret.unreadable' })
    await expect(others.open(sealed, 'source')).rejects.toThrow(/another installation/)
  })
})

describe('the address of a source', () => {
  const signed = 'https://files.example.com/list.csv?sig=a%2Fb&exp=9#part'

  test.each([
    ['https://files.example.com/list.csv', 'https://files.example.com/list.csv'],
    [signed, 'https://files.example.com/list.csv'],
    ['https://user:pass@files.example.com/a?b', 'https://files.example.com/a'],
    ['https://files.example.com#x', 'https://files.example.com'],
  ])('%s is shown as %s', (address, shown) => {
    expect(shownAddress(address)).toBe(shown)
  })

  test('is kept sealed where it bears a key, and is whole again when the definition is repeated', async () => {
    const kept = await addressToKeep(signed, {}, secrets)
    expect(JSON.stringify(kept)).not.toMatch(/sig|exp|part/)
    expect(await wholeAddress('https://files.example.com/list.csv', kept, secrets)).toBe(signed)
    expect(await wholeAddress('https://files.example.com/other.csv', kept, secrets)).toBe('https://files.example.com/other.csv')
    expect(await wholeAddress('list.csv', kept, secrets)).toBe('list.csv')
    await expect(wholeAddress('https://files.example.com/list.csv', kept, others)).rejects.toMatchObject({ code: 'secret.unreadable' })
  })

  test('stays as it was named where this import took its file from elsewhere', async () => {
    const kept = await addressToKeep(signed, {}, secrets)
    expect(await addressToKeep(null, kept, secrets)).toEqual(kept)
    expect(await addressToKeep(null, {}, secrets)).toEqual({})
    expect(await addressToKeep('https://files.example.com/plain.csv', kept, secrets)).toEqual({ url: 'https://files.example.com/plain.csv' })
  })
})
