import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Fault, noCounts } from '@longshore/core'
import { run } from './run.ts'
import { fakeHost } from './testing/fake-host.ts'
import { importSummary, undoSummary } from './testing/summaries.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'longshore-cli-'))
  writeFileSync(join(folder, 'people.csv'), 'Email\na@example.com\n')
  writeFileSync(join(folder, 'upsert.json'), '\uFEFF{"object":"contacts","operation":"upsert","match":[["email"]]}')
  writeFileSync(join(folder, 'no-object.json'), '{"operation":"upsert","match":[["email"]]}')
  writeFileSync(join(folder, 'bad-path.json'), '{"object":"contacts","columns":[{"header":"A","field":"email"},{"header":"B","field":7}]}')
  writeFileSync(join(folder, 'broken.json'), '{"object":')
  writeFileSync(join(folder, 'list.json'), '[]')
})
afterAll(() => rmSync(folder, { recursive: true }))

function hostIn(...given: Parameters<typeof fakeHost>) {
  return Object.assign(fakeHost(...given), { cwd: folder })
}

describe('a data directory that is not there', () => {
  it.each(['job', 'job 7', 'apply 7', 'cancel 7', 'pause 7', 'resume 7', 'undo 7', 'undo 7 --preview', 'export --object contacts --out c.csv'])('%s is refused, and nothing is made', async (line) => {
    const host = Object.assign(hostIn(), { hasData: () => false })
    expect(await run([...line.split(' '), '--data', 'typo', '--json'], host)).toBe(2)
    expect(host.calls).toEqual([])
    expect(host.said.stdout).toMatch(/"data\.missing"/)
    expect(host.said.stdout).toContain(join(folder, 'typo'))
    expect(host.said.stdout).toContain('--data')
  })

  it.each([['import people.csv --object contacts', {}], ['map people.csv --object contacts', {}], ['schema', {}], ['worker', {}], ['start --empty', {}], ['job', { DATABASE_URL: 'postgres://db.example.com/crm' }]])('%s opens Longshore all the same', async (line, env) => {
    const host = Object.assign(hostIn(), { hasData: () => false, env })
    await run(line.split(' '), host)
    expect(host.calls[0]?.[0]).toBe('open')
  })
})

describe('what Longshore says of itself', () => {
  it.each([['start --empty', false, true], ['worker', false, true], ['job', false, false], ['job', true, true], ['job --json', true, false]])('%s, on a terminal: %s, is told: %s', async (line, terminal, told) => {
    const host = hostIn({}, terminal)
    await run(line.split(' '), host)
    expect(Object.hasOwn(host.calls[0]?.[1] as object, 'log')).toBe(told)
  })
})

