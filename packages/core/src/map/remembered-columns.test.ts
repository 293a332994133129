import { describe, expect, it } from 'vitest'
import { parseImportDefinition } from '../definition/parse.ts'
import { findObject } from '../schema/catalog.ts'
import { standardCatalog } from '../schema/standard/standard-catalog.ts'
import { columnKeys, fileShape } from './column-keys.ts'
import { mapFile } from './map-file.ts'
import { decisionsOf, withRememberedColumns, type RememberedColumn } from './remembered-columns.ts'

const catalog = standardCatalog()
const object = findObject(catalog, 'contacts')
if (!object) throw new Error('The catalog has no contacts.')
const define = (columns: object[] = []) => parseImportDefinition({ object: 'contacts', columns })
const decision = (key: string, field: string | null, job = 1, sameShape = true): RememberedColumn => ({ key, field, job, sameShape })

describe('columns are remembered by', () => {
  it('their headers in any spelling, repeated ones by their number, and not at all where there is none', () => {
    expect(columnKeys(['E-mail Address', 'email address', '', 'Mood__c'])).toEqual(['emailaddress', 'emailaddress#2', '', 'mood'])
  })

  it('what stood in the file, not what our error report puts beside it', () => {
    expect(columnKeys(['Row number', 'Field', 'Error type', 'Message', 'Original value', 'Message'])).toEqual(['', '', '', '', '', 'message'])
    expect(fileShape(['Row number', 'Field', 'Error type', 'Message', 'Original value', 'B', 'A'])).toBe(fileShape(['A', 'B']))
  })
})

describe('a decision', () => {
  const columns = ['Last Name', 'Mood', 'Email', 'Reach']
  it.each([
    ['of a column that nothing was proposed for', [{ header: 'Mood', field: 'title' }], [], [{ key: 'mood', field: 'title' }]],
    ['that leaves a column out which would have been used', [{ header: 'Email', field: null }], [], [{ key: 'email', field: null }]],
    ['to cut a column', [{ header: 'Mood', field: null, split: { by: ',', into: ['title', 'department'] } }], [], [{ key: 'mood', field: null, split: { by: ',', into: ['title', 'department'] } }]],
    ['to join columns', [{ header: 'Mood', field: 'title', combine: { with: [4], separator: ' ' } }], [], [{ key: 'mood', field: 'title', combine: { with: ['reach'], separator: ' ' } }]],
    ['that says what is proposed anyway: nothing', [{ header: 'Email', field: 'email' }, { header: 'Mood', field: null }], [], []],
    ['that says what is proposed, against one of before', [{ header: 'Email', field: 'email' }], [decision('email', 'secondary_email')], [{ key: 'email', field: 'email' }]],
    ['about how values are read: nothing', [{ header: 'Email', blankClears: true }], [], []],
  ] as const)('%s', (_, said, memory, kept) => {
    expect(decisionsOf({ catalog, object, columns }, define([...said]), memory)).toEqual(kept)
  })
})

describe('what is remembered', () => {
  const columns = ['Last Name', 'Mood', 'Email']
  const mapped = (memory: RememberedColumn[], said: object[] = [], headers: string[] = columns) => {
    const { definition, recalled } = withRememberedColumns(catalog, object, define(said), headers, memory)
    return mapFile({ catalog, object, columns: headers }, definition, { memory, recalled }).map(({ field, applied, reason }) => [field, applied, reason])
  }

  it('is used for a file of the same shape, and the reason says so', () => {
    expect(mapped([decision('mood', 'title', 7)])[1]).toEqual(['title', true, 'You chose this last time (job 7).'])
    expect(mapped([decision('email', null, 7)])[2]).toEqual([null, false, 'You left it out last time (job 7).'])
  })

  it('is shown for a file of another shape, and used from three that agree', () => {
    expect(mapped([decision('mood', 'title', 7, false)])[1]).toEqual(['title', false, 'You chose this for another file (job 7).'])
    expect(mapped([5, 6, 7].map((job) => decision('mood', 'title', job, false)))[1]).toEqual(['title', true, 'You chose this last time (job 7).'])
    expect(mapped([decision('mood', 'title', 5, false), decision('mood', 'title', 6, false), decision('mood', 'department', 7, false)])[1]?.[1]).toBe(false)
  })

  it('takes a field from the column that would have had it', () => {
    expect(mapped([decision('mood', 'email')]).map(([field]) => field)).toEqual(['last_name', 'email', null])
  })

  it.each([
    ['the definition says otherwise of the column', [{ header: 'Mood', field: 'department' }], 'department'],
    ['the definition gives the field to another column', [{ header: 'Email', field: 'title' }], null],
  ])('gives way where %s', (_, said, field) => {
    expect(mapped([decision('mood', 'title')], said)[1]?.[0]).toBe(field)
  })

  it('is forgotten where its field is no more, and the latest of two decides', () => {
    expect(mapped([decision('mood', 'no_such_field')])[1]?.[0]).toBe(null)
    expect(mapped([decision('mood', 'title', 3), decision('email', 'title', 4)]).map(([field]) => field)).toEqual(['last_name', null, 'title'])
  })

  it('keeps what the definition says of how the column is read', () => {
    const { definition } = withRememberedColumns(catalog, object, define([{ header: 'Mood', nullWords: false }]), columns, [decision('mood', 'title')])
    expect(definition.columns).toEqual([{ header: 'Mood', nullWords: false, field: 'title' }])
  })
})
