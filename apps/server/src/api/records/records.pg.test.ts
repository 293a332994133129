import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openTestApi } from '../../testing/open-test-api.ts'
import type { TestApi } from '../../testing/open-test-api.ts'

vi.mock('../../tasks/parser/run-parser.ts', async () => ({ runParser: (await import('../../testing/parser-in-process.ts')).runParserHere }))

let api: TestApi
beforeAll(async () => {
  api = await openTestApi('records')
  await api.longshore.importText(`Last Name,E-mail,Title,Country\n${Array.from({ length: 25 }, (_, i) => `Name${String(i).padStart(2, '0')},n${i}@example.com,${i % 5 === 0 ? '' : `Title ${i % 3}`},${i % 2 ? 'DE' : 'FR'}`).join('\n')}\n`, { object: 'contacts', columns: [{ header: 'Country', field: 'mailing_country' }] })
})
afterAll(() => api.close())

interface Page { items: { id: string; values: Record<string, string | null> }[]; next: string | null; count: { records: number; exact: boolean } | null }
const list = async (query: string): Promise<Page> => (await api.ask(null, 'GET', `/v1/objects/contacts/records?${query}`)).json as unknown as Page
const pages = async (query: string): Promise<Page['items']> => {
  const items: Page['items'] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: Page = await list(`${query}&limit=4${cursor === '' ? '' : `&cursor=${cursor}`}`)
    items.push(...page.items)
    cursor = page.next
  }
  return items
}

describe('a list of records', () => {
  it.each([['shoe', 'unknown-field'], ['-shoe', 'unknown-field'], ['description', 'sort-invalid']])('by %s are refused, naming the sort', async (sort, code) => {
    const { status, json } = await api.ask(null, 'GET', `/v1/objects/contacts/records?sort=${sort}`)
    expect([status, json['code'], json['path']]).toEqual([400, code, 'sort'])
  })

  it.each(['last_name', '-last_name', 'title', '-title', 'created_at', '-id', 'id', 'mailing_country', 'account.name'])('sorted by %s has each record once, pages and all, records without a value last', async (sort) => {
    const items = await pages(`sort=${sort}&fields=last_name,title,mailing_country,account.name`)
    expect(new Set(items.map(({ id }) => id)).size).toBe(25)
    expect(items.length).toBe(25)
    const values = items.map((item) => item.values[sort.replace('-', '')] ?? null).filter((value) => value !== null)
    const sorted = [...values].sort()
    if (values.length > 0) expect(values).toEqual(sort.startsWith('-') ? sorted.reverse() : sorted)
    const first = items.findIndex((item) => item.values['title'] === null)
    if (sort.endsWith('title')) expect(items.slice(first).every((item) => item.values['title'] === null)).toBe(true)
  })

  it('takes filters that must all hold, and counts what they find', async () => {
    const { items, count } = await list('where=mailing_country%20%3D%20DE&where=title%20is-not-empty&count=true&limit=200&fields=title')
    expect([items.length, count]).toEqual([10, { records: 10, exact: true }])
  })

  it.each([
    ['where=colour%20%3D%20red', 'unknown-field'], ['where=nonsense', 'where-invalid'], ['sort=tags', 'sort-invalid'], ['sort=colour', 'unknown-field'], ['cursor=abc', 'request.cursor'], ['limit=201', 'request.invalid'],
    ['fields=id%3B%20DROP', 'unknown-field'], ['sort=id)%3B--', 'unknown-field'],
  ])('refuses %s in words', async (query, code) => {
    expect((await api.ask(null, 'GET', `/v1/objects/contacts/records?${query}`)).json).toMatchObject({ status: 400, code })
  })

  it('takes no cursor of another order', async () => {
    const { next } = await list('sort=last_name&limit=2')
    expect((await api.ask(null, 'GET', `/v1/objects/contacts/records?sort=-last_name&cursor=${next}`)).json).toMatchObject({ code: 'request.cursor' })
  })
})

