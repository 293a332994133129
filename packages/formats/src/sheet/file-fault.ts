import { Fault } from '@longshore/core/fault'

/** A file that is not what it seems, is damaged, or goes beyond a limit. `where` is a sheet, a cell or a part of the file. */
export function damaged(what: string, where: string, found: string, advice = 'Open the file in the program that made it, save it again, and import that copy.'): Fault {
  return new Fault('file.damaged', `${what} cannot be read: ${where === '' ? '' : `in ${where}, `}${found}. ${advice}`)
}

export function tooLarge(what: string, where: string, found: string, advice = 'Split it into several files, or save it as CSV, which has no such limit.'): Fault {
  return new Fault('file.too-large', `${what} is too large to be read: ${where === '' ? '' : `in ${where}, `}${found}. ${advice}`)
}
