import { expect, it } from 'vitest'
import { commandSummaries } from '../messages/command-summaries.ts'
import { commandNames, loadCommand, loadCommands } from './table.ts'

it('every command is found by the name that it bears', async () => {
  expect((await loadCommands()).map(({ name }) => name)).toEqual(commandNames)
  expect(commandNames).toEqual(Object.keys(commandSummaries))
  for (const name of commandNames) expect((await loadCommand(name))?.name).toBe(name)
})

it.each(['exprot', 'toString', '__proto__'])('%s is no command', async (name) => {
  expect(await loadCommand(name)).toBe(null)
})
