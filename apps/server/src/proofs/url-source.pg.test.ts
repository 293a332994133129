import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { egressRules, isPublicAddress } from '@longshore/connectors'
import type { EgressRules } from '@longshore/connectors'
import type { ImportDefinitionInput } from '@longshore/core'
import { installationSecret } from '../people/installation-secret.ts'
import { readSource } from '../read-source.ts'
import { sealedSecrets } from '../secrets/sealed-secrets.ts'
import { sealOpenAddresses } from '../source/seal-open-addresses.ts'
import { openTestLongshore, type TestLongshore } from '../testing/open-test-longshore.ts'

let server: Server
let egress: EgressRules
let longshore: TestLongshore
let list = 'Last Name,Email\nLind,mara@example.com\nBerg,olle@example.com\n'
let asked = 0
let lastAsked = ''
let address = ''

beforeAll(async () => {
  server = createServer((request, response) => {
    asked += 1
    lastAsked = request.url ?? ''
    if (request.url === '/moved') response.writeHead(302, { location: '/people.csv' }).end()
    else if (request.url === '/inside') response.writeHead(302, { location: 'http://127.0.0.2/secret' }).end()
    else if (request.url?.startsWith('/people.csv')) response.end(list)
    else response.writeHead(404).end()
  })
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  const { port } = server.address() as AddressInfo
  egress = { ...egressRules({ http: true, ports: [port] }), isAllowed: (found) => found === '127.0.0.1' || isPublicAddress(found) }
  address = `http://127.0.0.1:${port}`
  longshore = await openTestLongshore('url-source', { egress })
})
afterAll(async () => {
  await longshore?.close()
  server.close()
})

const definition = { object: 'contacts', operation: 'upsert' as const, match: [['email']] }
const bring = (file: string, dryRun = false) => longshore.import({ file, definition, dryRun }, () => undefined)
const storedFiles = (): number => readdirSync(join(longshore.folder, 'data', 'files'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length

describe('a list at an address', () => {
  it('is fetched, imported, and known by its hash', async () => {
    const job = await bring(`${address}/moved`)
    expect([job.rows, job.counts.created, job.source]).toEqual([2, 2, 'people.csv'])
    expect(job.sourceHash).toBe(createHash('sha256').update(list).digest('hex'))
    expect(job.definition).toMatchObject({ source: { url: `${address}/moved`, format: 'csv' } })
  })

  it('is fetched again by the next import, and not by the carrying out of a dry run', async () => {
    list += 'Côté,zoe@example.net\n'
    const planned = await bring(`${address}/people.csv`, true)
    expect(planned.rows).toBe(3)
    const before = asked
    list = 'Last Name,Email\n'
    const applied = await longshore.apply(planned.job, () => undefined)
    expect([applied.counts.created, asked - before, applied.sourceHash]).toEqual([1, 0, planned.sourceHash])
  })

  it('leaves nothing behind where there is none, where it cannot be imported, and where it leads inside', async () => {
    const before = storedFiles()
    list = '%PDF-1.7\n'
    for (const [path, code] of [['/nothing.csv', 'source.answer'], ['/people.csv', 'file.not-csv'], ['/inside', 'source.url-refused']]) {
      await expect(bring(`${address}${path}`)).rejects.toThrow(expect.objectContaining({ code }))
    }
    expect(storedFiles()).toBe(before)
  })

  it('is read and mapped without being kept', async () => {
    list = 'Last Name;Email\nLind;mara@example.com\n'
    const folders = (): string[] => readdirSync(tmpdir()).filter((name) => /^longshore-[A-Za-z0-9]{6}$/.test(name))
    const before = folders()
    const lines: string[] = []
    for await (const line of readSource(`${address}/people.csv`, {}, { egress })) lines.push(line)
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([expect.objectContaining({ format: 'csv', delimiter: ';', columns: ['Last Name', 'Email'] }), ['Lind', 'mara@example.com']])
    expect((await longshore.map({ file: `${address}/people.csv`, object: 'contacts' })).columns.map(({ field }) => field)).toEqual(['last_name', 'email'])
    expect(folders()).toEqual(before)
  })

  it('is told of while it is fetched, to its last byte', async () => {
    list = 'Last Name,Email\nTold,told@example.com\n'
    const told: [number, number | null][] = []
    await longshore.import({ file: `${address}/people.csv`, definition, dryRun: true, fetching: (bytes, total) => { told.push([bytes, total]) } }, () => undefined)
    expect(told[0]).toEqual([0, list.length])
    expect(told.at(-1)).toEqual([list.length, list.length])
  })

  it('is refused by an installation as it comes', async () => {
    await expect((async () => { for await (const _ of readSource(`${address}/people.csv`, {})) { /* nothing comes */ } })()).rejects.toThrow(expect.objectContaining({ code: 'source.url-refused' }))
  })
})

describe('an address that bears a key', () => {
  it('is shown without it, kept sealed, and fetched with it again when its definition is repeated', async () => {
    list = 'Last Name,Email\nSand,key@example.com\n'
    const job = await bring(`${address}/people.csv?sig=very-secret`)
    const { source } = job.definition as { source: { url: string; sealedUrl: string } }
    expect(source.url).toBe(`${address}/people.csv`)
    expect(JSON.stringify(await longshore.job(job.job))).not.toContain('very-secret')
    const before = asked
    await longshore.import({ file: source.url, definition: job.definition as typeof definition, dryRun: true }, () => undefined)
    expect([asked - before, lastAsked]).toEqual([1, '/people.csv?sig=very-secret'])
  })

  it('that an older Longshore kept open is sealed when it is found', async () => {
    list = 'Last Name,Email\nSand,key@example.com\n'
    const { job } = await bring(`${address}/people.csv`)
    const open = `${address}/people.csv?sig=very-old#part`
    await longshore.rows(`UPDATE longshore.job SET definition = jsonb_set(definition, '{source,url}', to_jsonb($2::text)) WHERE number = $1`, [job, open])
    await sealOpenAddresses(longshore.database, sealedSecrets(() => installationSecret(join(longshore.folder, 'data'))))
    const { definition } = await longshore.job(job)
    expect(definition).toMatchObject({ source: { url: `${address}/people.csv`, format: 'csv', sealedUrl: expect.any(String) as string } })
    const [kept] = await longshore.rows<{ text: string }>('SELECT definition::text AS text FROM longshore.job WHERE number = $1', [job])
    expect(kept?.text).not.toContain('very-old')
    await longshore.import({ file: `${address}/people.csv`, definition: definition as ImportDefinitionInput, dryRun: true }, () => undefined)
    expect(lastAsked).toBe('/people.csv?sig=very-old')
  })
})
