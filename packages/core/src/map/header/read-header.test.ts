import { describe, expect, it } from 'vitest'
import { headerWords } from './header-words.ts'
import { readHeader } from './read-header.ts'
import { rowLanguages } from './row-languages.ts'
import { withoutSharedPrefix } from './shared-prefix.ts'

const words: [header: string, words: string][] = [
  ['E-mail 1 - Value', 'e mail 1 value'], ['billingAddressPostalCode', 'billing address postal code'], ['Lead_Score__c', 'lead score'], ['Straße & Hausnr.', 'strasse hausnr'],
  ['Order #', 'order number'], ['Wahrscheinlichkeit (%)', 'wahrscheinlichkeit percent'], ['☎ Contact', 'phone contact'], ['N° de téléphone', 'number de telephone'], ['LinkedInUrl', 'linkedin url'],
  ['会員状態 (0:利用可, 1:停止)', '会 員 状 態'], ['Phone (Work)', 'phone work'], ['\uFEFFName', 'name'], ['İl', 'il'], ['ＴＥＬ', 'tel'],
]

describe('headers as words', () => {
  it.each(words)('"%s" is "%s"', (header, expected) => { expect(headerWords(header).join(' ')).toBe(expected) })

  it('takes compounds of known words apart', () => {
    expect(readHeader('Rechnungsort').segments.map(({ text, compound }) => [text, compound])).toEqual([['rechnungs', true], ['ort', true]])
  })

  it('counts, and does not count what a phrase means', () => {
    expect(readHeader('Phone 2').ordinal).toBe(2)
    expect(readHeader('Address Line 2').segments.length).toBeGreaterThan(0)
  })

  it('hears the language of a row from words that only it has', () => {
    const spoken = rowLanguages(['Förnamn', 'Efternamn', 'E-post', 'Postnummer'].map(readHeader))
    expect([...spoken].toSorted((a, b) => b[1] - a[1])[0]?.[0]).toBe('sv')
  })

  it('leaves out what all headers begin with', () => {
    expect(withoutSharedPrefix(['tbl_customer.city', 'tbl_customer.name', 'tbl_customer.zip', 'tbl_customer.phone'])).toEqual(['city', 'name', 'zip', 'phone'])
    expect(withoutSharedPrefix(['First Name', 'First Call', 'Last Name', 'Phone'])).toEqual(['First Name', 'First Call', 'Last Name', 'Phone'])
  })
})
