import { describe, expect, test } from 'vitest'
import { seedBug } from '../job/failpoint.ts'
import { standardCatalog } from '../schema/standard/standard-catalog.ts'
import { findObject } from '../schema/catalog.ts'
import { editedSince } from './edited-since.ts'
import { planUndo } from './plan-undo.ts'
import type { RecordChange } from './record-change.ts'
import { undoOrder } from './undo-order.ts'

const contacts = findObject(standardCatalog(), 'contacts')
if (!contacts) throw new Error('the standard catalog has contacts')

const job = 7
const change = (by: number | null, before: RecordChange['before'], after: RecordChange['after']): RecordChange => ({ job: by, before, after })

describe('planUndo', () => {
  const city = (before: string | null, after: string | null): RecordChange => change(job, { mailing_city: before }, { mailing_city: after })
  // [fact, current, changes of the job, goes back to, kept]
  const cases: [string, RecordChange['before'], RecordChange[], RecordChange['before'], string[]][] = [
    ['gives a value back that nobody touched', { mailing_city: 'b' }, [city('a', 'b')], { mailing_city: 'a' }, []],
    ['gives an empty value back', { mailing_city: 'b' }, [city(null, 'b')], { mailing_city: null }, []],
    ['keeps a value edited since', { mailing_city: 'c' }, [city('a', 'b')], {}, ['mailing_city']],
    ['keeps a value cleared since', { mailing_city: null }, [city('a', 'b')], {}, ['mailing_city']],
    ['leaves a value alone that is back already', { mailing_city: 'a' }, [city('a', 'b')], {}, []],
    ['goes back over several rows of one job', { mailing_city: 'c' }, [city('a', 'b'), city('b', 'c')], { mailing_city: 'a' }, []],
    ['goes back to an edit between two rows of the job and keeps it', { mailing_city: 'd' }, [city('a', 'b'), city('c', 'd')], { mailing_city: 'c' }, ['mailing_city']],
    ['decides field by field', { mailing_city: 'b', title: 'x' }, [change(job, { mailing_city: 'a', title: 't' }, { mailing_city: 'b', title: 'u' })], { mailing_city: 'a' }, ['title']],
    ['takes 12.50 for 12.5', { lead_score: '12.50' }, [change(job, { lead_score: '3' }, { lead_score: '12.5' })], { lead_score: '3' }, []],
    ['takes the source text of a phone back with the phone', { phone: '+12', phone_source: '(1)2' }, [change(job, { phone: '+11', phone_source: null }, { phone: '+12', phone_source: '(1)2' })], { phone: '+11', phone_source: null }, []],
    ['leaves the source text of a phone with a phone edited since', { phone: '+13', phone_source: '(1)2' }, [change(job, { phone: '+11', phone_source: null }, { phone: '+12', phone_source: '(1)2' })], {}, ['phone']],
    ['takes the moment of change back when all fields go back', { title: 'u', updated_at: '2026-01-02T00:00:00Z' },
      [change(job, { title: 't', updated_at: '2026-01-01T00:00:00Z' }, { title: 'u', updated_at: '2026-01-02T00:00:00.000Z' })], { title: 't', updated_at: '2026-01-01T00:00:00Z' }, []],
    ['leaves the moment of a later edit', { title: 'u', updated_at: '2026-01-03T00:00:00Z' },
      [change(job, { title: 't', updated_at: '2026-01-01T00:00:00Z' }, { title: 'u', updated_at: '2026-01-02T00:00:00Z' })], { title: 't' }, []],
    ['gives a field called constructor back', { constructor: 'b' }, [change(job, { constructor: 'a' }, { constructor: 'b' })], { constructor: 'a' }, []],
  ]
  test.each(cases)('%s', (_, current, changes, to, kept) => {
    const undo = planUndo({ object: contacts, current, changes }, false)
    expect({ to: undo.to, kept: undo.kept }).toEqual({ to, kept })
    expect(undo.from).toEqual(Object.fromEntries(Object.keys(to).map((name) => [name, current[name]])))
  })

  test('takes edits since, too, when everything is wanted', () => {
    const undo = planUndo({ object: contacts, current: { mailing_city: 'c', updated_at: '2026-01-03T00:00:00Z' }, changes: [
      change(job, { mailing_city: 'a', updated_at: '2026-01-01T00:00:00Z' }, { mailing_city: 'b', updated_at: '2026-01-02T00:00:00Z' })] }, true)
    expect(undo).toEqual({ from: { mailing_city: 'c', updated_at: '2026-01-03T00:00:00Z' }, to: { mailing_city: 'a', updated_at: '2026-01-01T00:00:00Z' }, kept: [] })
  })

  test('shows the seeded bug that overwrites later edits', () => {
    seedBug('undo-blind-to-later-edits')
    try { expect(planUndo({ object: contacts, current: { mailing_city: 'c' }, changes: [city('a', 'b')] }, false).to).toEqual({ mailing_city: 'a' }) } finally { seedBug(null) }
  })
})

describe('editedSince', () => {
  const title = (by: number | null, before: string | null, after: string | null): RecordChange => change(by, { title: before }, { title: after })
  const cases: [string, RecordChange[], string[]][] = [
    ['sees an edit by hand', [title(null, 'a', 'b')], ['title']],
    ['sees an edit by another job', [title(9, 'a', 'b')], ['title']],
    ['does not count what the job itself changed', [title(job, 'a', 'b')], []],
    ['sees nothing where an undo took a later job back', [title(9, 'a', 'b'), title(10, 'b', 'a')], []],
    ['sees a later job again when its undo was undone', [title(9, 'a', 'b'), title(10, 'b', 'a'), title(11, 'a', 'b')], ['title']],
    ['measures from what the job left', [title(job, 'a', 'b'), title(9, 'b', 'c'), title(null, 'c', 'b')], []],
    ['takes a moment alone for no edit', [change(9, { updated_at: 'x', as_of: null }, { updated_at: 'y', as_of: 'y' })], []],
    ['names each edited field', [change(9, { title: 'a', department: null }, { title: 'b', department: 'd' })], ['title', 'department']],
  ]
  test.each(cases)('%s', (_, changes, fields) => {
    expect(editedSince(contacts, job, changes)).toEqual(fields)
  })
})

describe('undoOrder', () => {
  test('puts those that refer before those that are referred to', () => {
    const order = undoOrder(standardCatalog(), ['accounts', 'contacts', 'deals', 'tickets'])
    expect(order.indexOf('contacts')).toBeLessThan(order.indexOf('accounts'))
    expect(order.indexOf('deals')).toBeLessThan(order.indexOf('contacts'))
    expect(order.toSorted()).toEqual(['accounts', 'contacts', 'deals', 'tickets'])
  })
})