describe('commands call Longshore', () => {
  it('import with the definition of its flags, and prints the contract\'s keys', async () => {
    const host = hostIn()
    const code = await run(['import', 'people.csv', '--object', 'contacts', '--match', 'email', '--dry-run', '--results', 'out', '--json'], host)
    expect(code).toBe(1)
    expect(host.calls.map(([name]) => name)).toEqual(['open', 'import', 'close'])
    expect(host.calls[1]?.[1]).toMatchObject({
      file: join(folder, 'people.csv'), dryRun: true, resultsDirectory: join(folder, 'out'), definition: { object: 'contacts', match: [['email']] },
    })
    const printed = JSON.parse(host.said.stdout)
    expect(Object.keys(printed).slice(0, 15)).toEqual([
      'job', 'state', 'rows', 'created', 'updated', 'deleted', 'skipped', 'flagged', 'failed', 'excluded', 'replanned', 'related', 'seconds', 'rowsPerSecond', 'results',
    ])
    expect(printed).toMatchObject({ job: 7, state: 'done', rows: 1234, created: 1200, skipped: 20, failed: 14, related: { accounts: 88 } })
    expect(host.said.stderr).toBe('')
  })

  it('import from a document, with a flag laid over it', async () => {
    const host = hostIn()
    await run(['import', 'people.csv', '--definition', 'upsert.json', '--object', 'leads'], host)
    expect(host.calls[1]?.[1]).toMatchObject({ dryRun: false, definition: { object: 'leads', operation: 'upsert', match: [['email']] } })
  })

  it('import from a document whose object stands on the line', async () => {
    const host = hostIn()
    expect(await run(['import', 'people.csv', '--definition', 'no-object.json', '--object', 'contacts', '--json'], host)).toBe(1)
    expect(host.calls[1]?.[1]).toMatchObject({ definition: { object: 'contacts', operation: 'upsert' } })
  })

  it.each([
    [['apply', '7'], [['apply', 7]]],
    [['resume', '7'], [['resume', 7]]],
    [['cancel', '7'], [['cancel', 7]]],
    [['pause', '7'], [['pause', 7]]],
    [['undo', '7'], [['undo', 7, { everything: false }]]],
    [['undo', '7', '--everything'], [['undo', 7, { everything: true }]]],
    [['undo', '7', '--preview'], [['undoPreview', 7, { everything: false }]]],
    [['bin', 'list', '--object', 'contacts'], [['bin', { object: 'contacts', limit: 100 }]]],
    [['bin', 'list', '--cursor', 'abc'], [['bin', { limit: 100, cursor: 'abc' }]]],
    [['bin', 'restore', '35, 43', '--object', 'contacts'], [['restore', { object: 'contacts', records: ['35', '43'] }]]],
    [['bin', 'empty', '--confirm-hard-delete'], [['emptyBin', { olderThanDays: 30 }]]],
    [['review', 'list'], [['reviews', { limit: 20 }]]],
    [['review', 'merge', '12', '--value', 'phone=record'], [['mergeReview', { review: '12', keep: 'other', values: { phone: 'record' } }]]],
    [['review', 'dismiss', '12'], [['dismissReview', '12']]],
    [['job'], [['jobs']]],
    [['job', '7'], [['job', 7]]],
    [['schema'], [['catalog']]],
    [['schema', '--apply', 'upsert.json'], [['changeSchema', { object: 'contacts', operation: 'upsert', match: [['email']] }]]],
    [['worker'], [['work']]],
  ])('%j', async (args, expected) => {
    const host = hostIn()
    await run(args, host)
    expect(host.calls.slice(1, -1)).toEqual(expected)
    expect([host.calls[0]?.[0], host.calls.at(-1)?.[0]]).toEqual(['open', 'close'])
    expect(host.said.stderr).not.toMatch(/mistake/)
  })

  it('export with its format by the name of the file', async () => {
    const host = hostIn()
    expect(await run(['export', '--object', 'contacts', '--fields', 'email, account.name', '--where', 'lead_source = Web', '--out', 'x.ndjson', '--json'], host)).toBe(0)
    expect(host.calls[1]?.[1]).toEqual({
      object: 'contacts', fields: ['email', 'account.name'], where: ['lead_source = Web'], format: 'ndjson', out: join(folder, 'x.ndjson'), formulaGuard: true,
    })
    expect(JSON.parse(host.said.stdout)).toEqual({ rows: 3, file: join(folder, 'x.ndjson'), seconds: 0.1 })
  })

  it('export to standard output says nothing else there', async () => {
    const host = hostIn()
    await run(['export', '--object', 'contacts', '--out', '-'], host)
    expect([host.said.stdout, host.calls[1]?.[1]]).toEqual(['', expect.objectContaining({ out: '-', format: 'csv' })])
  })

  it('read without opening a database', async () => {
    const host = hostIn()
    expect(await run(['read', 'people.csv', '--limit', '1', '--delimiter', ';'], host)).toBe(0)
    expect(host.calls).toEqual([['read', join(folder, 'people.csv'), { delimiter: ';' }, { limit: 1 }]])
    expect(host.said.stdout).toBe('{"format":"csv"}\n["a",null]\n')
  })

  it('map prints the contract\'s keys alone', async () => {
    const host = hostIn()
    await run(['map', 'people.csv', '--object', 'contacts'], host)
    expect(JSON.parse(host.said.stdout)).toEqual({ columns: [{ header: 'E-mail', field: 'email', confidence: 1, reason: expect.any(String), applied: true }] })
  })

  it('job --definition prints the document that repeats the import', async () => {
    const host = hostIn({}, true)
    expect(await run(['job', '7', '--definition'], host)).toBe(0)
    expect(JSON.parse(host.said.stdout)).toEqual({ object: 'contacts' })
  })

  it('job prints JSON into a pipe and words on a terminal', async () => {
    const [pipe, terminal] = [hostIn(), hostIn({}, true)]
    await run(['job'], pipe)
    await run(['job'], terminal)
    expect(JSON.parse(pipe.said.stdout).jobs.map(({ job }: { job: number }) => job)).toEqual([8, 7])
    expect(terminal.said.stdout).toMatch(/undo of 7/)
  })

  it('opens the data directory of --data, else of LONGSHORE_DATA, else ./data, and DATABASE_URL\'s database', async () => {
    const opened: unknown[] = []
    for (const [args, env] of [[['job'], {}], [['job'], { LONGSHORE_DATA: '/there' }], [['job', '--data', 'here'], { LONGSHORE_DATA: '/there', DATABASE_URL: 'postgres://db.example.com/x' }]] as const) {
      const host = Object.assign(hostIn(), { env })
      await run(args, host)
      opened.push(host.calls[0]?.[1])
    }
    expect(opened).toEqual([
      { dataDirectory: join(folder, 'data') }, { dataDirectory: resolve('/there') },
      { dataDirectory: join(folder, 'here'), databaseUrl: 'postgres://db.example.com/x' },
    ])
  })
})

