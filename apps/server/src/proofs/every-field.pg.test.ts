import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Papa from 'papaparse'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { standardCatalog } from '@longshore/core'
import { filledRows } from '../testing/filled-rows.ts'
import { openTestLongshore, type TestLongshore } from '../testing/open-test-longshore.ts'
import { errorRows, readCsv } from '../testing/result-rows.ts'

vi.mock('../tasks/parser/run-parser.ts', async () => ({ runParser: (await import('../testing/parser-in-process.ts')).runParserHere }))

/** An object that is made while Longshore runs, with a field of every kind that a file can fill. */
const properties = {
  name: 'properties', singular: 'property', label: 'Property', pluralLabel: 'Properties',
  fields: [
    { name: 'name', kind: 'text', required: true }, { name: 'remarks', kind: 'long-text' }, { name: 'agent_email', kind: 'email' }, { name: 'agent_phone', kind: 'phone' }, { name: 'listing', kind: 'url' },
    { name: 'built', kind: 'date' }, { name: 'viewed_at', kind: 'date-time' }, { name: 'area', kind: 'number' }, { name: 'floors', kind: 'number', precision: { integerDigits: 9, decimals: 0 } },
    { name: 'price', kind: 'currency' }, { name: 'yield', kind: 'percent' }, { name: 'furnished', kind: 'boolean' }, { name: 'heating', kind: 'picklist', options: ['Gas', 'Oil', 'District'] },
    { name: 'features', kind: 'multi-select', options: ['Lift', 'Garden', 'Pool', 'Sauna'] }, { name: 'labels', kind: 'tags' },
    { name: 'seller', kind: 'reference', targets: ['contacts'] }, { name: 'agency', kind: 'reference', targets: ['accounts'] },
  ],
}
/** Fields that a standard object gets while Longshore runs. */
const custom = { name: 'contacts', fields: [{ name: 'shoe_size', kind: 'number' }, { name: 'hobbies', kind: 'multi-select', options: ['Chess', 'Go', 'Poker'] }, { name: 'mentor', kind: 'reference', targets: ['accounts'] }] }

let longshore: TestLongshore

