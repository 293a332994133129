import { describe, expect, it } from 'vitest'
import { findField, findObject } from '../schema/catalog.ts'
import { standardCatalog } from '../schema/standard/standard-catalog.ts'
import { aliasesOfOption } from './option-aliases.ts'
import { optionLookup } from './option-lookup.ts'

const catalog = standardCatalog()
function optionsOf(path: string) {
  const [object = '', name = ''] = path.split('.')
  const found = findObject(catalog, object)
  return (found && findField(found, name)?.options) ?? []
}
const take = (options: readonly string[], text: string) => optionLookup(options.map((value) => ({ value }))).find(text) ?? null

/** Texts with the option that they are taken for without a word; null: they are asked about. */
const spellings: [options: string[], texts: Record<string, string | null>][] = [
  [['1-10', '11-50'], { '1 - 10': '1-10', '11–50': '11-50', 110: null, 1150: null }],
  [['10+', '<5'], { '10 +': '10+', 10: null, '< 5': '<5', 5: null, '>5': null }],
  [['AA+'], { 'aa+': 'AA+', 'AA-': null, AA: null }],
  [['A+', 'C++'], { 'a+': 'A+', A: null, 'C#': null }],
  [['1.5'], { 15: null }],
  [['50%'], { '50 %': '50%', 50: null }],
  [['Not Started'], { NOT_STARTED: 'Not Started', 'not-started': 'Not Started', 'Started': null, 'Not started?': null }],
  [['Stage 1', 'Stage 2'], { stage_1: 'Stage 1', 'Stage-2': 'Stage 2', 'Stage 12': null }],
  [['Low', 'High'], { '3 - Low': 'Low', 'High (1)': 'High', '(1) high': 'High', '1': null, 'Not high': null, 'High/Low': null }],
  [['1 - High', 'High'], { 'High': 'High', '1 - high': '1 - High', '2 - High': 'High' }],
  [['Mr.', 'Ms.'], { 'M.': 'Mr.', M: null, F: null }],
]

/** What is near an option of a standard picklist, and means none of them. */
const traps: Record<string, string> = {
  'leads.rating': 'Not hot|Cold call|Low|A|1|dead', 'leads.status': 'Not new|Renewed|Not contacted|Uncontacted|Nicht kontaktiert|Non contacté|Pre-qualified|Lost|Recycled|未連絡',
  'leads.source': 'Unknown|Not web|Postcard|Non-partner|Walk-in|Direct|Inbound|Seminar|Existing', 'leads.industry': 'Bank holiday|Non-manufacturing|Not retail|For Profit|Automation|Mediation|5411',
  'accounts.account_type': 'Former customer|Ex-Kunde|Non-customer|Client potentiel|Customer/Vendor|Kunde & Lieferant|cliente perdido|Analyst', 'deals.deal_type': 'Non-renewal|Downsell|Lost business|Churn',
  'products.status': 'Not discontinued|Undrafted|Reactive|Sold out|Archived|0|1|true', 'activities.status': 'Not completed|Incomplete|Undone|Not cancelled|Nicht erledigt|Non terminé|Overdue|Unscheduled', 'activities.priority': 'Not urgent|Nicht dringend|Below normal|P1|0|None',
  'activities.type': 'Recall|Missed|SMS|Letter|Not a call|Visit|Fax', 'tickets.source': 'Walk-in|API|Webhook|Chatbot|Letter', 'deals.currency': '$|kr|dollar|EU|peso|franc',
}

describe('options found by text', () => {
  for (const [options, texts] of spellings) it(`tells the spellings of ${options.join(', ')} from other texts`, () => {
    expect(Object.fromEntries(Object.keys(texts).map((text) => [text, take(options, text)]))).toEqual(texts)
  })

  it.each(Object.keys(traps))('takes nothing that only sounds like an option of %s', (path) => {
    const lookup = optionLookup(optionsOf(path))
    expect(traps[path]?.split('|').filter((text) => lookup.find(text) !== undefined)).toEqual([])
  })

  it.each(Object.keys(traps))('takes every word of another language for its option of %s, and for no other', (path) => {
    const lookup = optionLookup(optionsOf(path))
    expect(optionsOf(path).flatMap(({ value }) => aliasesOfOption(value.toLowerCase()).filter((alias) => lookup.find(alias) !== value).map((alias) => `${alias} → ${lookup.find(alias) ?? 'nothing'}, not ${value}`))).toEqual([])
  })

  it('takes nothing for an option that is no longer in use', () => {
    expect(optionLookup([{ value: 'Low', active: false }, { value: 'High' }]).find('3 - Low')).toBeUndefined()
  })
})

it('looks at a text that is longer than any option in no other spelling', () => {
  const lookup = optionLookup([{ value: 'Trade Show' }])
  expect([lookup.find(`trade${' '.repeat(100)}show`), lookup.find(`trade${' '.repeat(600)}show`)]).toEqual(['Trade Show', undefined])
})
