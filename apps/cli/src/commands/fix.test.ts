import { fixKinds, isAboutRows, parseFix } from '@longshore/core'
import { expect, it } from 'vitest'
import { fixExamples } from './fix.ts'

it('the help shows a fix of each kind that is one', () => {
  const shown = fixExamples.map(([, example]) => JSON.parse(example) as { fix: unknown; rows?: unknown })
  const fixes = shown.map(({ fix }) => parseFix(fix, 20))
  expect(fixes.map(({ kind }) => kind).sort()).toEqual([...fixKinds].sort())
  expect(shown.map(({ rows }) => rows !== undefined)).toEqual(fixes.map(({ kind }) => isAboutRows(kind)))
})