describe('one record', () => {
  it('is edited unless somebody else was faster, deleted, restored, and its history tells all of it', async () => {
    const { items: [first] } = await list('where=last_name%20%3D%20Name03')
    const url = `/v1/objects/contact/records/${first?.id}`
    const version = String(first?.values['updated_at'])
    const edited = await api.ask(null, 'PATCH', url, { body: { values: { title: 'Chief', phone: '(415) 555-0132' }, version } })
    expect(edited.json).toMatchObject({ id: first?.id, values: { title: 'Chief', phone: '+14155550132' } })
    expect((await api.ask(null, 'PATCH', url, { body: { values: { title: 'Late' }, version } })).json).toMatchObject({ status: 409, code: 'record.changed' })
    expect((await api.ask(null, 'PATCH', url, { body: { values: { created_at: '2020-01-01' } } })).json).toMatchObject({ status: 400, code: 'unknown-field' })
    expect((await api.ask(null, 'PATCH', url, { body: { values: { email: 'no address' } } })).json).toMatchObject({ status: 400, code: 'value-invalid', detail: expect.stringContaining('found "no address"') as string })
    expect((await api.ask(null, 'PATCH', url, { body: { values: { last_name: ' ' } } })).json).toMatchObject({ status: 400, code: 'value-invalid', path: 'values.last_name' })
    expect((await api.ask(null, 'DELETE', url)).status).toBe(204)
    expect((await api.ask(null, 'GET', url)).json).toMatchObject({ status: 404, code: 'record.missing' })
    expect((await api.ask(null, 'DELETE', url)).status).toBe(404)
    expect((await api.ask(null, 'GET', '/v1/bin?object=contacts')).json).toMatchObject({ records: [{ object: 'contacts', record: first?.id }] })
    expect((await api.ask(null, 'POST', `${url}/restore`, { body: {} })).json).toMatchObject({ values: { title: 'Chief' } })
    const { items: history } = (await api.ask(null, 'GET', `${url}/history`)).json as { items: { kind: string; before: Record<string, unknown>; after: Record<string, unknown> }[] }
    expect(history.map(({ kind }) => kind)).toEqual(['restore', 'delete', 'update'])
    expect(history[2]).toMatchObject({ before: { title: first?.values['title'] }, after: { title: 'Chief' } })
  })
})

describe('the bin', () => {
  it('gives each deleted record once, page by page, also of those that one job deleted in one moment', async () => {
    const { job } = await api.longshore.importText(`Last Name,Company\n${Array.from({ length: 7 }, (_, i) => `Binned${i},Gone${i}`).join('\n')}\n`, { object: 'contacts', missingReference: 'create' })
    await api.longshore.undo(job, { everything: false }, () => undefined)
    const { records: all } = await api.longshore.bin({ limit: 10_000 })
    interface Page { records: { object: string; record: string }[]; next: string | null; counts: Record<string, number> | null }
    const walk = async (query: string): Promise<Page[]> => {
      const pages: Page[] = []
      for (let cursor = ''; pages.length < 50;) {
        const page = (await api.ask(null, 'GET', `/v1/bin?limit=3${query}${cursor}`)).json as unknown as Page
        pages.push(page)
        if (page.next === null) break
        cursor = `&cursor=${page.next}`
      }
      return pages
    }
    const pages = await walk('')
    expect(pages.flatMap(({ records }) => records)).toEqual(all)
    expect(new Set(all.map(({ object, record }) => object + record)).size).toBe(all.length)
    expect(all.length).toBeGreaterThanOrEqual(14)
    expect(pages[0]?.counts).toEqual(Object.fromEntries([...Map.groupBy(all, ({ object }) => object)].map(([object, of]) => [object, of.length])))
    expect(pages.slice(1).every(({ counts }) => counts === null)).toBe(true)
    expect((await walk('&object=accounts')).flatMap(({ records }) => records)).toEqual(all.filter(({ object }) => object === 'accounts'))
    expect((await api.ask(null, 'GET', '/v1/bin?cursor=none')).json).toMatchObject({ status: 400, code: 'request.cursor' })
  })
})

