import { describe, expect, it } from 'vitest'
import { Fault } from '../issues/fault.ts'
import { importDefinitionJsonSchema } from './json-schema.ts'
import { parseImportDefinition } from './parse.ts'

const base = { object: 'contacts' }
const wrong: [document: unknown, path: string, says: string][] = [
  [null, '', 'JSON object'],
  [[], '', 'a list'],
  ['contacts', '', 'a text'],
  [{}, 'object', 'nothing found'],
  [{ object: 3 }, 'object', 'a number'],
  [{ ...base, operatoin: 'update' }, 'operatoin', '"operation"'],
  [{ ...base, operation: 'upsrt' }, 'operation', '"upsert"'],
  [{ ...base, source: { delimeter: ';' } }, 'source.delimeter', '"delimiter"'],
  [{ ...base, source: { delimiter: ';;' } }, 'source.delimiter', 'at most 1'],
  [{ ...base, columns: [{ header: 'a', feild: 'email' }] }, 'columns[0].feild', '"field"'],
  [{ ...base, columns: [{ header: 'a', field: 'email' }, { header: 'b', field: 'X Y' }] }, 'columns[1].field', 'API name'],
  [{ ...base, columns: [{ field: 'email' }] }, 'columns[0]', '"header" or by "position"'],
  [{ ...base, columns: [{ position: 0, field: null }] }, 'columns[0].position', 'at least 1'],
  [{ ...base, columns: [{ header: 'a', field: 'x', transforms: [{ kind: 'triim' }] }] }, 'columns[0].transforms[0].kind', '"trim"'],
  [{ ...base, columns: [{ header: 'a', field: 'x', transforms: [{ kind: 'case', to: 'uper' }] }] }, 'columns[0].transforms[0].to', '"upper"'],
  [{ ...base, match: ['email'] }, 'match[0]', 'a list'],
  [{ ...base, merge: { 'lead score': 'alwys' } }, 'merge["lead score"]', '"always"'],
  [{ ...base, version: 2 }, 'version', '"1"'],
  [{ ...base, results: { formats: ['xls'] } }, 'results.formats[0]', '"csv"'],
]

describe('parseImportDefinition', () => {
  it.each(wrong)('refuses %j at %j', (document, path, says) => {
    let fault: unknown
    try { parseImportDefinition(document) } catch (e) { fault = e }
    expect(fault).toBeInstanceOf(Fault)
    expect(fault).toMatchObject({ code: 'definition-invalid', path })
    expect(String(fault)).toContain(says)
  })

  it('fills in what the document leaves out', () => {
    expect(parseImportDefinition(base)).toMatchObject({ operation: 'insert', onDuplicate: 'skip', autoMap: true, columns: [], match: [], missingReference: 'error' })
  })

  it('gives the same definition again for what it gave', () => {
    const once = parseImportDefinition({ ...base, match: [['email']], columns: [{ header: 'Mail', field: 'email' }] })
    expect(parseImportDefinition(JSON.parse(JSON.stringify(once)))).toEqual(once)
  })

  it('keeps a default for a field called like an object property', () => {
    expect(parseImportDefinition({ ...base, defaults: { constructor: 'x' } }).defaults).toEqual({ constructor: 'x' })
  })
})

describe('importDefinitionJsonSchema', () => {
  it('asks for the object alone and knows every setting', () => {
    const text = JSON.stringify(importDefinitionJsonSchema())
    for (const setting of ['operation', 'columns', 'match', 'onDuplicate', 'merge', 'defaults', 'blankClears']) expect(text).toContain(`"${setting}"`)
    expect(text).toContain('"required":["object"]')
  })
})
