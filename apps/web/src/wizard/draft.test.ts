import { expect, it } from 'vitest'
import { definitionOf, newDraft } from './draft.ts'

it('changes nothing that exists unless somebody says so', () => {
  expect(definitionOf(newDraft('contacts'))).toMatchObject({ object: 'contacts', operation: 'insert', onDuplicate: 'skip', missingReference: 'error' })
})

it('says how duplicates are met only where they can be met', () => {
  expect(definitionOf({ ...newDraft('contacts'), operation: 'upsert', merge: { phone: 'if-empty' } })).toMatchObject({ operation: 'upsert', merge: { phone: 'if-empty' } })
  expect('onDuplicate' in definitionOf({ ...newDraft('contacts'), operation: 'upsert' })).toBe(false)
  expect('merge' in definitionOf({ ...newDraft('contacts'), merge: { phone: 'always' } })).toBe(false)
  expect('merge' in definitionOf({ ...newDraft('contacts'), operation: 'delete', merge: { phone: 'always' } })).toBe(false)
})

it('leaves out transforms that change nothing', () => {
  expect(definitionOf({ ...newDraft('contacts'), columns: [{ position: 1, field: 'email', transforms: [] }] }).columns).toEqual([{ position: 1, field: 'email' }])
})
