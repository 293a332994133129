import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { mergeRules, type ImportDefinitionInput } from '@longshore/core'
import { openTestLongshore, type TestLongshore } from '../testing/open-test-longshore.ts'

vi.mock('../tasks/parser/run-parser.ts', async () => ({ runParser: (await import('../testing/parser-in-process.ts')).runParserHere }))

let longshore: TestLongshore
const header = 'Last Name,Email,Job Title,Tags,Description,Company,Phone,Last Modified\n'
const before = `${header}Lovelace,ada@example.com,CEO,a; b,Met.,Acme,+44 20 7946 0958,2025-02-01\nHopper,grace@example.com,,,,,,2025-02-01\nTwin,twin@example.com,,,,Acme,,\nTwin,twin@example.com,,x,,,,\n`
const file = `${header}King,ada@example.com,CFO,B; c,Called.,Globex,+1 212 555 0123,2025-03-01\nMurray,grace@example.com,Admiral,d,Wrote.,Acme,,2025-01-01\nKing,ADA@example.com,CTO,e,Again.,Initech,,2025-04-01\nNew,new@example.com,Fellow,f,First.,Initech,,\nTwo,twin@example.com,T,t,t,,,2025-05-01\n`

const ways: Pick<ImportDefinitionInput, 'operation' | 'onDuplicate' | 'onSeveral'>[] = [
  ...(['skip', 'update', 'update-if-newer', 'create', 'flag'] as const).map((onDuplicate) => ({ operation: 'insert' as const, onDuplicate })),
  { operation: 'update' }, { operation: 'update', onSeveral: 'newest' }, { operation: 'upsert' }, { operation: 'upsert', onSeveral: 'flag' }, { operation: 'delete', onSeveral: 'oldest' },
]
/** Everything of all records, and of the pairs that wait. */
const state = async () => [await longshore.rows('SELECT * FROM org.contacts WHERE deleted_at IS NULL ORDER BY id'), await longshore.rows('SELECT * FROM org.accounts WHERE deleted_at IS NULL ORDER BY id'), await longshore.reviews({ limit: 100 })]

describe('undo gives back what was, to the last column, whatever the import did', () => {
  beforeAll(async () => { longshore = await openTestLongshore('undo-matrix') })
  afterAll(() => longshore.close())
  beforeEach(() => longshore.rows('TRUNCATE org.contacts, org.accounts, org._change, org._review'))

  describe.each(ways)('%j', (way) => {
    it.each(mergeRules)('%s', async (rule) => {
      const columns: ImportDefinitionInput['columns'] = [{ header: 'Company', field: 'account.name' }]
      await longshore.importText(before, { object: 'contacts', missingReference: 'create', columns })
      const was = await state()
      // append is for lists and long texts; all other fields then take what is newer
      const merge = Object.fromEntries(['last_name', 'title', 'phone', 'tags', 'description'].map((field) => [field, rule === 'append' && !['tags', 'description'].includes(field) ? 'if-newer' as const : rule]))
      const job = await longshore.importText(file, { object: 'contacts', match: [['email']], missingReference: 'create', columns, merge, ...way })
      const undo = await longshore.undo(job.job, { everything: false }, () => undefined)
      expect([undo.state, undo.kept, undo.counts.failed, await state()]).toEqual(['done', 0, 0, was])
    })
  })
})