describe('refusals', () => {
  it.each([
    [['imprt', 'people.csv'], 'usage.unknown-command', 'longshore import'],
    [['import', 'people.csv', '--objct', 'contacts'], 'usage.unknown-flag', '--object'],
    [['import', 'poeple.csv', '--object', 'contacts'], 'file.missing', 'people.csv'],
    [['import', '.', '--object', 'contacts'], 'file.is-folder', 'folder'],
    [['import', '--object', 'contacts'], 'usage.missing-word', 'FILE'],
    [['import', 'people.csv', '--object', 'contacts', '--to', 'salesforce:main'], 'not-built-yet', 'Salesforce'],
    [['import', 'people.csv', '--definition', 'broken.json'], 'file.not-json', 'broken.json'],
    [['import', 'people.csv', '--definition', 'list.json'], 'file.not-json', 'list.json'],
    [['read', 'people.csv', '--limit', 'all'], 'usage.not-a-number', 'all'],
    [['apply', 'seven'], 'usage.not-a-job', 'seven'],
    [['undo'], 'usage.missing-word', 'JOB'],
    [['job', '--definition'], 'usage.missing-word', 'JOB'],
    [['export', '--out', 'x.csv'], 'usage.missing-flag', '--object'],
    [['export', '--object', 'contacts', '--out', 'x.pdf'], 'not-built-yet', 'pdf'],
    [['export', '--object', 'contacts', '--out', 'x', '--format', 'jsn'], 'usage.unknown-word', 'json'],
    [['schema', '--object', 'contact'], 'schema.unknown-object', 'contact'],
    [['match', '--object', 'contacts', 'a.csv', 'b.csv'], 'not-built-yet', 'match'],
    [['user', 'rob', 'ann@example.com'], 'usage.unknown-word', 'add'],
    [['user', 'add'], 'usage.missing-word', 'EMAIL'],
    [['connect', 'salesforce', 'main'], 'not-built-yet', 'connect'],
    [['start', '--port', '70000'], 'usage.not-a-number', '70000'],
  ])('%j exits 2 and says why, in words or as JSON', async (args, code, words) => {
    const [people, program] = [hostIn(), hostIn()]
    expect(await run(args, people)).toBe(2)
    expect([people.said.stdout, people.said.stderr]).toEqual(['', expect.stringContaining(words)])
    if (args[0] === 'start') return // has no --json
    expect(await run([...args, '--json'], program)).toBe(2)
    expect(program.said.stderr).toBe('')
    expect(JSON.parse(program.said.stdout)).toEqual({ error: { code, message: expect.stringContaining(words) } })
  })

  it('names the path in a definition document', async () => {
    const host = hostIn()
    expect(await run(['import', 'people.csv', '--definition', 'bad-path.json', '--json'], host)).toBe(2)
    expect(JSON.parse(host.said.stdout).error.path).toMatch(/^columns(\[1\]|\.1)\.field$/)
    expect(host.calls).toEqual([])
  })

  it.each([
    [['import', 'people.csv', '--object', 'contacts', '--map', 'Email=emial'], new Fault('unknown-field', 'There is no field "emial".', { path: 'columns[0].field' })],
    [['import', 'people.csv', '--object', 'contacts', '--map', 'Emial=email'], new Fault('unknown-column', 'The file has no column "Emial".', { path: 'columns[0].header' })],
    [['apply', '7'], new Fault('job.state', 'Job 7 is done.')],
  ])('%j, refused by Longshore, exits 2 and closes it', async (args, fault) => {
    const refused = () => Promise.reject(fault)
    const host = hostIn({ import: refused, apply: refused })
    expect(await run([...args, '--json'], host)).toBe(2)
    expect(JSON.parse(host.said.stdout)).toEqual({ error: { code: fault.code, message: fault.message, ...(fault.path === undefined ? {} : { path: fault.path }) } })
    expect(host.calls.at(-1)).toEqual(['close'])
  })

  it('a fault after rows were written exits 1 and says how to go on', async () => {
    const host = hostIn({
      import: (_request, watch) => {
        watch({ job: 9, state: 'running', phase: 'applying', done: 500, total: 1000 })
        return Promise.reject(new Fault('db.unreachable', 'The database went away.', { remedy: 'retry' }))
      },
    })
    expect(await run(['import', 'people.csv', '--object', 'contacts'], host)).toBe(1)
    expect(host.said.stderr).toMatch(/The database went away[^]*longshore resume 9/)
  })

  it('a mistake of ours says that it is ours', async () => {
    const host = hostIn({ jobs: () => Promise.reject(new TypeError('x is not a function')) })
    expect(await run(['job'], host)).toBe(2)
    expect(host.said.stderr).toMatch(/mistake of its own: x is not a function/)
  })

  it('nothing but the name prints the help and exits 2', async () => {
    const host = hostIn()
    expect([await run([], host), host.said.stdout]).toEqual([2, ''])
    expect(host.said.stderr).toMatch(/Usage: longshore COMMAND/)
  })
})

