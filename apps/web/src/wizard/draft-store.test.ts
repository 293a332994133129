import { expect, it } from 'vitest'
import type { DraftAnswer } from '@longshore/contract'
import { Refusal } from '../client/problem.ts'
import type { Definition } from './definition.ts'
import { DraftStore } from './draft-store.ts'

const definition: Definition = { object: 'contacts', operation: 'insert', source: {}, columns: [], match: [], onDuplicate: 'skip', onSeveral: 'fail', missingReference: 'error', merge: {} }
const draft = (revision: number, change: Partial<Definition> = {}, by: string | null = null): DraftAnswer => ({ job: 7, revision, definition: { ...definition, ...change }, source: 'a.csv', format: 'csv', columns: ['A'], checked: false, planned: false, error: null, edits: [{ revision, by, at: '2026-01-01T00:00:00Z', changed: [] }] })

/** A server with one draft, which refuses who has not seen the last edit. */
function server(first: DraftAnswer) {
  let now = first
  const saves: Definition[] = []
  return {
    saves, other: (next: DraftAnswer) => { now = next },
    ports: {
      load: () => Promise.resolve(now),
      save: (_: number, revision: number, document: Definition) => {
        if (revision !== now.revision) return Promise.reject(new Refusal({ status: 409, code: 'draft.conflict', detail: '' }))
        saves.push(document)
        now = { ...now, revision: revision + 1, definition: document }
        return Promise.resolve({ revision: revision + 1 })
      },
    },
  }
}

it('shows a choice at once, and saves what was chosen in one go', async () => {
  const { ports, saves } = server(draft(1))
  const store = new DraftStore(draft(1), ports)
  store.change({ onDuplicate: 'flag' })
  store.change({ match: [['email']] })
  expect(store.snapshot()).toMatchObject({ saving: 'saving', definition: { onDuplicate: 'flag', match: [['email']] } })
  await store.flush()
  expect(saves).toHaveLength(1)
  expect(store.snapshot()).toMatchObject({ saving: 'saved', draft: { revision: 2 } })
})

it('joins what two people did to different settings, and says whose it is', async () => {
  const { ports, saves, other } = server(draft(1))
  const store = new DraftStore(draft(1), ports)
  other(draft(2, { missingReference: 'create' }, 'ann@example.com'))
  store.change({ onDuplicate: 'flag' })
  await store.flush()
  expect(saves.at(-1)).toMatchObject({ missingReference: 'create', onDuplicate: 'flag' })
  expect(store.snapshot()).toMatchObject({ saving: 'saved', clash: null, joined: 'ann@example.com', draft: { revision: 3 } })
})

it('saves nothing over a setting that another changed too, until somebody has chosen', async () => {
  const { ports, saves, other } = server(draft(1))
  const store = new DraftStore(draft(1), ports)
  other(draft(2, { onDuplicate: 'create' }, 'ann@example.com'))
  store.change({ onDuplicate: 'flag' })
  await expect(store.flush()).rejects.toMatchObject({ code: 'draft.conflict' })
  expect(saves).toEqual([])
  expect(store.snapshot()).toMatchObject({ clash: { settings: ['onDuplicate'], by: 'ann@example.com' }, definition: { onDuplicate: 'flag' } })
  store.settle('theirs')
  expect(store.snapshot()).toMatchObject({ clash: null, saving: 'saved', definition: { onDuplicate: 'create' } })
  store.change({ onDuplicate: 'flag' })
  await store.flush()
  expect(saves.at(-1)).toMatchObject({ onDuplicate: 'flag' })
})

it('keeps what was chosen when it cannot be saved, and saves it at the next try', async () => {
  const { ports, saves } = server(draft(1))
  let away = true
  const store = new DraftStore(draft(1), { ...ports, save: (...given) => away ? Promise.reject(new Refusal({ status: 0, code: 'client.offline', detail: '' })) : ports.save(...given) })
  store.change({ onDuplicate: 'flag' })
  await expect(store.flush()).rejects.toMatchObject({ code: 'client.offline' })
  expect(store.snapshot()).toMatchObject({ saving: 'failed', definition: { onDuplicate: 'flag' } })
  away = false
  await store.flush()
  expect(saves).toHaveLength(1)
})

it('takes over what another did while nothing waits here', () => {
  const store = new DraftStore(draft(1), server(draft(1)).ports)
  store.heard(draft(2, { onDuplicate: 'create' }, 'ann@example.com'))
  expect(store.snapshot()).toMatchObject({ definition: { onDuplicate: 'create' }, joined: 'ann@example.com' })
})

it('sends by itself what nobody answered to, once somebody does, and nothing that was refused', async () => {
  const { ports, saves } = server(draft(1))
  const answers = [new Refusal({ status: 0, code: 'client.offline', detail: '' }), new Refusal({ status: 422, code: 'definition.wrong', detail: '' })]
  const store = new DraftStore(draft(1), { ...ports, save: (...given) => { const refusal = answers.shift(); return refusal ? Promise.reject(refusal) : ports.save(...given) } })
  store.change({ onDuplicate: 'flag' })
  await store.flush().catch(() => undefined)
  expect([store.snapshot().saving, answers.length]).toEqual(['failed', 1])
  store.heard(draft(1))
  await expect.poll(() => answers.length).toBe(0)
  await expect.poll(() => store.snapshot().saving).toBe('failed')
  store.heard(draft(1))
  expect([store.snapshot().definition.onDuplicate, saves.length]).toEqual(['flag', 0])
})
