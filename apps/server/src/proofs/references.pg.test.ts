import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ImportDefinitionInput } from '@longshore/core'
import { openTestLongshore, type TestLongshore } from '../testing/open-test-longshore.ts'
import type { Progress } from '../longshore.ts'
import { errorRows, resultRows } from '../testing/result-rows.ts'

vi.mock('../tasks/parser/run-parser.ts', async () => ({ runParser: (await import('../testing/parser-in-process.ts')).runParserHere }))

let longshore: TestLongshore
const linked = () => longshore.rows('SELECT c.last_name AS person, a.name AS account FROM org.contacts c LEFT JOIN org.accounts a ON a.id = c.account ORDER BY c.id')
const accounts = () => longshore.rows('SELECT name, external_id, billing_city FROM org.accounts ORDER BY id')
const people = (...lines: string[]): string => `Last Name,Company,Account External ID,Account City\n${lines.join('\n')}\n`
const described: ImportDefinitionInput = { object: 'contacts', columns: [{ header: 'Account External ID', field: 'account.external_id' }, { header: 'Account City', field: 'account.billing_city' }] }

describe('columns that describe a referenced record', () => {
  beforeAll(async () => {
    longshore = await openTestLongshore('references')
    await longshore.changeSchema({ objects: [{ name: 'contacts', fields: [{ name: 'former_employer', kind: 'reference', targets: ['accounts'] }] }] })
  })
  afterAll(() => longshore.close())
  beforeEach(async () => {
    await longshore.rows('TRUNCATE org.contacts, org.accounts')
    await longshore.importText('Account Name,External ID\nAcme,A-1\nGlobex,G-1\nTwin,T-1\ntwin,T-2\n', { object: 'accounts' })
  })

  it('find it by its external id where a row has one, else by its name', async () => {
    const job = await longshore.importText(people('One,Acme,,', 'Two,,G-1,', 'Three,Twin,T-2,', 'Four,,,', 'Five,Twin,,', 'Six,,X-9,'), described)
    expect(errorRows(job).map(({ row, codes, fields }) => [row, codes, fields])).toEqual([[6, ['reference.ambiguous'], ['account.name']], [7, ['reference.missing'], ['account.external_id']]])
    expect(errorRows(job)[0]?.message).toMatch(/2 accounts with Account name "Twin" \(ids \d+, \d+\)/)
    expect(await linked()).toEqual([{ person: 'One', account: 'Acme' }, { person: 'Two', account: 'Globex' }, { person: 'Three', account: 'twin' }, { person: 'Four', account: null }])
  })

  it('make it with all of them, once, from the first row that names it and is itself written', async () => {
    const job = await longshore.importText(people('One,Initech,I-1,Austin', ',Hooli,H-1,Nowhere', 'Two,Initech,I-1,Dallas', 'Three,Hooli,H-1,Palo Alto'), { ...described, missingReference: 'create' })
    expect(job.counts).toMatchObject({ created: 3, failed: 1 })
    expect(job.related).toEqual({ accounts: 2 })
    expect((await accounts()).slice(4)).toEqual([{ name: 'Initech', external_id: 'I-1', billing_city: 'Austin' }, { name: 'Hooli', external_id: 'H-1', billing_city: 'Palo Alto' }])
    expect(await linked()).toEqual([{ person: 'One', account: 'Initech' }, { person: 'Two', account: 'Initech' }, { person: 'Three', account: 'Hooli' }])
  })

  it('need what an account needs of rows that make it alone, not of those that find one', async () => {
    const job = await longshore.importText(people('One,,G-1,Rome', 'Two,,N-1,Oslo', 'Three,Newco,N-2,'), { ...described, missingReference: 'create' })
    expect(errorRows(job).map(({ row, codes, fields }) => [row, codes, fields])).toEqual([[3, ['required.missing'], ['account.name']]])
    expect(await linked()).toEqual([{ person: 'One', account: 'Globex' }, { person: 'Three', account: 'Newco' }])
  })

  it('two names for one account are one account, and another legal form is another one', async () => {
    const job = await longshore.importText('Last Name,Company\nOne,Stark Inc.\nTwo,"STARK, INC"\nThree,Stark GmbH\n', { object: 'contacts', missingReference: 'create' })
    expect(job.related).toEqual({ accounts: 2 })
    expect(await linked()).toEqual([{ person: 'One', account: 'Stark Inc.' }, { person: 'Two', account: 'Stark Inc.' }, { person: 'Three', account: 'Stark GmbH' }])
  })

  it('that are left blank on purpose say so, row by row', async () => {
    const job = await longshore.importText('Last Name,Company\nOne,Nobody\nTwo,Acme\n', { object: 'contacts', missingReference: 'blank' })
    expect([job.counts.created, job.warnings]).toEqual([2, 1])
    expect(await longshore.rows('SELECT row_number::integer AS row, code, message FROM org._issue WHERE job = $1', [job.job]))
      .toEqual([{ row: 2, code: 'reference.blanked', message: expect.stringContaining('there is no account with Account name "Nobody". The reference was left empty.') }])
    expect(resultRows(job).map(({ outcome }) => outcome)).toEqual(['created', 'created'])
  })

  it('that find nothing name the nearest existing key', async () => {
    const job = await longshore.importText(people('One,Acmee,,', 'Two,,G-2,', 'Three,Umbrella,,'), described)
    expect(errorRows(job).map(({ message }) => message)).toEqual([
      expect.stringContaining('there is no account with Account name "Acmee", the nearest is "Acme".'),
      expect.stringContaining('there is no account with External ID "G-2", the nearest is "G-1".'),
      expect.stringContaining('there is no account with Account name "Umbrella".'),
    ])
  })

  it('two references of one row to the same new account are one account', async () => {
    const definition: ImportDefinitionInput = { object: 'contacts', missingReference: 'create', columns: [{ header: 'Before', field: 'former_employer.name' }] }
    const job = await longshore.importText('Last Name,Company,Before\nOne,Wayne,Umbrella\nTwo,Umbrella,Wayne\nThree,Soylent,Soylent\n', definition)
    expect(job.related).toEqual({ accounts: 3 })
    expect((await accounts()).length).toBe(4 + 3)
    expect(await longshore.rows('SELECT a.name AS account, f.name AS former FROM org.contacts c JOIN org.accounts a ON a.id = c.account JOIN org.accounts f ON f.id = c.former_employer ORDER BY c.id'))
      .toEqual([{ account: 'Wayne', former: 'Umbrella' }, { account: 'Umbrella', former: 'Wayne' }, { account: 'Soylent', former: 'Soylent' }])
  })

  it('of a cancelled import are there for every link that was written', async () => {
    Object.assign(process.env, { LONGSHORE_CHUNK_ROWS: '1', LONGSHORE_APPLY_CONNECTIONS: '1' })
    try {
      const stopping = new AbortController()
      const watch = ({ phase, done }: Progress): void => { if (phase === 'applying' && done > 1) stopping.abort() }
      // the last row is written with the first: both are about ada
      const text = 'Last Name,Email,Company\nOne,ada@example.com,\nTwo,bob@example.com,Initech\nThree,ADA@example.com,Initech\n'
      const paused = await longshore.importText(text, { object: 'contacts', operation: 'upsert', match: [['email']], missingReference: 'create' }, { watch, signal: stopping.signal })
      expect(paused.state).toBe('paused')
      const job = await longshore.cancel(paused.job)
      expect(job.counts).toMatchObject({ created: 1, updated: 1, excluded: 1 })
      expect(job.related).toEqual({ accounts: 1 })
      expect(await linked()).toEqual([{ person: 'Three', account: 'Initech' }])
    } finally {
      delete process.env['LONGSHORE_CHUNK_ROWS']
      delete process.env['LONGSHORE_APPLY_CONNECTIONS']
    }
  })

  it('take a link away by an empty cell where the column says so and the rule lets it; undo links again', async () => {
    const file = 'Email,Last Name,Company,Last Modified\none@example.com,One,Acme,2025-02-01\ntwo@example.com,Two,Globex,2025-02-01\n'
    await longshore.importText(file, { object: 'contacts' })
    const before = await linked()
    const upsert = (more: object): ImportDefinitionInput => ({ object: 'contacts', operation: 'upsert', match: [['email']], columns: [{ header: 'Company', field: 'account.name', blankClears: true, ...more }] })
    const blank = 'Email,Last Name,Company,Last Modified\none@example.com,One,,2025-01-01\ntwo@example.com,Two,Globex,2025-02-01\nnew@example.com,New,,2025-01-01\n'
    for (const merge of ['never', 'if-empty', 'if-newer'] as const) expect([(await longshore.importText(blank.split('\n').slice(0, 3).join('\n'), { ...upsert({ merge }), columns: [...upsert({ merge }).columns ?? [], { header: 'Last Modified', field: 'updated_at', merge: 'never' }] })).counts.updated, await linked()]).toEqual([0, before])
    const planned = await longshore.importText(blank, upsert({}), { dryRun: true })
    expect(planned.preview?.diffs[0]?.fields).toMatchObject({ account: { from: expect.stringMatching(/^\d+$/), fromName: 'Acme', to: null, toName: null } })
    const job = await longshore.apply(planned.job, () => undefined)
    expect([job.counts.updated, job.counts.created, await linked()]).toEqual([1, 1, [{ person: 'One', account: null }, { person: 'Two', account: 'Globex' }, { person: 'New', account: null }]])
    expect((await longshore.undo(job.job, { everything: false }, () => undefined)).kept).toBe(0)
    expect((await linked()).slice(0, 2)).toEqual(before)
  })

  it('keep a link from an empty cell in a row that names its account in another column', async () => {
    await longshore.importText('Email,Last Name,Company\none@example.com,One,Acme\n', { object: 'contacts' })
    const definition: ImportDefinitionInput = { object: 'contacts', operation: 'update', match: [['email']], columns: [{ header: 'Company', field: 'account.name', blankClears: true }, { header: 'Number', field: 'account.external_id' }] }
    expect([(await longshore.importText('Email,Company,Number\none@example.com,,G-1\n', definition)).counts.updated, await linked()]).toEqual([1, [{ person: 'One', account: 'Globex' }]])
    await longshore.importText('Email,Company,Number\none@example.com,,\n', definition)
    expect(await linked()).toEqual([{ person: 'One', account: null }])
  })

  it('are not made by a default alone: it says what a new one is like, not that there is one', async () => {
    const job = await longshore.importText('Last Name,Company\nOne,Initech\nTwo,\n', { object: 'contacts', missingReference: 'create', defaults: { 'account.industry': 'Technology' } })
    expect([job.counts.created, job.related, await linked()]).toEqual([2, { accounts: 1 }, [{ person: 'One', account: 'Initech' }, { person: 'Two', account: null }]])
  })
})

