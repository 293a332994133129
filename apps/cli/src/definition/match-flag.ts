import { Fault } from '@longshore/core'
import { malformedPair } from '../messages/usage.ts'

/** Reads `email,phone,first_name+last_name`: criteria in the order in which they are tried, each one or more fields. */
export function parseMatch(text: string): string[][] {
  return text.split(',').map((criterion) => {
    const fields = criterion.split('+').map((field) => field.trim())
    if (fields.some((field) => field === '')) throw new Fault('usage.malformed-pair', malformedPair('match', text, 'email,first_name+last_name'))
    return fields
  })
}
