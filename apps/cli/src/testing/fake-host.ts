import type { SavedMapping } from '@longshore/core'
import type { Longshore } from '@longshore/server'
import type { Host } from '../host.ts'
import { importSummary, undoSummary } from './summaries.ts'

export interface FakeHost extends Host {
  /** What was written so far. */
  said: { stdout: string; stderr: string }
  /** Calls of Longshore, in order: the method's name and its arguments without functions and signals. */
  calls: [string, ...unknown[]][]
  /** Presses Ctrl-C. */
  stop(): void
}

/** A host without process, files or database: Longshore's answers are given, and its calls are kept. */
export function fakeHost(answers: Partial<Longshore> = {}, terminal = false): FakeHost {
  const said = { stdout: '', stderr: '' }
  const calls: [string, ...unknown[]][] = []
  const stopper = new AbortController()
  let clock = 0
  const output = (stream: keyof typeof said) => ({
    write(text: string) { said[stream] += text },
    drained: () => Promise.resolve(),
    isTerminal: terminal,
    columns: 120,
  })
  const longshore = recorded({ ...usualAnswers, ...answers }, calls)
  return {
    said, calls,
    stop: () => stopper.abort(),
    cwd: import.meta.dirname, env: {}, stdout: output('stdout'), stderr: output('stderr'),
    now: () => (clock += 1_000),
    hasData: () => true,
    openLongshore(options) {
      calls.push(['open', options])
      return Promise.resolve(longshore)
    },
    async *readSource(file, settings, options) {
      calls.push(['read', file, settings, options])
      yield '{"format":"csv"}'
      yield '["a",null]'
    },
    assertPortFree: () => Promise.resolve(),
    startServer({ port }) {
      calls.push(['serve', port])
      return Promise.resolve({ url: `http://127.0.0.1:${port}/`, close: () => { calls.push(['stop serving']); return Promise.resolve() } })
    },
    stopWish: () => ({ signal: stopper.signal, release() {} }),
  }
}

