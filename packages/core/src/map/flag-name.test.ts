import { expect, it } from 'vitest'
import { flagName } from './flag-name.ts'

it.each<[number, string[], string]>([
  [1, ['Name', 'Mood'], 'Mood'], [1, ['Phone', 'Phone'], '#2'], [0, ['Phone', ' Phone '], '#1'], [0, ['a=b'], '#1'], [0, ['$HOME'], '#1'], [0, [''], '#1'], [0, ['#3'], '#1'], [0, ['Straße & Nr.'], 'Straße & Nr.'],
])('names column %i of %j as %j', (position, headers, expected) => { expect(flagName(position, headers)).toBe(expected) })
