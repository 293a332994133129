import { expect, it } from 'vitest'
import { changedSettings, stepsAfter } from './import-steps.ts'
import { parseImportDefinition } from './parse.ts'

const before = parseImportDefinition({ object: 'contacts', match: [['email']], merge: { title: 'never' }, columns: [{ position: 1, field: 'email' }] })

it.each([
  [{}, [], []],
  [{ columns: [{ field: 'email', position: 1 }] }, [], []],
  [{ source: { delimiter: ';' } }, ['source'], ['map', 'match', 'check', 'run']],
  [{ columns: [{ position: 1, field: null }] }, ['columns'], ['check', 'run']],
  [{ match: [['external_id']] }, ['match'], ['check', 'run']],
  [{ merge: { title: 'always' } }, ['merge'], ['run']],
  [{ merge: {}, operation: 'upsert' }, ['operation', 'merge'], ['check', 'run']],
] as const)('after %j the settings %j have changed, and these steps come again: %j', (change, changed, steps) => {
  const after = parseImportDefinition({ ...before, ...change })
  expect([[...changedSettings(before, after)].sort(), stepsAfter(changedSettings(before, after))]).toEqual([[...changed].sort(), steps])
})