describe('every field of every object', { concurrent: false }, () => {
  beforeAll(async () => {
    longshore = await openTestLongshore('every-field')
    await longshore.changeSchema({ objects: [properties, custom] })
  })
  afterAll(() => longshore.close())

  it.each([...standardCatalog().objects.map(({ name }) => name), 'properties'])('%s go in with all their fields, come out equal, and go in again as nothing to change', async (name) => {
    const catalog = await longshore.catalog()
    const object = catalog.objects.find((candidate) => candidate.name === name)
    if (!object) throw new Error(`there is no object ${name}`)
    const { paths, rows, exported } = filledRows(catalog, object)
    const job = await longshore.importText(`\uFEFF${Papa.unparse([paths, ...rows], { newline: '\r\n' })}\r\n`, { object: name, match: [['external_id']] })
    expect(errorRows(job).slice(0, 2)).toEqual([])
    expect([job.state, job.rows, job.counts.created]).toEqual(['done', rows.length, rows.length])

    const out = join(longshore.folder, `${name}.csv`)
    expect((await longshore.export({ object: name, fields: paths, where: [], format: 'csv', out, formulaGuard: false }, () => undefined)).rows).toBe(rows.length)
    expect(readCsv(out)).toEqual([paths, ...exported])

    const guarded = join(longshore.folder, `${name}-guarded.csv`)
    await longshore.export({ object: name, fields: paths, where: [], format: 'csv', out: guarded, formulaGuard: true }, () => undefined)
    expect(readCsv(guarded).flat().filter((cell) => /^[=+@-]/.test(cell) && !/^[+-]?[\d.]+$/.test(cell))).toEqual([])
    const again = await longshore.importText(readFileSync(guarded), { object: name, operation: 'upsert', match: [['external_id']], source: { formulaGuard: true } })
    expect([again.counts, await longshore.rows('SELECT 1 FROM org._change WHERE job = $1', [again.job])]).toMatchObject([{ skipped: rows.length, updated: 0, created: 0, failed: 0 }, []])

    const updated = await longshore.importText(Papa.unparse([paths, ...changed(paths, rows)]), { object: name, operation: 'upsert', match: [['external_id']] })
    expect(updated.counts).toMatchObject({ updated: rows.length, failed: 0 })
    const undone = await longshore.undo(updated.job, { everything: false }, () => undefined)
    expect(undone.counts.failed).toBe(0)
    await longshore.export({ object: name, fields: paths, where: [], format: 'csv', out, replace: true, formulaGuard: false }, () => undefined)
    expect(readCsv(out), 'undo of an update of all fields gives all of them back').toEqual([paths, ...exported])
  })

  it('amounts that bear a currency keep it beside them', async () => {
    await longshore.importText('Name,External ID,Annual Revenue\nCurrent,cur-1,"€1.234,50"\nOther,cur-2,USD 7\nPlain,cur-3,8\n', { object: 'accounts', columns: [{ header: 'Name', field: 'name' }] })
    expect(await longshore.rows(`SELECT annual_revenue::text AS amount, annual_revenue_currency AS code FROM org.accounts WHERE external_id LIKE 'cur-%' ORDER BY external_id`))
      .toEqual([{ amount: '1234.50', code: 'EUR' }, { amount: '7', code: 'USD' }, { amount: '8', code: null }])
  })

  it('another currency changes an amount, and an amount that names none keeps its currency', async () => {
    const upsert = (lines: string) => longshore.importText(`External ID,Annual Revenue\n${lines}`, { object: 'accounts', operation: 'upsert', match: [['external_id']] })
    const stored = () => longshore.rows(`SELECT annual_revenue::text AS amount, annual_revenue_currency AS code FROM org.accounts WHERE external_id LIKE 'cur-%' ORDER BY external_id`)
    const job = await upsert('cur-1,"USD 1,234.50"\ncur-2,9\ncur-3,8\n')
    expect([job.counts.updated, job.counts.skipped]).toEqual([2, 1])
    expect(await stored()).toEqual([{ amount: '1234.50', code: 'USD' }, { amount: '9', code: 'USD' }, { amount: '8', code: null }])
    await longshore.undo(job.job, { everything: false }, () => undefined)
    expect(await stored()).toEqual([{ amount: '1234.50', code: 'EUR' }, { amount: '7', code: 'USD' }, { amount: '8', code: null }])
  })

  it('a reference to the same object finds a record that exists', async () => {
    const columns = [{ header: 'Name', field: 'name' }, { header: 'Parent', field: 'parent_account.name' }]
    const job = await longshore.importText('Name,Parent\nCurrent South,Current\nCurrent North,current\nCurrent West,Nobody\n', { object: 'accounts', columns })
    expect(job.counts).toMatchObject({ created: 2, failed: 1 })
    expect(await longshore.rows(`SELECT p.name FROM org.accounts a JOIN org.accounts p ON p.id = a.parent_account WHERE a.name LIKE 'Current %'`)).toEqual([{ name: 'Current' }, { name: 'Current' }])
  })

  it('a deal without a pipeline is in the default one, and a stage of no pipeline names the nearest', async () => {
    const job = await longshore.importText('Name,Stage,External ID\nOne,closed won,st-1\nTwo,Negotiaton,st-2\n', { object: 'deals', columns: [{ header: 'Name', field: 'name' }] })
    expect(job.counts).toMatchObject({ created: 1, failed: 1 })
    expect(errorRows(job)).toMatchObject([{ row: 3, fields: ['stage'], codes: ['stage.not-in-pipeline'], message: expect.stringContaining('the nearest is "Negotiation"') }])
  })
})

/** The rows with every second value taken from a neighbour, so that nearly every field changes. */
function changed(paths: readonly string[], rows: readonly string[][]): string[][] {
  return rows.map((cells, i) => cells.map((cell, c) => (paths[c] === 'external_id' ? cell : rows[(i + 1) % rows.length]?.[c] ?? cell)))
}
