import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Field } from '../schema/field.ts'
import { normalForms, normalFormOf } from './normal-form.ts'
import type { NormalForm } from '../validate/checked-row.ts'

const cases: [form: NormalForm, text: string, normal: string][] = [
  ['email', ' Ada@Example.COM ', 'ada@example.com'],
  ['email', 'a.d.a+crm@gmail.com', 'a.d.a+crm@gmail.com'],
  ['text', 'Acme, Inc.', 'acme inc'],
  ['text', 'Acme Inc', 'acme inc'],
  ['text', 'ACME   GmbH', 'acme gmbh'],
  ['text', 'Holdings (UK) – Ltd.', 'holdings uk ltd'],
  ['text', "O'Neill & Sons", 'o neill sons'],
  ['text', 'Müller', 'müller'],
  ['text', 'Mu\u0308ller', 'müller'],
  ['text', 'Ａｃｍｅ', 'acme'],
  ['text', 'C++ Experts', 'c++ experts'],
  ['text', '!!!', '!!!'],
  ['text', '日本 株式会社', '日本 株式会社'],
  ['phone', '+498912345678', '498912345678'],
  ['phone', '+1 (212) 555-0123', '12125550123'],
  ['phone', '555 0123', ''],
  ['phone', '+1 212 555 0123 x5', ''],
  ['domain', 'https://www.acme.co.uk/about?x=1', 'acme.co.uk'],
  ['domain', 'ACME.example', 'acme.example'],
  ['domain', 'shop.acme.github.io', 'acme.github.io'],
  ['domain', '10.0.0.1', ''],
  ['url', 'https://www.LinkedIn.com/in/Ada/', 'linkedin.com/in/Ada'],
  ['url', 'linkedin.com/in/Ada', 'linkedin.com/in/Ada'],
  ['number', '12.50', '12.5'],
  ['number', '12.0', '12'],
  ['number', '100', '100'],
  ['number', '-0.00', '0'],
  ['exact', ' 0015g00000AbCdE ', '0015g00000AbCdE'],
]

const field = (kind: Field['kind'], name: string): Field => ({ name, label: name, kind })
const choices: [Field, NormalForm][] = [
  [field('email', 'email'), 'email'],
  [field('phone', 'mobile_phone'), 'phone'],
  [field('text', 'name'), 'text'],
  [field('text', 'domain'), 'domain'],
  [field('url', 'website'), 'domain'],
  [field('url', 'linkedin_url'), 'url'],
  [field('currency', 'amount'), 'number'],
  [field('external-id', 'external_id'), 'exact'],
  [field('picklist', 'status'), 'exact'],
]

describe('normal forms', () => {
  it.each(cases)('%s: %j is %j', (form, text, normal) => {
    expect(normalForms[form](text)).toBe(normal)
  })

  it('keeps the legal form: Acme Inc. is not Acme GmbH', () => {
    expect(normalForms.text('Acme Inc.')).not.toBe(normalForms.text('Acme GmbH'))
  })

  it('gives ASCII names the same form on the short way as on the long one', () => {
    fc.assert(fc.property(fc.string({ unit: fc.integer({ min: 0, max: 127 }).map((code) => String.fromCharCode(code)) }), (text) => {
      // "ä" takes the whole text over the long way.
      expect(normalForms.text(`${text} ä`)).toBe(`${normalForms.text(`${text} a`).slice(0, -1)}ä`)
    }))
  })

  it.each(Object.entries(normalForms))('%s: the form of a form is itself', (_, form) => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const once = form(text)
      if (once !== '' && form !== normalForms.phone) expect(form(once)).toBe(once)
    }))
  })

  it.each(choices)('of $name is chosen by kind and name', (of, form) => {
    expect(normalFormOf(of)).toBe(form)
  })
})
