import { describe, expect, it } from 'vitest'
import type { Command } from './command.ts'
import { parseCall } from './parse-call.ts'

const command: Command = {
  name: 'read', positionals: { names: ['FROM', 'TO'], least: 1 },
  flags: { pace: { type: 'string', value: 'N', help: '' }, stop: { type: 'string', multiple: true, help: '' }, 'dry-run': { type: 'boolean', help: '' } },
  run: () => Promise.resolve(0),
}

describe('a command line taken apart', () => {
  it('gives flags and words wherever they stand', () => {
    const call = parseCall(command, ['--stop=a=b', 'here', '--pace', '3', '--dry-run', 'there', '--stop', 'c'])
    expect([call.word(0), call.word(1), call.text('pace'), call.list('stop'), call.on('dry-run')]).toEqual(['here', 'there', '3', ['a=b', 'c'], true])
  })

  it('takes everything after -- as words', () => {
    expect(parseCall(command, ['--', '--pace', 'x']).word(0)).toBe('--pace')
  })

  it('takes the last of a flag that is given twice', () => {
    expect(parseCall(command, ['a', '--pace', '1', '--pace', '2']).text('pace')).toBe('2')
  })

  it('needs no words when help is asked for', () => {
    expect(parseCall(command, ['-h']).on('help')).toBe(true)
  })

  it.each([
    [['a', '--pase', '3'], 'usage.unknown-flag', 'Did you mean "--pace"'],
    [['a', '--dryrun'], 'usage.unknown-flag', 'Did you mean "--dry-run"'],
    [['a', '-x'], 'usage.unknown-flag', '"-x"'],
    [['a', '--constructor', 'x'], 'usage.unknown-flag', '--constructor'],
    [['a', '--pace'], 'usage.missing-value', '--pace N'],
    [['a', '--pace', '--dry-run'], 'usage.missing-value', '--pace=--dry-run'],
    [['a', '--dry-run=yes'], 'usage.unexpected-value', '"yes"'],
    [[], 'usage.missing-word', 'FROM'],
    [['a', 'b', 'c'], 'usage.too-many-words', '"c" is too many'],
  ])('%j is refused', (args, code, words) => {
    expect(() => parseCall(command, args)).toThrow(expect.objectContaining({ code, message: expect.stringContaining(words) }))
  })

  it.each([['1', 1], ['10', 10], ['007', 7]])('reads the whole number %j within 1 to 10', (text, expected) => {
    expect(parseCall(command, ['a', `--pace=${text}`]).whole('pace', 1, 10)).toBe(expected)
  })

  it.each(['0', '11', '-1', '1e1', '1.0', '', '٣'])('does not take %j for a whole number from 1 to 10', (text) => {
    expect(() => parseCall(command, ['a', `--pace=${text}`]).whole('pace', 1, 10)).toThrow(/whole number from 1 to 10/)
  })

  it.each(['0', '-', 'x', '1.5', '01', '9999999999'])('does not take %j for a job number', (text) => {
    expect(() => parseCall(command, ['--', text]).job(0)).toThrow(/not a job number/)
  })
})
