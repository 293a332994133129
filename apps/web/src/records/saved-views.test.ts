import { expect, it } from 'vitest'
import { forgetView, saveView, savedViews } from './saved-views.ts'

function memory(start: Record<string, string> = {}) {
  const held = new Map(Object.entries(start))
  return { getItem: (key: string) => held.get(key) ?? null, setItem: (key: string, value: string) => { held.set(key, value) } }
}

it('keeps views by name for each object, and forgets them', () => {
  const storage = memory()
  saveView('contacts', { name: 'German', where: ['mailing_country = DE'] }, storage)
  saveView('contacts', { name: 'All', columns: ['email'] }, storage)
  saveView('contacts', { name: 'German', where: ['mailing_country = AT'] }, storage)
  expect(savedViews('contacts', storage)).toEqual([{ name: 'All', columns: ['email'] }, { name: 'German', where: ['mailing_country = AT'] }])
  expect(savedViews('deals', storage)).toEqual([])
  expect(forgetView('contacts', 'All', storage).map(({ name }) => name)).toEqual(['German'])
})

it('takes what is no list of views for none', () => {
  expect(savedViews('contacts', memory({ 'longshore.views.contacts': '{broken' }))).toEqual([])
  expect(savedViews('contacts', memory({ 'longshore.views.contacts': '[{"nam":1}]' }))).toEqual([])
})
