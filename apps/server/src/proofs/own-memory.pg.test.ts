import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import type { ImportDefinitionInput } from '@longshore/core'
import type { Longshore } from '../longshore.ts'
import { openTestApi } from '../testing/open-test-api.ts'
import type { TestApi } from '../testing/open-test-api.ts'

vi.mock('../tasks/parser/run-parser.ts', async () => ({ runParser: (await import('../testing/parser-in-process.ts')).runParserHere }))

let api: TestApi
let folder = ''
const people = new Map<string, Longshore>()
beforeAll(async () => {
  api = await openTestApi('own-memory')
  folder = mkdtempSync(join(tmpdir(), 'longshore-memory-'))
  for (const name of ['ann', 'ben', 'cat']) {
    const { cookie = '' } = await api.person(`${name}@example.com`, 'admin')
    const identified = await api.longshore.door.identify(new Headers({ cookie }))
    if (identified) people.set(name, api.longshore.as(identified.actor))
  }
})
afterAll(async () => { await api.close(); rmSync(folder, { recursive: true, force: true }) })

const as = (name: string): Longshore => people.get(name) ?? api.longshore
const list = (): string => {
  const file = join(folder, 'list.csv')
  writeFileSync(file, 'Last Name,Mood,Lead Source\nLovelace,Countess,Expo\n')
  return file
}
const sends = (name: string, field: string, source: string): Promise<unknown> => {
  const columns: ImportDefinitionInput['columns'] = [{ header: 'Mood', field }, { header: 'Lead Source', field: 'lead_source', transforms: [{ kind: 'value-map', values: { Expo: source }, otherwise: 'keep' }] }]
  return as(name).import({ file: list(), definition: { object: 'contacts', columns }, dryRun: false }, () => undefined)
}
const moodOf = async (name: string): Promise<string | null | undefined> => (await as(name).map({ file: list(), object: 'contacts' })).columns[1]?.field
const sourceOf = async (name: string): Promise<string | undefined> => {
  const { definition } = await as(name).import({ file: list(), definition: { object: 'contacts' }, dryRun: true }, () => undefined)
  return /"Expo":"(\w+)"/.exec(JSON.stringify(definition))?.[1]
}

it('what a member decides about columns and values is everybody\'s, until they decide otherwise for themselves', async () => {
  await sends('ann', 'title', 'Web')
  expect([await moodOf('ann'), await moodOf('ben'), await sourceOf('ben')]).toEqual(['title', 'title', 'Web'])
  await sends('ben', 'department', 'Referral')
  expect([await moodOf('ann'), await moodOf('ben'), await moodOf('cat')]).toEqual(['title', 'department', 'department'])
  expect([await sourceOf('ann'), await sourceOf('ben'), await sourceOf('cat')]).toEqual(['Web', 'Referral', 'Referral'])
})