describe('references to rows of the same file', () => {
  beforeAll(async () => { longshore = await openTestLongshore('file-references') })
  afterAll(() => longshore.close())
  beforeEach(() => longshore.rows('TRUNCATE org.accounts, org._change'))

  const tree = (...lines: string[]): string => `Account Name,Parent,External ID\n${lines.join('\n')}\n`
  const accountsWith = (more: Partial<ImportDefinitionInput> = {}): ImportDefinitionInput => ({ object: 'accounts', columns: [{ header: 'Parent', field: 'parent_account.name' }], ...more })
  const parents = async () => Object.fromEntries((await longshore.rows<{ name: string; parent: string | null }>(
    'SELECT a.name, p.name AS parent FROM org.accounts a LEFT JOIN org.accounts p ON p.id = a.parent_account AND p.deleted_at IS NULL WHERE a.deleted_at IS NULL ORDER BY a.id')).map(({ name, parent }) => [name, parent]))

  it('find their parent further down or further up, and in the store', async () => {
    await longshore.importText('Account Name\nOld\n', { object: 'accounts' })
    const job = await longshore.importText(tree('Leaf,Branch,', 'Branch,"ROOT, INC",', 'Root Inc.,Old,', 'Other,branch,'), accountsWith({ match: [['name']] }))
    expect([job.counts.created, job.counts.failed]).toEqual([4, 0])
    expect(await parents()).toEqual({ Old: null, Leaf: 'Branch', Branch: 'Root Inc.', 'Root Inc.': 'Old', Other: 'Branch' })
    const undo = await longshore.undo(job.job, { everything: false }, () => undefined)
    expect([undo.kept, await parents()]).toEqual([0, { Old: null }])
  })

  it('mean the record that the row ends with, not the row', async () => {
    await longshore.importText('Account Name,External ID\nFormer Name,A-1\n', { object: 'accounts' })
    const job = await longshore.importText(tree('Child,New Name,A-2', 'New Name,,A-1'), accountsWith({ operation: 'upsert', match: [['external_id']] }))
    expect(job.counts).toMatchObject({ created: 1, updated: 1 })
    expect(await parents()).toEqual({ 'New Name': null, Child: 'New Name' })
  })

  it('fail with the row that they mean, and so do those that refer to them', async () => {
    const job = await longshore.importText('Account Name,Parent,Employees\nLeaf,Branch,\nBranch,Root,\nRoot,,many\nAlone,,\n', accountsWith({ match: [['name']] }))
    expect(resultRows(job).map(({ outcome }) => outcome)).toEqual(['failed', 'failed', 'failed', 'created'])
    expect(errorRows(job).map(({ row, codes }) => [row, codes])).toEqual([[2, ['reference.missing']], [3, ['reference.missing']], [4, ['type.number']]])
  })

  it('in a circle are refused row by row; what hangs on them finds no parent', async () => {
    const job = await longshore.importText(tree('A,B,', 'B,C,', 'C,A,', 'Self,Self,', 'D,A,', 'E,,'), accountsWith())
    expect(errorRows(job).map(({ row, codes }) => [row, codes])).toEqual([[2, ['reference.cycle']], [3, ['reference.cycle']], [4, ['reference.cycle']], [5, ['reference.cycle']], [6, ['reference.missing']]])
    expect(await parents()).toEqual({ E: null })
  })

  it('of two rows with one name are ambiguous', async () => {
    const job = await longshore.importText(tree('Child,Twin,', 'Twin,,', 'twin,,'), accountsWith({ onDuplicate: 'create' }))
    expect(errorRows(job).map(({ row, codes }) => [row, codes])).toEqual([[2, ['reference.ambiguous']]])
  })

  it('of rows that are one record mean that record', async () => {
    const job = await longshore.importText(tree('Child,Twin,', 'Twin,,', 'twin,,'), accountsWith({ match: [['name']] }))
    expect([resultRows(job).map(({ outcome }) => outcome), await parents()]).toEqual([['created', 'created', 'skipped'], { Child: 'Twin', Twin: null }])
  })

  it('in a circle that shows once another row has failed are refused, too', async () => {
    const job = await longshore.importText(tree('A,Nobody,', 'A,B,', 'B,A,'), accountsWith({ match: [['name']] }))
    expect(errorRows(job).map(({ row, codes }) => [row, codes])).toEqual([[2, ['reference.missing']], [3, ['reference.cycle']], [4, ['reference.cycle']]])
  })

  it('stay empty on purpose where the row does not end well', async () => {
    const job = await longshore.importText('Account Name,Parent,Employees\nLeaf,Root,\nRoot,,many\n', accountsWith({ missingReference: 'blank' }))
    expect([job.counts.created, job.warnings, await parents()]).toEqual([1, 1, { Leaf: null }])
  })

  it('make a parent that no row of the file makes, once, and no second one of a row that does', async () => {
    await longshore.importText('Account Name\nOld\n', { object: 'accounts' })
    const before = await longshore.rows('SELECT * FROM org.accounts')
    const create = accountsWith({ match: [['name']], missingReference: 'create' })
    const job = await longshore.importText(tree('Leaf,Branch,', 'Branch,Root,', 'Twig,ROOT,', 'Other,Old,', 'Later,Leaf,'), create)
    expect([job.counts.created, job.related, await parents()]).toEqual([5, { accounts: 1 }, { Old: null, Leaf: 'Branch', Branch: 'Root', Twig: 'Root', Other: 'Old', Later: 'Leaf', Root: null }])
    const again = await longshore.importText(tree('Leaf,Branch,', 'Branch,Root,', 'Root,,'), { ...create, operation: 'upsert' })
    expect([again.counts.skipped, again.related]).toEqual([3, { accounts: 0 }])
    await longshore.undo(job.job, { everything: false }, () => undefined)
    expect(await longshore.rows('SELECT * FROM org.accounts WHERE deleted_at IS NULL')).toEqual(before)
  })

  it('make the parent whose own row fails, so that it is there when that row is corrected', async () => {
    const create = accountsWith({ operation: 'upsert', match: [['name']], missingReference: 'create' })
    const job = await longshore.importText('Account Name,Parent,Employees\nLeaf,Branch,\nBranch,Root,many\n', create)
    expect([resultRows(job).map(({ outcome }) => outcome), job.related, await parents()]).toEqual([['created', 'failed'], { accounts: 1 }, { Leaf: 'Branch', Branch: null }])
    const corrected = await longshore.importText('Account Name,Parent,Employees\nBranch,Root,5\n', create)
    expect([corrected.counts.updated, corrected.related, await parents()]).toEqual([1, { accounts: 1 }, { Leaf: 'Branch', Branch: 'Root', Root: null }])
  })

  it('in a circle are refused, whether missing ones are made or not', async () => {
    const job = await longshore.importText(tree('A,B,', 'B,A,', 'C,New,'), accountsWith({ missingReference: 'create' }))
    expect([errorRows(job).map(({ row, codes }) => [row, codes]), await parents()]).toEqual([[[2, ['reference.cycle']], [3, ['reference.cycle']]], { C: 'New', New: null }])
  })

  it('of a cancelled import are empty where no row that a record was to lead to was written, the last one and those before it', async () => {
    Object.assign(process.env, { LONGSHORE_CHUNK_ROWS: '1', LONGSHORE_APPLY_CONNECTIONS: '1' })
    try {
      const stopping = new AbortController()
      const watch = ({ phase, done }: Progress): void => { if (phase === 'applying' && done > 1) stopping.abort() } // the heading's row is done first
      const paused = await longshore.importText('Account Name,Parent Account\nHead,West\nHead,North\nWest,\nNorth,West\n', { object: 'accounts', operation: 'upsert', match: [['name']] }, { watch, signal: stopping.signal })
      const job = await longshore.cancel(paused.job)
      expect([job.state, await longshore.rows("SELECT parent_account FROM org.accounts WHERE name = 'Head'")]).toEqual(['cancelled', [{ parent_account: null }]])
    } finally {
      delete process.env['LONGSHORE_CHUNK_ROWS']
      delete process.env['LONGSHORE_APPLY_CONNECTIONS']
    }
  })

  it('of a cancelled import lead to no row that was never written', async () => {
    Object.assign(process.env, { LONGSHORE_CHUNK_ROWS: '1', LONGSHORE_APPLY_CONNECTIONS: '1' })
    try {
      const stopping = new AbortController()
      const paused = await longshore.importText(tree('Leaf,Root,', 'Other,,', 'Root,,'), accountsWith({ match: [['name']] }), { watch: ({ phase, done }: Progress) => { if (phase === 'applying' && done > 0) stopping.abort() }, signal: stopping.signal })
      const job = paused.state === 'paused' ? await longshore.cancel(paused.job) : paused
      expect([job.state, await longshore.rows('SELECT name FROM org.accounts a WHERE parent_account IS NOT NULL AND NOT EXISTS (SELECT 1 FROM org.accounts p WHERE p.id = a.parent_account)')]).toEqual(['cancelled', []])
    } finally {
      delete process.env['LONGSHORE_CHUNK_ROWS']
      delete process.env['LONGSHORE_APPLY_CONNECTIONS']
    }
  })
})
