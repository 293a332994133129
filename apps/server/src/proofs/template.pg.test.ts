import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openTestLongshore, type TestLongshore } from '../testing/open-test-longshore.ts'

vi.mock('../tasks/parser/run-parser.ts', async () => ({ runParser: (await import('../testing/parser-in-process.ts')).runParserHere }))

let longshore: TestLongshore

describe('import templates, written and read back', { concurrent: false }, () => {
  beforeAll(async () => { longshore = await openTestLongshore('template') })
  afterAll(() => longshore.close())

  it.each([['contacts', 'csv'], ['contacts', 'xlsx'], ['accounts', 'csv'], ['products', 'xlsx'], ['leads', 'csv'], ['boats', 'xlsx']] as const)('%s as %s: the example row is imported as it stands', async (object, format) => {
    if (object === 'boats') await longshore.changeSchema({ objects: [{ name: 'boats', singular: 'boat', nameField: 'name', referenceKey: 'name', matchKeys: ['name'], fields: [{ name: 'name', kind: 'text', required: true }, { name: 'built_on', kind: 'date' }, { name: 'owner_name', kind: 'text' }] }] })
    const file = join(longshore.folder, `${object}.${format}`)
    const { columns } = await longshore.template({ object, format, out: file })
    const { columns: mapped } = await longshore.map({ file, object })
    expect(mapped.map(({ field, applied }) => [field, applied])).toEqual(columns.map(({ path }) => [path, true]))
    const job = await longshore.import({ file, definition: { object, missingReference: object === 'accounts' ? 'error' : 'create' }, dryRun: false }, () => undefined)
    expect([job.counts.created, job.counts.failed, job.warnings]).toEqual([1, 0, 0])
    expect(job.leftOut).toEqual([])
  })
})