describe('lists and what is kept beside a value', () => {
  it('read as they are typed, everywhere, and an edit of what was read adds to it', async () => {
    const { job } = await api.longshore.importText('Last Name,Tags,Phone\nTagged,vip;beta,(415) 555-0132\n', { object: 'contacts' })
    const { items: [tagged] } = await list('where=last_name%20%3D%20Tagged&fields=tags,phone,phone_source')
    expect(tagged?.values).toEqual({ tags: 'vip; beta', phone: '+14155550132', phone_source: '(415) 555-0132' })
    const url = `/v1/objects/contacts/records/${tagged?.id}`
    const edited = await api.ask(null, 'PATCH', url, { body: { values: { tags: `${tagged?.values['tags']}; gold`, phone: '415-555-0133' } } })
    expect(edited.json).toMatchObject({ values: { tags: 'vip; beta; gold', phone: '+14155550133', phone_source: '415-555-0133' } })
    expect((await api.ask(null, 'PATCH', url, { body: { values: { phone: null } } })).json).toMatchObject({ values: { phone: null, phone_source: null } })
    expect((await api.ask(null, 'GET', `${url}/history`)).json).toMatchObject({ items: [{}, { before: { tags: 'vip; beta' }, after: { tags: 'vip; beta; gold' } }] })
    const planned = await api.longshore.importText(`id,Tags\n${tagged?.id},new|gold\n`, { object: 'contacts', operation: 'update', match: [['id']], merge: { tags: 'append' } }, { dryRun: true })
    expect([planned.preview?.firstRows[0]?.values['tags'], planned.preview?.diffs[0]?.fields['tags']]).toEqual(['vip; beta; gold; new', { from: 'vip; beta; gold', to: 'vip; beta; gold; new' }])
    expect((await api.ask(null, 'GET', `/v1/jobs/${planned.job}/rows?limit=1`)).json).toMatchObject({ rows: [{ plan: { changes: { tags: { from: 'vip; beta; gold', to: 'vip; beta; gold; new' } } } }] })
    const flagged = await api.longshore.importText('Last Name,Phone,Tags\nOther,(415) 555-0144,a;b\nOther,(415) 555-0144,c;d\n', { object: 'contacts', onDuplicate: 'flag', match: [['phone']] })
    expect((await api.ask(null, 'GET', '/v1/reviews')).json).toMatchObject({ reviews: [{ job: flagged.job, record: { values: { tags: 'c; d' } }, other: { values: { tags: 'a; b' } } }] })
    expect(job).toBeGreaterThan(0)
  })
})

