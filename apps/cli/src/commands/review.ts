import { Fault } from '@longshore/core/fault'
import type { Side } from '@longshore/core'
import type { Longshore } from '@longshore/server'
import { dataFlag, jsonFlag } from '../command.ts'
import type { Call } from '../call.ts'
import type { Command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { malformedPair, missingWord, unknownAction, unknownWord } from '../messages/usage.ts'
import { jobJson } from '../reporters/job-json.ts'
import { jobReport } from '../reporters/job-report.ts'
import { reviewList } from '../reporters/review-list.ts'
import { withLongshore } from '../with-longshore.ts'

const shownPairs = 20
const sides: readonly Side[] = ['record', 'other']
const actions = ['list', 'merge', 'dismiss'] as const

export const reviewCommand: Command = {
  name: 'review',
  positionals: { names: ['ACTION', 'PAIR'], least: 1 },
  flags: {
    object: { type: 'string', value: 'NAME', help: 'list: only pairs of this object' },
    limit: { type: 'string', value: 'N', help: `list: so many pairs (${shownPairs})` },
    keep: { type: 'string', value: 'SIDE', help: 'merge: which one stays: other (the usual: the older one) or record (the flagged one)' },
    value: { type: 'string', multiple: true, value: 'field=SIDE', help: 'merge: whose value a field takes; without: the kept one\'s, and the other\'s where that is empty' },
    data: dataFlag,
    json: jsonFlag,
  },
  notes: [
    'longshore review list; longshore review merge 12 --keep other --value phone=record; longshore review dismiss 12',
    'A merge is a job and can be undone. A dismissed pair comes back when either record changes.',
  ],
  async run(call, host) {
    const action = actions.find((one) => one === call.word(0))
    if (!action) throw new Fault('usage.unknown-word', unknownAction('review', call.word(0) ?? '', actions))
    const said = await withLongshore(call, host, (longshore) => carryOut[action](longshore, call))
    host.stdout.write(call.on('json') ? `${JSON.stringify(said.json)}\n` : said.text)
    return exitCodes.good
  },
}

const carryOut: Record<(typeof actions)[number], (longshore: Longshore, call: Call) => Promise<{ text: string; json: unknown }>> = {
  async list(longshore, call) {
    const object = call.text('object')
    const reviews = await longshore.reviews({ limit: call.whole('limit', 1, 1_000) ?? shownPairs, ...(object === undefined ? {} : { object }) })
    return { json: { reviews }, text: reviewList(reviews) }
  },
  async merge(longshore, call) {
    const values = Object.fromEntries(call.list('value').map((text) => {
      const equals = text.lastIndexOf('=')
      if (equals < 1) throw new Fault('usage.malformed-pair', malformedPair('value', text, 'phone=record'))
      return [text.slice(0, equals).trim(), side('value', text.slice(equals + 1))]
    }))
    const job = await longshore.mergeReview({ review: pair(call), keep: side('keep', call.text('keep') ?? 'other'), values })
    return { json: jobJson(job), text: jobReport(job) }
  },
  async dismiss(longshore, call) {
    await longshore.dismissReview(pair(call))
    return { json: { dismissed: pair(call) }, text: `Pair ${pair(call)} is dismissed until either record changes.\n` }
  },
}

function pair(call: Call): string {
  const id = call.word(1)
  if (id === undefined) throw new Fault('usage.missing-word', missingWord(`review ${call.word(0) ?? ''}`, 'PAIR'))
  return id
}

function side(flag: string, found: string): Side {
  const one = sides.find((candidate) => candidate === found)
  if (one === undefined) throw new Fault('usage.unknown-word', unknownWord(flag, found, sides, null))
  return one
}
