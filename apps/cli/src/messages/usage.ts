import { visible } from '../reporters/visible.ts'

/** Refusals of a command line: what was found, and what to write instead. */
const nearestHint = (nearest: string | null, prefix = '') => (nearest === null ? '' : ` Did you mean "${prefix}${nearest}"?`)

export function unknownCommand(name: string, nearest: string | null): string {
  return `There is no command "${visible(name)}".${nearestHint(nearest, 'longshore ')} "longshore --help" lists all commands.`
}

export function unknownFlag(command: string, flag: string, nearest: string | null): string {
  return `"longshore ${command}" has no flag "${visible(flag)}".${nearestHint(nearest, '--')} "longshore ${command} --help" lists its flags.`
}

export function unknownWord(flag: string, found: string, allowed: readonly string[], nearest: string | null): string {
  return `--${flag} was given "${visible(found)}".${nearestHint(nearest)} It takes ${oneOf(allowed)}.`
}

export function unknownAction(command: string, found: string, actions: readonly string[]): string {
  return `"longshore ${command}" was given "${visible(found)}"; it takes ${oneOf(actions)}.`
}

export function missingValue(flag: string, value: string): string {
  return `${visible(flag)} needs a value: ${visible(flag)} ${value}.`
}

export function flagLikeValue(flag: string, found: string): string {
  return `${visible(flag)} is followed by "${visible(found)}", which looks like a flag. If it is the value, write ${visible(flag)}=${visible(found)}.`
}

export function unexpectedValue(flag: string, found: string): string {
  return `${visible(flag)} takes no value, but "${visible(found)}" was given.`
}

export function missingWord(command: string, name: string): string {
  return `"longshore ${command}" needs ${name}. "longshore ${command} --help" shows an example.`
}

export function tooManyWords(command: string, names: readonly string[], extra: string): string {
  const takes = names.length === 0 ? 'takes nothing but flags' : `takes ${names.join(' and ')}`
  return `"longshore ${command}" ${takes}; "${visible(extra)}" is too many. A name with blanks goes in quotes.`
}

export function notANumber(flag: string, found: string, least: number, most: number): string {
  return `--${flag} was given "${visible(found)}"; it takes a whole number from ${least} to ${most}.`
}

export function notAJob(found: string): string {
  return `"${visible(found)}" is not a job number. "longshore job" lists the jobs, newest first.`
}

export function malformedCountry(found: string): string {
  return `--phone-country was given "${visible(found)}"; a country is its ISO code of two letters: --phone-country DE for the phones of all columns, --phone-country "Mobile=DE" for those of one.`
}

export function malformedPair(flag: string, found: string, example: string): string {
  return `--${flag} was given "${visible(found)}"; it takes a pair such as --${flag} "${example}".`
}

export function missingObject(objects: readonly string[]): string {
  return `It is not said what the rows are. Add --object, for example --object ${objects[0] ?? 'contacts'}.`
}

export function oneOf(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
}

export function notADelimiter(found: string): string {
  return `--delimiter was given "${visible(found)}"; it takes one character, such as ";", or the word tab.`
}

export function noSuchFile(file: string, directory: string, nearest: string | null): string {
  return `There is no file "${visible(file)}" (looked in ${visible(directory)}).${nearestHint(nearest)}`
}

export function notAFile(file: string): string {
  return `"${visible(file)}" is a folder, not a file. Give the path of one file.`
}

export function notJson(file: string, why: string): string {
  return `"${visible(file)}" is not a JSON document: ${visible(why)}.`
}

export function notAnObject(file: string): string {
  return `"${visible(file)}" holds JSON, but not an object ({ … }).`
}

export function noSuchObject(name: string, names: readonly string[], nearest: string | null): string {
  return `There is no object "${visible(name)}".${nearestHint(nearest)} There are ${names.map((known) => visible(known)).join(', ')}.`
}

export function missingFlag(command: string, flag: string, value: string): string {
  return `"longshore ${command}" needs --${flag} ${value}.`
}

export function noData(directory: string): string {
  return `There is no Longshore data in ${directory}. Name the directory with --data or LONGSHORE_DATA; "longshore start" and "longshore import" make a new one.`
}

export function notASetting(flag: string): string {
  return `--${flag} cannot be taken away: it is always set. Give another value.`
}
