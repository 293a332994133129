import { helpFlag } from './command.ts'
import type { Command, Flag } from './command.ts'
import { commandSummaries } from './messages/command-summaries.ts'

/** The text of `longshore --help`. */
export function helpForAll(): string {
  const width = Math.max(...Object.keys(commandSummaries).map(({ length }) => length))
  const lines = Object.entries(commandSummaries).map(([name, summary]) => `  ${name.padEnd(width)}  ${summary}`)
  return [
    'Longshore moves CRM data in and out, safely: every row is checked, accounted for, and can be taken back.',
    '',
    'Usage: longshore COMMAND [flags]',
    '',
    ...lines,
    '',
    '"longshore COMMAND --help" explains one command. Everything lives in ./data, or where --data or LONGSHORE_DATA says;',
    'DATABASE_URL names a PostgreSQL to use instead of the built-in one.',
    'Exit codes: 0 all rows good; 1 some rows failed, or stopped, or an undo kept something; 2 nothing was done.',
    '',
  ].join('\n')
}

/** The text of `longshore COMMAND --help`. */
export function helpFor(command: Command): string {
  const { names, least } = command.positionals
  const summary: string = commandSummaries[command.name]
  const words = names.map((name, position) => (position < least ? name : `[${name}]`))
  const flags = Object.entries({ ...command.flags, help: helpFlag }).map(([name, flag]) => [spelled(name, flag), flag.multiple ? `${flag.help}; give the flag once for each` : flag.help] as const)
  const width = Math.max(...flags.map(([left]) => left.length))
  return [
    `Usage: ${['longshore', command.name, ...words].join(' ')} [flags]`,
    '',
    `${summary[0]?.toUpperCase()}${summary.slice(1)}.`,
    '',
    ...flags.map(([left, help]) => `  ${left.padEnd(width)}  ${help}`),
    ...(command.notes?.length ? ['', ...command.notes] : []),
    '',
  ].join('\n')
}

function spelled(name: string, flag: Flag): string {
  const value = flag.type === 'string' ? ` ${flag.value ?? 'VALUE'}` : ''
  return `--${name}${value}`
}