describe('help', () => {
  it.each([[['--help'], 'worker'], [['help'], 'worker'], [['import', '--help'], '--missing-reference WORD'], [['help', 'undo'], '--everything'], [['--version'], '.']])('%j', async (args, words) => {
    const host = hostIn()
    expect([await run(args, host), host.said.stderr, host.calls]).toEqual([0, '', []])
    expect(host.said.stdout).toContain(words)
  })
})

describe('exit codes of jobs', () => {
  it.each([
    ['undo that kept something', ['undo', '7'], { undo: () => Promise.resolve(undoSummary({ kept: 2 })) }, 1],
    ['undo that took all back', ['undo', '7'], {}, 0],
    ['preview of an undo that would keep something', ['undo', '7', '--preview'],
      { undoPreview: () => Promise.resolve({ job: 7, object: 'contacts', binned: 1, restored: 0, revived: 0, related: {}, kept: [], keptCount: 1, keptFor: { 'edited-since': 1 } }) }, 1],
    ['apply of a plan whose rows are all good', ['apply', '7'], { apply: () => Promise.resolve(importSummary({ counts: { ...noCounts(), created: 1 } })) }, 0],
    ['looking at a job with failed rows', ['job', '7'], {}, 0],
  ])('%s', async (_name, args, answers, expected) => {
    expect(await run(args, hostIn(answers))).toBe(expected)
  })
})