describe('links between records', () => {
  it('are told at both ends, with names, and a reference is set by hand to a record that is there', async () => {
    const { job } = await api.longshore.importText('Last Name,Company\nLinked,Acme\nOther,Globex\n', { object: 'contacts', missingReference: 'create' })
    const [linked] = (await list('where=last_name%20%3D%20Linked')).items
    const url = `/v1/objects/contacts/records/${linked?.id}`
    const globex = (await api.longshore.rows<{ id: string }>(`SELECT id::text FROM org.accounts WHERE name = 'Globex'`))[0]?.id ?? ''
    const { links: [acme] } = (await api.ask(null, 'GET', url)).json as { links: { id: string }[] }
    expect((await api.ask(null, 'GET', url)).json).toMatchObject({ links: [{ field: 'account', object: 'accounts', name: 'Acme' }], madeBy: { job, row: 2 } })
    await api.longshore.importText('Title,Related To,Related Type\nMinutes,Acme,Account\n', { object: 'notes', columns: [{ header: 'Related To', field: 'related_to' }, { header: 'Related Type', field: 'related_to.object' }] })
    expect((await api.ask(null, 'GET', `/v1/objects/accounts/records/${acme?.id}/related`)).json).toMatchObject({ related: expect.arrayContaining([{ object: 'contacts', field: 'account', records: [{ id: linked?.id, name: 'Linked' }], more: false }, { object: 'notes', field: 'related_to', records: [expect.objectContaining({ name: 'Minutes' })], more: false }]) as unknown, associations: [] })
    expect((await api.ask(null, 'PATCH', url, { body: { values: { account: globex } } })).json).toMatchObject({ links: [{ field: 'account', id: globex, name: 'Globex' }], values: { 'account.name': 'Globex' } })
    expect((await api.ask(null, 'GET', `${url}/history`)).json).toMatchObject({ items: [{ before: { account: acme?.id }, after: { account: globex }, byName: expect.any(String) as unknown }], names: { [acme?.id ?? '']: 'Acme', [globex]: 'Globex' } })
    expect((await api.ask(null, 'PATCH', url, { body: { values: { account: linked?.id ?? '' } } })).json).toMatchObject({ status: 400, code: 'value-invalid', path: 'values.account' })
    for (const wrong of ['abc', '-1', '9999999999999999999']) expect((await api.ask(null, 'PATCH', url, { body: { values: { account: wrong } } })).json).toMatchObject({ status: 400, code: 'value-invalid', path: 'values.account' })
    expect((await api.ask(null, 'GET', '/v1/objects/contacts/records/9999999999999999999/history')).status).toBe(400)
    expect((await api.ask(null, 'PATCH', url, { body: { values: { account: null } } })).json).toMatchObject({ links: [] })
  })

  it('put no account below itself by hand', async () => {
    await api.longshore.importText('Account Name,Parent Account\nTop,\nBelow,Top\n', { object: 'accounts' })
    const ids = Object.fromEntries((await api.longshore.rows<{ name: string; id: string }>(`SELECT name, id::text FROM org.accounts WHERE name IN ('Top', 'Below')`)).map(({ name, id }) => [name, id]))
    for (const parent of [ids['Below'], ids['Top']]) expect((await api.ask(null, 'PATCH', `/v1/objects/accounts/records/${ids['Top']}`, { body: { values: { parent_account: parent } } })).json).toMatchObject({ status: 400, code: 'value-invalid', path: 'values.parent_account' })
    expect((await api.ask(null, 'GET', `/v1/objects/accounts/records/${ids['Below']}`)).json).toMatchObject({ links: [{ field: 'parent_account', name: 'Top' }] })
  })
})

describe('starting', () => {
  it('under one Idempotency-Key makes one job, also twice at once, and refuses another request under it', async () => {
    const { id } = await api.longshore.uploads.take('more.csv', (async function* () { yield Buffer.from('Last Name\nKing\n') })())
    const start = (object: string, key = 'start-1') => api.ask(null, 'POST', '/v1/imports', { body: { file: { upload: id, name: 'more.csv' }, definition: { object }, dryRun: true }, headers: { 'idempotency-key': key } })
    const answers = await Promise.all([start('contacts'), start('contacts'), start('contacts')])
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202])
    expect(new Set([...answers, await start('contacts')].map(({ json }) => json['job'])).size).toBe(1)
    expect((await start('leads')).json).toMatchObject({ status: 409, code: 'request.key-reused' })
    expect((await start('contacts', 'start-2')).json['job']).not.toBe(answers[0]?.json['job'])
    expect((await start('contacts', 'a key with blanks')).json).toMatchObject({ status: 400, code: 'request.key' })
  })

  it('an apply answers at once, and the undo of it can be looked at and begun', async () => {
    const planned = await api.longshore.importText('Last Name\nMoss\n', { object: 'contacts' }, { dryRun: true })
    const url = `/v1/jobs/${planned.job}`
    expect((await api.ask(null, 'POST', `${url}/apply`, { body: {} })).status).toBe(202)
    await expect.poll(async () => (await api.ask(null, 'GET', url)).json['state'], { timeout: 50_000 }).toBe('done')
    expect((await api.ask(null, 'POST', `${url}/apply`, { body: {} })).json).toMatchObject({ status: 409, code: 'job.state' })
    expect((await api.ask(null, 'GET', `${url}/undo`)).json).toMatchObject({ binned: 1, keptCount: 0 })
    const undo = await api.ask(null, 'POST', `${url}/undo`, { body: { everything: false } })
    expect([undo.status, undo.json['undoes']]).toEqual([202, planned.job])
    await expect.poll(async () => (await api.ask(null, 'GET', url)).json['state'], { timeout: 50_000 }).toBe('undone')
  })
})
