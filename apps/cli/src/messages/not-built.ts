import { Fault } from '@longshore/core/fault'

/** What the contract names and this version cannot do: said plainly, before anything is touched. */
const notBuilt = {
  salesforce: 'Loading into Salesforce (--to) is not built yet. Leave --to out to import into Longshore\'s own records.',
  match: 'Listing duplicates with "longshore match" is not built yet. "longshore import --match email --dry-run" shows which rows match existing records.',
  connect: 'Connections to other systems ("longshore connect") are not built yet.',
} as const

export function notBuiltYet(what: keyof typeof notBuilt): Fault {
  return new Fault('not-built-yet', notBuilt[what])
}

export function formatNotBuiltYet(flag: string, format: string, instead: readonly string[]): Fault {
  return new Fault('not-built-yet', `The format "${format}" (--${flag}) is not built yet. Built so far: ${instead.join(', ')}.`)
}
