import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { lookThrough } from './detect-file.ts'

let folder = ''
const rows = 3000

describe('a file looked through by the parser child', () => {
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'longshore-look-'))
    const lines = Array.from({ length: rows }, (_, i) => `person${i}@example.com,${i % 2 === 0 ? 'Web' : 'Event'},secret ${i},`)
    writeFileSync(join(folder, 'list.csv'), `${['Contact', 'From', 'Remark', 'Empty'].join(',')}\n${lines.join('\n')}\n`)
    writeFileSync(join(folder, 'bare.csv'), `${lines.join('\n')}\n`)
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('tells what its columns hold, from a bounded sample, and hands out words of picklists alone', async () => {
    const { layout, profiles } = await lookThrough(join(folder, 'list.csv'), {}, 1024 * 1024)
    expect(layout.columns).toEqual(['Contact', 'From', 'Remark', 'Empty'])
    expect(profiles.map(({ sampled }) => sampled)).toEqual([1000, 1000, 1000, 0])
    expect(profiles[0]).toMatchObject({ shares: { email: 1 }, vocabulary: [] })
    expect(profiles[1]?.vocabulary.toSorted()).toEqual(['Event', 'Web'])
    expect(JSON.stringify(profiles)).not.toContain('secret')
  })

  it('looks no further than it was told', async () => {
    const { profiles } = await lookThrough(join(folder, 'list.csv'), {}, 1)
    expect(profiles[0]?.sampled).toBeLessThanOrEqual(1000)
  })

  it('says nothing of columns that nobody asked about', async () => {
    expect((await lookThrough(join(folder, 'bare.csv'), {}, undefined)).profiles).toEqual([])
  })
})