describe('a long job', () => {
  it('asked to stop hands the wish on, and says how to go on', async () => {
    const host = hostIn({
      import: async (_request, watch, signal) => {
        watch({ job: 7, state: 'running', phase: 'applying', done: 1, total: 2 })
        host.stop()
        return importSummary({ state: signal?.aborted ? 'paused' : 'done' })
      },
    })
    expect(await run(['import', 'people.csv', '--object', 'contacts'], host)).toBe(1)
    expect(host.said.stderr).toMatch(/Stopping job 7 at the next safe place/)
    expect(host.said.stdout).toMatch(/longshore resume 7/)
  })

  it.each([[true, true], [false, false]])('shows progress on stderr if and only if that is a terminal (%s)', async (terminal, shown) => {
    const host = hostIn({
      apply: (_job, watch) => {
        for (const done of [0, 500, 1000]) watch({ job: 7, state: 'running', phase: 'applying', done, total: 1000 })
        return Promise.resolve(importSummary())
      },
    }, terminal)
    await run(['apply', '7'], host)
    expect(host.said.stderr.includes('applying')).toBe(shown)
    expect(host.said.stdout).not.toContain('applying')
  })
})

describe('start', () => {
  it('imports the sample on the first start, says what happened to every row, serves and works', async () => {
    const host = hostIn({ jobs: () => Promise.resolve([]) })
    expect(await run(['start', '--port', '4100'], host)).toBe(0)
    expect(host.calls.map(([name]) => name)).toEqual(['open', 'serve', 'jobs', 'import', 'work', 'stop serving', 'close'])
    expect(host.calls[3]?.[1]).toMatchObject({ file: expect.stringMatching(/fixtures.sample-contacts\.csv$/), definition: { match: [['email']], missingReference: 'create' } })
    expect(host.said.stdout).toMatch(/1,234 rows[^]*7-results\.csv[^]*running at http:\/\/127\.0\.0\.1:4100\//)
  })

  it.each([['--empty', [], ['start', '--empty']], ['a job that is there already', [importSummary()], ['start']]])('leaves the sample out with %s', async (_name, jobs, args) => {
    const host = hostIn({ jobs: () => Promise.resolve(jobs) })
    await run(args, host)
    expect(host.calls.map(([name]) => name)).not.toContain('import')
    expect(host.said.stdout).toContain('http://127.0.0.1:4000/')
  })

  it('serves without a worker, and without the sample, until it is stopped', async () => {
    const host = hostIn({ jobs: () => Promise.resolve([]) })
    const served = run(['start', '--no-worker'], host)
    await expect.poll(() => host.said.stdout).toContain('wait for "longshore worker"')
    host.stop()
    expect(await served).toBe(0)
    expect(host.calls.map(([name]) => name)).toEqual(['open', 'serve', 'stop serving', 'close'])
    expect(host.calls[0]?.[1]).toMatchObject({ runsJobs: false })
  })

  it('starts although the sample fails', async () => {
    const host = hostIn({ jobs: () => Promise.resolve([]), import: () => Promise.reject(new Fault('file.missing', 'No sample.')) })
    expect(await run(['start'], host)).toBe(0)
    expect(host.said).toEqual({ stdout: expect.stringContaining('running at'), stderr: expect.stringContaining('No sample.') })
  })

  it('exits 2 when the port is taken, before anything is opened or made', async () => {
    const host = Object.assign(hostIn(), { assertPortFree: () => Promise.reject(new Fault('server.port-in-use', 'Port 4000 is in use.')) })
    expect([await run(['start'], host), host.calls]).toEqual([2, []])
    expect(host.said.stderr).toContain('Port 4000 is in use.')
  })

  it('exits 2 when the port is taken meanwhile, and closes Longshore', async () => {
    const host = Object.assign(hostIn(), { startServer: () => Promise.reject(new Fault('server.port-in-use', 'Port 4000 is in use.')) })
    expect(await run(['start'], host)).toBe(2)
    expect(host.said.stderr).toContain('Port 4000 is in use.')
    expect(host.calls.at(-1)).toEqual(['close'])
  })
})

describe('pause', () => {
  it.each([
    ['paused', 0, ''],
    ['done', 2, 'Job 7 was not paused: it is done already, the wish came too late.\n'],
    ['running', 1, 'Job 7 is running and has not paused yet; it pauses at its next safe place. Look again: longshore job 7\n'],
  ] as const)('of a job that then is %s exits %d and says so', async (state, code, said) => {
    const host = hostIn({ pause: () => Promise.resolve(importSummary({ state })) })
    expect([await run(['pause', '7'], host), host.said.stderr]).toEqual([code, said])
  })
})

describe('saved mappings', () => {
  it.each([
    ['list', [['savedMappings']], /Monthly list +contacts +2/], ['show Monthly', [['savedMapping', 'Monthly']], /E-mail +email\n.*Mood +\(left out\)/], ['delete Monthly', [['deleteSavedMapping', 'Monthly']], /deleted/],
    ['save Monthly --job 7', [['saveMapping', { name: 'Monthly', job: 7 }]], /is saved, in place of the one of this name/], ['save Monthly --file upsert.json', [['saveMapping', { name: 'Monthly', document: { object: 'contacts', operation: 'upsert', match: [['email']] } }]], /is saved/],
  ])('mapping %s calls Longshore and says what was done', async (line, calls, says) => {
    const host = hostIn({}, true)
    expect(await run(['mapping', ...line.split(' ')], host)).toBe(0)
    expect(host.calls.slice(1, -1)).toEqual(calls)
    expect(host.said.stdout).toMatch(says)
  })

  it('are printed as the document that "save --file" takes', async () => {
    const host = hostIn()
    await run(['mapping', 'show', 'Monthly', '--json'], host)
    expect(JSON.parse(host.said.stdout)).toMatchObject({ kind: 'saved-mapping', name: 'Monthly', columns: [{ header: 'E-mail', field: 'email' }, { header: 'Mood', field: null }] })
  })

  it.each([['save Monthly', 'usage.missing-word'], ['save Monthly --job 1 --file upsert.json', 'usage.missing-word'], ['show', 'usage.missing-word'], ['rename Monthly', 'usage.unknown-word']])('mapping %s is refused before anything is asked', async (line, code) => {
    const host = hostIn()
    expect(await run(['mapping', ...line.split(' '), '--json'], host)).toBe(2)
    expect(host.said.stdout).toContain(code)
    expect(host.calls.filter(([name]) => !['open', 'close'].includes(name))).toEqual([])
  })

  it('are named by an import that uses one or saves one', async () => {
    const host = hostIn()
    await run(['import', 'people.csv', '--object', 'contacts', '--mapping', 'Monthly', '--save-mapping', 'Weekly', '--json'], host)
    expect(host.calls[1]?.[1]).toMatchObject({ saveMapping: 'Weekly', definition: { savedMapping: 'Monthly' } })
  })
})

it('the help of a flag that may be given several times shows one value', async () => {
  const host = hostIn()
  await run(['import', '--help'], host)
  expect(host.said.stdout).toMatch(/--map "Header=field" {2,}column to field.*give the flag once for each\n/)
  expect(host.said.stdout).not.toContain('" …')
})

it.each(['default', 'merge'])('--%s of a field called __proto__ is refused', async (flag) => {
  const host = hostIn()
  expect(await run(['import', 'people.csv', '--object', 'contacts', `--${flag}`, `__proto__=${flag === 'merge' ? 'never' : '1'}`, '--json'], host)).toBe(2)
  expect(JSON.parse(host.said.stdout)).toMatchObject({ error: { code: 'unknown-field', message: expect.stringContaining('__proto__') } })
})

describe('settings', () => {
  it.each([['', [['settings']]], ['--country DE --date-order DMY --bin-days 9 --undo-days 10', [['changeSettings', { country: 'DE', dateOrder: 'dmy', binDays: 9, undoDays: 10 }]]], ['--time-zone none', [['changeSettings', { timeZone: null }]]]])('settings %s', async (line, calls) => {
    const host = hostIn({}, true)
    expect(await run(['settings', ...line.split(' ').filter(Boolean)], host)).toBe(0)
    expect(host.calls.slice(1, -1)).toEqual(calls)
    expect(host.said.stdout).toMatch(/country +(US|DE)/)
  })

  it('that are always set are not taken away', async () => {
    const host = hostIn()
    expect(await run(['settings', '--country', 'none', '--json'], host)).toBe(2)
    expect(host.said.stdout).toContain('always set')
  })
})

describe('template', () => {
  it.each([
    ['--object contacts --out t.xlsx', { object: 'contacts', format: 'xlsx', out: 't.xlsx' }], ['--object contacts --out t.csv --fields last_name,account.name', { object: 'contacts', format: 'csv', out: 't.csv', fields: ['last_name', 'account.name'] }],
    ['--object deals --name Spring --format xlsx', { object: 'deals', format: 'xlsx', out: 'Spring.xlsx', name: 'Spring' }],
  ])('%s', async (line, request) => {
    const host = hostIn({}, true)
    expect(await run(['template', ...line.split(' ')], host)).toBe(0)
    expect(host.calls[1]).toEqual(['template', { ...request, out: join(folder, request.out) }])
    expect(host.said.stdout).toMatch(/Email +email +email +an e-mail address\n1 column written to/)
  })

  it.each([['--out t.csv', /needs --object contacts/], ['--object contacts', /needs --out FILE/], ['--object contacts --out x --format pdf', /It takes csv or xlsx/]])('%s is refused', async (line, says) => {
    const host = hostIn()
    expect(await run(['template', ...line.split(' ')], host)).toBe(2)
    expect(host.said.stderr).toMatch(says)
  })
})

describe('rows of a dry run', () => {
  it('are counted and listed', async () => {
    const host = fakeHost({}, true)
    expect(await run(['rows', '7', '--filter', 'errors'], host)).toBe(0)
    expect(host.said.stdout).toMatch(/^3 rows: 2 ready, 1 with errors/)
    const pipe = fakeHost()
    expect(await run(['rows', '7', '--cell', 'Email=x'], pipe)).toBe(0)
    expect(JSON.parse(pipe.said.stdout)).toMatchObject({ counts: { rows: 3 }, columns: ['Email'], total: 0, rows: [] })
  })

  it.each([
    ['rows 7 --filter error', 'usage.unknown-word'], ['rows 7 --cell Emial=x', 'usage.unknown-column'], ['rows 7 --cell Email', 'usage.malformed-pair'], ['rows 7 --issue Email', 'usage.malformed-pair'], ['fix 7 upsert.json', 'fix.invalid'],
  ])('%s is refused', async (line, code) => {
    const host = hostIn()
    expect(await run([...line.split(' '), '--json'], host)).toBe(2)
    expect(JSON.parse(host.said.stdout).error.code).toBe(code)
  })
})
