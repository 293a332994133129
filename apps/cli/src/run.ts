import { closest } from '@longshore/core/closest'
import { Fault } from '@longshore/core/fault'
import { commandNames, loadCommand } from './commands/table.ts'
import type { Command } from './command.ts'
import { exitCodes } from './exit-code.ts'
import type { ExitCode } from './exit-code.ts'
import { helpFor, helpForAll } from './help.ts'
import type { Host } from './host.ts'
import { unknownCommand } from './messages/usage.ts'
import { parseCall } from './parse-call.ts'
import { reportFault } from './reporters/fault.ts'
import { version } from './version.ts'

/** Runs one command line (without the program's name) and returns its exit code. Never throws. */
export async function run(args: readonly string[], host: Host): Promise<ExitCode> {
  const json = asksForJson(args)
  try {
    const [name, ...rest] = args
    if (name === undefined) {
      host.stderr.write(helpForAll())
      return exitCodes.nothing
    }
    if (name === '--version') return say(host, `${version()}\n`)
    if (name === '--help' || name === '-h') return say(host, helpForAll())
    if (name === 'help') return say(host, rest[0] === undefined ? helpForAll() : helpFor(await commandNamed(rest[0])))
    const command = await commandNamed(name)
    const call = parseCall(command, rest)
    if (call.on('help')) return say(host, helpFor(command))
    return await command.run(call, host)
  } catch (error) {
    reportFault(error, host, json)
    return exitCodes.nothing
  }
}

async function commandNamed(name: string): Promise<Command> {
  const command = await loadCommand(name)
  if (command) return command
  throw new Fault('usage.unknown-command', unknownCommand(name, closest(name, commandNames)))
}

function say(host: Host, text: string): ExitCode {
  host.stdout.write(text)
  return exitCodes.good
}

/** Before the line is understood: a program that said --json gets its refusal as JSON whatever else was wrong. */
function asksForJson(args: readonly string[]): boolean {
  const end = args.indexOf('--')
  return args.slice(0, end < 0 ? undefined : end).includes('--json')
}
