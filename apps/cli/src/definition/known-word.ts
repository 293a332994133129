import { closest } from '@longshore/core/closest'
import { Fault } from '@longshore/core/fault'
import type { Call } from '../call.ts'
import { unknownWord } from '../messages/usage.ts'

/** The word that a flag was given, when it was; refuses one that the flag does not take, naming the nearest. */
export function oneWord<Word extends string>(call: Call, flag: string, allowed: readonly Word[]): Word | undefined {
  const found = call.text(flag)
  return found === undefined ? undefined : knownWord(flag, found, allowed)
}

export function knownWord<Word extends string>(flag: string, found: string, allowed: readonly Word[]): Word {
  const word = allowed.find((candidate) => candidate === found)
  if (word === undefined) throw new Fault('usage.unknown-word', unknownWord(flag, found, allowed, closest(found, allowed)))
  return word
}
