import type { Command } from '../command.ts'
import { notBuiltYet } from '../messages/not-built.ts'

/** Commands of the contract that say plainly that they are not there yet. Any words after them are accepted, so that the answer is this and not a usage error. */
export const matchCommand = notBuilt('match')
export const connectCommand = notBuilt('connect')
export const notBuiltCommands: readonly Command[] = [matchCommand, connectCommand]

function notBuilt(name: 'match' | 'connect'): Command {
  return {
    name,
    positionals: { names: ['…', '…', '…'], least: 0 },
    flags: { object: { type: 'string', value: 'NAME', help: 'not built yet' }, data: { type: 'string', value: 'DIR', help: 'not built yet' }, json: { type: 'boolean', help: 'the answer as JSON' } },
    run() {
      return Promise.reject(notBuiltYet(name))
    },
  }
}
