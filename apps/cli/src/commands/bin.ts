import { Fault } from '@longshore/core/fault'
import type { Longshore } from '@longshore/server'
import { dataFlag, jsonFlag } from '../command.ts'
import type { Call } from '../call.ts'
import type { Command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { missingFlag, missingWord, unknownAction } from '../messages/usage.ts'
import { counted } from '../reporters/quantity.ts'
import { table } from '../reporters/table.ts'
import { withLongshore } from '../with-longshore.ts'

const shownRecords = 100
/** As DESIGN and README say: records stay this long in the bin. */
const usualDays = 30
const actions = ['list', 'restore', 'empty'] as const

export const binCommand: Command = {
  name: 'bin',
  positionals: { names: ['ACTION', 'IDS'], least: 1 },
  flags: {
    object: { type: 'string', value: 'NAME', help: 'only records of this object; needed to restore' },
    limit: { type: 'string', value: 'N', help: `list: so many records (${shownRecords})` },
    cursor: { type: 'string', value: 'NEXT', help: 'list: go on where the list before ended, by what it named' },
    'older-than': { type: 'string', value: 'DAYS', help: `empty: only what has been in the bin so long (${usualDays})` },
    'confirm-hard-delete': { type: 'boolean', help: 'empty: it cannot be undone; say that it is meant' },
    data: dataFlag,
    json: jsonFlag,
  },
  notes: [
    'longshore bin list; longshore bin restore 1234,1235 --object contacts; longshore bin empty --older-than 30 --confirm-hard-delete',
    'To bring back everything that one job deleted, undo the job.',
  ],
  async run(call, host) {
    const action = actions.find((one) => one === call.word(0))
    if (!action) throw new Fault('usage.unknown-word', unknownAction('bin', call.word(0) ?? '', actions))
    const said = await withLongshore(call, host, (longshore) => carryOut[action](longshore, call))
    host.stdout.write(call.on('json') ? `${JSON.stringify(said.json)}\n` : said.text)
    return exitCodes.good
  },
}

interface Said { text: string; json: unknown }

const carryOut: Record<(typeof actions)[number], (longshore: Longshore, call: Call) => Promise<Said>> = {
  async list(longshore, call) {
    const object = call.text('object')
    const cursor = call.text('cursor')
    const { records, next } = await longshore.bin({ limit: call.whole('limit', 1, 10_000) ?? shownRecords, ...(object === undefined ? {} : { object }), ...(cursor === undefined ? {} : { cursor }) })
    const rows = records.map((record) => [record.object, record.record, record.name, record.deletedAt, record.deletedBy])
    if (records.length === 0) return { json: { records, next }, text: cursor === undefined ? 'The bin is empty.\n' : 'Nothing more is in the bin.\n' }
    return { json: { records, next }, text: `${table(['object', 'record', 'name', 'deleted', 'by job'], rows)}${next === null ? '' : `There is more: longshore bin list${object === undefined ? '' : ` --object ${object}`} --cursor ${next}\n`}` }
  },
  async restore(longshore, call) {
    const object = call.text('object')
    if (object === undefined) throw new Fault('usage.missing-flag', missingFlag('bin restore', 'object', 'contacts'))
    const records = (call.word(1) ?? '').split(',').map((id) => id.trim()).filter((id) => id !== '')
    if (records.length === 0) throw new Fault('usage.missing-word', missingWord('bin restore', 'IDS'))
    await longshore.restore({ object, records })
    return { json: { restored: records.length }, text: `${counted(records.length, 'record')} restored.\n` }
  },
  async empty(longshore, call) {
    if (!call.on('confirm-hard-delete')) throw new Fault('hard-delete-unconfirmed', 'Emptying the bin takes records away for good, and cannot be undone. Say that it is meant with --confirm-hard-delete.')
    const object = call.text('object')
    const { records, busy } = await longshore.emptyBin({ olderThanDays: call.whole('older-than', 0, 36_500) ?? usualDays, ...(object === undefined ? {} : { object }) })
    const left = busy.length === 0 ? '' : `A job is writing ${busy.join(', ')}: what is in the bin there stays. Try again when it has ended.\n`
    return { json: { deleted: records, busy }, text: `${counted(records, 'record')} deleted for good.\n${left}` }
  },
}
