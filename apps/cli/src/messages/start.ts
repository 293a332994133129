import { duration } from '../reporters/quantity.ts'

export const startTexts = {
  working: 'Working. Ctrl-C stops at the next safe place.\n',
  workInterrupted: (why: string, pauseMs: number) => `Work was interrupted: ${why} Trying again in ${duration(pauseMs / 1000)}.\n`,
  sample: 'First start: importing the shipped sample of contacts, which has a few faults on purpose (--empty leaves this out).\n\n',
  sampleFailed: (why: string) => `The sample could not be imported: ${why}\n`,
  running: (url: string) => `\nLongshore is running at ${url}\nIt answers on this computer only. Ctrl-C stops it.\n`,
  firstAccount: (link: string) => `Whoever sits at this computer may do everything until somebody has an account. To make the first one, an admin's, open this link\n(it works once, for a day):\n  ${link}\n`,
  noWorker: 'No job runs here: imports and undos wait for "longshore worker", as do e-mails, webhooks, jobs with a start time, and clearing up.\n',
  stopping: 'Stopping …\n',
} as const
