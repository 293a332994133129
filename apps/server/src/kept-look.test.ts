import { expect, it } from 'vitest'
import { keptOfFile } from './kept-look.ts'

type Ground = Parameters<typeof keptOfFile>[0]
/** Nothing is asked of the database here: it only says which looks belong together. */
const groundOf = (id: number, db = {}): Ground => ({ db, organization: { id, scope: null } }) as unknown as Ground

/** Looks at files of so many characters; gives those that were looked at, in turn. */
async function lookedAt(ground: Ground, files: [name: string, characters: number][]): Promise<string[]> {
  const looked: string[] = []
  for (const [name, characters] of files) {
    await keptOfFile(ground, name, [], () => { looked.push(name); return Promise.resolve('x'.repeat(characters)) })
    await Promise.resolve() // it is weighed a moment after it was found
  }
  return looked
}

const million = 1024 * 1024

it('looks of files are kept up to their bound of characters, those that were asked for last the longest', async () => {
  const looked = await lookedAt(groundOf(1), [['a', 6 * million], ['b', 6 * million], ['a', 0], ['c', 6 * million], ['a', 0], ['b', 1], ['c', 0]])
  expect(looked).toEqual(['a', 'b', 'c', 'b'])
})

it('a look of a file that is longer than all that is kept is found and not kept, the others are', async () => {
  expect(await lookedAt(groundOf(1), [['a', 1], ['long', 17 * million], ['a', 1], ['long', 1]])).toEqual(['a', 'long', 'long'])
})

it('looks of files are kept up to their number', async () => {
  const many = Array.from({ length: 501 }, (_, i): [string, number] => [String(i), 1])
  expect((await lookedAt(groundOf(1), [...many, ['500', 1], ['0', 1]])).length).toBe(502)
})

it('a look at a file that went wrong is made again, and another organization makes its own', async () => {
  const ground = groundOf(1)
  let looks = 0
  const look = () => (++looks === 1 ? Promise.reject(new Error('once')) : Promise.resolve(looks))
  await expect(keptOfFile(ground, 'a', [], look)).rejects.toThrow('once')
  expect([await keptOfFile(ground, 'a', [], look), await keptOfFile(ground, 'a', [], look)]).toEqual([2, 2])
  expect(await keptOfFile(groundOf(2, ground.db), 'a', [], look)).toBe(3)
})
