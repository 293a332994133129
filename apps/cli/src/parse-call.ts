import { parseArgs } from 'node:util'
import { closest } from '@longshore/core/closest'
import { Fault } from '@longshore/core/fault'
import { Call } from './call.ts'
import { helpFlag } from './command.ts'
import type { Command, Flag } from './command.ts'
import { flagLikeValue, missingValue, missingWord, tooManyWords, unexpectedValue, unknownFlag } from './messages/usage.ts'

/**
 * Takes the words after the command's name apart. Refuses whatever the command does not know, naming the nearest;
 * node:util would refuse too, but in words for programmers, so its lenient tokens are checked here.
 */
export function parseCall(command: Command, args: readonly string[]): Call {
  const known: Record<string, Flag> = { ...command.flags, help: helpFlag }
  const options = Object.fromEntries(Object.entries(known).map(([name, { type }]) => [name, { type, multiple: true, ...(name === 'help' ? { short: 'h' } : {}) }]))
  const { tokens } = parseArgs({ args: [...args], options, strict: false, tokens: true, allowPositionals: true })
  const flags = new Map<string, (string | true)[]>()
  const words: string[] = []
  for (const token of tokens) {
    if (token.kind === 'positional') words.push(token.value)
    if (token.kind !== 'option') continue
    const flag = Object.hasOwn(known, token.name) ? known[token.name] : undefined
    if (!flag) throw new Fault('usage.unknown-flag', unknownFlag(command.name, token.rawName, closest(token.name, Object.keys(known))))
    if (flag.type === 'boolean' && token.value !== undefined) throw new Fault('usage.unexpected-value', unexpectedValue(token.rawName, token.value))
    if (flag.type === 'string' && token.value === undefined) throw new Fault('usage.missing-value', missingValue(token.rawName, flag.value ?? 'VALUE'))
    if (token.value !== undefined && !token.inlineValue && /^-./.test(token.value)) {
      throw new Fault('usage.missing-value', flagLikeValue(token.rawName, token.value))
    }
    flags.set(token.name, [...(flags.get(token.name) ?? []), token.value ?? true])
  }
  if (!flags.has('help')) {
    const { names, least } = command.positionals
    if (words.length < least) throw new Fault('usage.missing-word', missingWord(command.name, names[words.length] ?? ''))
    const extra = words[names.length]
    if (extra !== undefined) throw new Fault('usage.too-many-words', tooManyWords(command.name, names, extra))
  }
  return new Call(flags, words)
}
