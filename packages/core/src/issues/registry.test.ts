import { describe, expect, test } from 'vitest'
import { issueRegistry, makeIssue } from './registry.ts'
import type { IssueCode } from './registry.ts'

const codes = Object.keys(issueRegistry) as IssueCode[]
const place = { row: 7, column: 'E-mail', field: 'email', value: 'not-an-email' }

describe('the registry', () => {
  test.each(codes)('%s says what happened and where, and what to do', (code) => {
    const entry = issueRegistry[code]
    expect(code).toMatch(/^[a-z]+\.[a-z0-9]+(-[a-z0-9]+)*$/)
    expect(entry.message).toContain('{where}')
    for (const text of [entry.title, entry.explanation, entry.message, entry.next]) expect(text).toBe(text.trim())
    for (const text of [entry.explanation, entry.message, entry.next]) expect(text.endsWith('.')).toBe(true)
    expect(['error', 'warning']).toContain(entry.severity)
  })
})

test('fills the message with place, value and parameters', () => {
  expect(makeIssue('type.email', place, { detail: ' (it has no @)' })).toEqual({
    code: 'type.email',
    severity: 'error',
    row: 7,
    column: 'E-mail',
    field: 'email',
    value: 'not-an-email',
    message: 'Not an e-mail address in row 7, column "E-mail": found "not-an-email" (it has no @). '
      + 'Write one address, such as ada@example.com, or leave the cell empty.',
  })
})

test('names the field where no column feeds it, and the row alone where neither does', () => {
  expect(makeIssue('type.email', { ...place, column: null }).message).toContain('in row 7, field email:')
  expect(makeIssue('type.email', { ...place, column: null, field: null }).message).toContain('in row 7:')
})

test('cuts long values and shows what cannot be seen', () => {
  const issue = makeIssue('read.nul-byte', { ...place, value: `a\0b\x07\x7f\ud800${'x'.repeat(400)}` })
  expect(issue.value?.startsWith('a␀b␇␡�xxx')).toBe(true)
  expect(issue.value).toHaveLength(255)
  expect(issue.value?.endsWith('…')).toBe(true)
})

test('shows what cannot be seen in parameters, too', () => {
  expect(makeIssue('picklist.unknown', place, { label: 'Source', found: 'a\x07', nearest: '', options: 'Web' }).message).toContain('found "a␇".')
})

test('never takes a placeholder of the value for one of the message', () => {
  expect(makeIssue('type.email', { ...place, value: '{next} $& {where}' }).message).toContain('found "{next} $& {where}"')
})

test('marks an issue that counts only when a record is created', () => {
  expect(makeIssue('required.missing', { ...place, onCreate: true }).onCreate).toBe(true)
  expect('onCreate' in makeIssue('required.missing', place)).toBe(false)
})