const usualAnswers: Longshore = {
  actor: {
    kind: 'operator', member: null, key: null, organization: { id: 1, name: 'default', schema: 'org_1', role: 'longshore_org_1', settings: { country: 'US', currency: 'USD' } },
    role: { name: 'admin', label: 'Admin', rights: [], objects: {}, hiddenFields: {}, scope: 'all' },
  },
  as: () => usualAnswers,
  log: { info: () => undefined, error: () => undefined },
  door: { firstInvitation: () => Promise.resolve(null), servedAt: () => Promise.resolve(), link: (secret: string) => Promise.resolve(`http://127.0.0.1:4001/invitation#${secret}`) } as unknown as Longshore['door'], // the command line asks it for nothing else
  people: {
    members: () => Promise.resolve([{ id: 1, email: 'owner@localhost', name: 'Owner', role: 'admin', hasAccount: false, teams: [] }]),
    invitations: () => Promise.resolve([{ id: 1, email: 'bob@example.com', role: 'member', createdAt: '2026-11-20T13:34:05Z', expiresAt: '2026-11-27T13:34:05Z' }]),
    invite: ({ email, role }: { email: string; role: string }) => Promise.resolve({ invitation: { id: 1, email, role, createdAt: '2026-11-20T13:34:05Z', expiresAt: '2026-11-27T13:34:05Z' }, secret: 'secret-of-the-link' }),
  } as unknown as Longshore['people'], // the command line asks it for nothing else
  watchJobs: async function* () { await Promise.resolve(); yield null },
  findJob: () => Promise.resolve({ object: 'contacts', state: 'done' }),
  binRecords: () => Promise.resolve(),
  read: {} as unknown as Longshore['read'], // the command line asks it for nothing
  views: {} as unknown as Longshore['views'], // the command line asks it for nothing
  partials: {} as unknown as Longshore['partials'], // the command line asks it for nothing
  bulk: {} as unknown as Longshore['bulk'], // the command line asks it for nothing
  notifications: {} as unknown as Longshore['notifications'], // the command line asks it for nothing
  jobPage: () => Promise.resolve({ items: [undoSummary(), importSummary()], next: null }),
  jobStates: () => Promise.resolve({ done: 2 }),
  import: () => Promise.resolve(importSummary()),
  begin: () => Promise.resolve(importSummary()),
  started: { apply: () => Promise.resolve(importSummary()), resume: () => Promise.resolve(importSummary()), undo: () => Promise.resolve(undoSummary()), trial: () => Promise.resolve(importSummary()) },
  uploads: { take: () => Promise.reject(new Error('no uploads here')), reading: () => Promise.reject(new Error('no uploads here')), mapping: () => Promise.resolve({ columns: [] }) },
  apply: () => Promise.resolve(importSummary()),
  plan: () => Promise.resolve(importSummary({ state: 'planned' })),
  stagedRows: {
    overview: () => Promise.resolve({ counts: { rows: 3, ready: 2, warnings: 0, errors: 1, duplicates: 0, excluded: 0, replanned: 0 }, planned: true, fixes: 0, columns: ['Email'], targets: [{ path: 'email', label: 'E-mail', column: 1 }] }),
    window: () => Promise.resolve({ total: 0, position: 0, rows: [], planned: true, fixes: 0 }),
    issueGroups: () => Promise.resolve([]),
    facet: () => Promise.resolve({ values: [], more: false, about: false }),
    report: () => Promise.resolve({ write: () => Promise.resolve() }),
    rowsOf: () => Promise.resolve(new Uint32Array()),
  },
  drafts: {
    create: () => Promise.reject(new Error('the command line makes no drafts')),
    read: () => Promise.reject(new Error('the command line makes no drafts')),
    reading: () => Promise.reject(new Error('the command line makes no drafts')),
    columns: () => Promise.reject(new Error('the command line makes no drafts')),
    matches: () => Promise.resolve({ sample: false, looked: 0, failing: 0, none: 0, one: 0, several: 0, binned: 0, repeated: 0, withoutKey: 0, criteria: [], examples: [], references: [] }), samples: () => Promise.reject(new Error('the command line makes no drafts')),
    edit: () => Promise.resolve({ revision: 2, changed: [], again: [] }),
    check: () => Promise.resolve(importSummary({ state: 'planned' })),
    begin: () => Promise.resolve(),
  },
  fixes: {
    list: () => Promise.resolve([]),
    add: () => Promise.resolve({ number: 1, touched: 1 }),
    undo: () => Promise.resolve({ number: 1, touched: 1 }),
    redo: () => Promise.resolve({ number: 1, touched: 1 }),
  },
  job: () => Promise.resolve(importSummary()),
  jobs: () => Promise.resolve([undoSummary(), importSummary()]),
  cancel: () => Promise.resolve(importSummary({ state: 'cancelled' })),
  pause: () => Promise.resolve(importSummary({ state: 'paused' })),
  resume: () => Promise.resolve(importSummary()),
  undoPreview: (job) => Promise.resolve({ job, object: 'contacts', binned: 5, restored: 2, revived: 0, related: { accounts: 1 }, kept: [], keptCount: 0, keptFor: {} }),
  undo: () => Promise.resolve(undoSummary()),
  download: () => Promise.reject(new Error('the command line downloads nothing')),
  export: ({ out }) => Promise.resolve({ rows: 3, file: out, seconds: 0.1 }),
  map: () => Promise.resolve({ columns: [{ position: 0, header: 'E-mail', field: 'email', confidence: 1, reason: 'It is the field\'s name.', applied: true }] }),
  template: ({ out }) => Promise.resolve({ file: out, columns: [{ header: 'Email', path: 'email', kind: 'email', required: false, takes: 'an e-mail address', example: 'ada@example.com' }] }),
  savedMappings: () => Promise.resolve([{ name: 'Monthly list', object: 'contacts', columns: 2, updatedAt: '2026-11-20T13:34:05Z' }]),
  savedMapping: (name) => Promise.resolve(savedMapping(name)),
  saveMapping: (request) => Promise.resolve({ mapping: savedMapping(request.name ?? 'Monthly list'), replaced: true }),
  deleteSavedMapping: () => Promise.resolve(),
  settings: () => Promise.resolve({ country: 'US', currency: 'USD' }),
  changeSettings: () => Promise.resolve({ country: 'DE', currency: 'EUR', dateOrder: 'dmy' }),
  catalog: () => Promise.resolve({ version: 4, objects: [] }),
  testRule: () => Promise.reject(new Error('the command line tests no rules')),
  templateBytes: () => Promise.resolve(''),
  changeSchema: () => Promise.resolve({ changes: ['field "colour" added to contacts'], catalog: { version: 5, objects: [] } }),
  editRecord: () => Promise.resolve(),
  associations: () => Promise.resolve([{ association: '91', from: { object: 'contacts', record: '35', name: 'Ada Lovelace' }, to: { object: 'deals', record: '41', name: 'Big deal' }, role: 'Champion' }]),
  bin: () => Promise.resolve({ records: [{ object: 'contacts', record: '35', name: 'Ada Lovelace', deletedAt: '2026-11-20T13:34:05Z', deletedBy: 7 }], next: null, counts: { contacts: 1 } }),
  restore: () => Promise.resolve(),
  emptyBin: () => Promise.resolve({ records: 3, busy: [] }),
  reviews: () => Promise.resolve([{
    id: '12', object: 'contacts', criterion: 'email', job: 7, row: 3, createdAt: '2026-11-20T13:34:05Z',
    record: { id: '43', values: { last_name: 'King', email: 'ada@example.com' }, names: {} }, other: { id: '35', values: { last_name: 'Lovelace', email: 'ada@example.com' }, names: {} },
  }]),
  mergeReview: () => Promise.resolve(importSummary({ kind: 'edit', operation: 'merge' })),
  changeChosen: () => Promise.resolve(importSummary({ operation: 'update' })),
  dismissReview: () => Promise.resolve(),
  work: () => Promise.resolve(),
  results: () => Promise.resolve([]),
  health: () => Promise.resolve({ database: 'PostgreSQL 18.4' }),
  close: () => Promise.resolve(),
}

function savedMapping(name: string): SavedMapping {
  return { kind: 'saved-mapping', version: 1, name, object: 'contacts', columns: [{ header: 'E-mail', field: 'email' }, { header: 'Mood', field: null }], defaults: {} }
}

/** `longshore` with each call written into `calls`. */
function recorded(longshore: Longshore, calls: [string, ...unknown[]][]): Longshore {
  return new Proxy(longshore, {
    get(target, name: string & keyof Longshore) {
      if (!Object.hasOwn(target, name)) return undefined // a promise that gets it asks for `then`
      if (typeof target[name] !== 'function') return target[name]
      const method = target[name] as (...values: unknown[]) => unknown // one Proxy for all methods: their types differ, the recording does not
      return (...values: unknown[]) => {
        calls.push([name, ...values.filter((value) => typeof value !== 'function' && !(value instanceof AbortSignal))])
        return method(...values)
      }
    },
  })
}
