import type { RecordViewAnswer } from '@longshore/contract'
import { expect, it } from 'vitest'
import { savedAs, settingsOf, viewOf } from './record-view.ts'

it('leaves out of the address what is as usual', () => {
  expect(viewOf({ where: [], sort: null, columns: null })).toEqual({})
  expect(viewOf({ where: ['email contains @example.com'], sort: '-created_at', columns: ['email'] })).toEqual({ where: ['email contains @example.com'], sort: '-created_at', columns: ['email'] })
})

it('is kept with the job whose records it shows', () => {
  const views = [{}, { job: 12 }, { where: ['name = Acme'], job: 12, sort: 'name', columns: ['name'] }]
  for (const view of views) expect(viewOf(settingsOf(view))).toEqual(view)
  expect(settingsOf({ job: 12 }).where).toHaveLength(2)
})

const view = (id: number, name: string, shared: boolean, mine = true): RecordViewAnswer => ({ id, object: 'accounts', name, shared, mine, mayChange: mine, view: { where: [], sort: null, columns: null }, updatedAt: '2026-01-01T00:00:00.000Z' })
const both = [view(1, 'Düsseldorf', true), view(2, 'Hot leads', false), view(3, 'Hot Leads', true), view(4, 'Theirs', true, false)]

it.each([
  ['Düsseldorf', null, true, 1], [' DÜSSELDORF ', null, true, 1], ['düsseldorf', false, false, undefined],
  ['hot leads', null, false, 2], ['hot leads', true, true, 3], ['theirs', null, false, undefined], ['new', true, true, undefined],
])('saved as "%s" (for everybody: %s) is for everybody: %s, and replaces %s', (name, chosen, shared, replaced) => {
  const saved = savedAs(both, name, chosen)
  expect([saved.shared, saved.replaced?.id]).toEqual([shared, replaced])
})
