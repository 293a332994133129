import { Fault } from '@longshore/core/fault'
import type { Longshore } from '@longshore/server'
import { dataFlag, jsonFlag } from '../command.ts'
import type { Call } from '../call.ts'
import type { Command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { missingWord, unknownAction } from '../messages/usage.ts'
import { counted } from '../reporters/quantity.ts'
import { table } from '../reporters/table.ts'
import { withLongshore } from '../with-longshore.ts'

const shownLinks = 100
const actions = ['list', 'remove'] as const

export const associationCommand: Command = {
  name: 'association',
  positionals: { names: ['ACTION', 'IDS'], least: 1 },
  flags: {
    record: { type: 'string', value: 'ID', help: 'list: only links of this record' },
    limit: { type: 'string', value: 'N', help: `list: so many links (${shownLinks})` },
    data: dataFlag,
    json: jsonFlag,
  },
  notes: [
    'longshore association list --record 1234; longshore association remove 5678,5679',
    'Many at once: longshore import links.csv --object associations --map "Person=from.contacts.email" --map "Deal=to.deals.name", with --operation delete to remove them.',
    'What is removed lies in the bin: longshore bin restore 5678 --object associations.',
  ],
  async run(call, host) {
    const action = actions.find((one) => one === call.word(0))
    if (!action) throw new Fault('usage.unknown-word', unknownAction('association', call.word(0) ?? '', actions))
    const said = await withLongshore(call, host, (longshore) => carryOut[action](longshore, call))
    host.stdout.write(call.on('json') ? `${JSON.stringify(said.json)}\n` : said.text)
    return exitCodes.good
  },
}

const carryOut: Record<(typeof actions)[number], (longshore: Longshore, call: Call) => Promise<{ text: string; json: unknown }>> = {
  async list(longshore, call) {
    const record = call.text('record')
    const associations = await longshore.associations({ limit: call.whole('limit', 1, 10_000) ?? shownLinks, ...(record === undefined ? {} : { record }) })
    const rows = associations.map(({ association, from, to, role }) => [association, from.object, from.record, from.name, role, to.object, to.record, to.name])
    return { json: { associations }, text: rows.length === 0 ? 'There are no associations.\n' : table(['association', 'from', 'record', 'name', 'role', 'to', 'record', 'name'], rows) }
  },
  async remove(longshore, call) {
    const associations = (call.word(1) ?? '').split(',').map((id) => id.trim()).filter((id) => id !== '')
    if (associations.length === 0) throw new Fault('usage.missing-word', missingWord('association remove', 'IDS'))
    await longshore.binRecords({ object: 'associations', records: associations })
    return { json: { removed: associations.length }, text: `${counted(associations.length, 'association')} removed, to the bin.\n` }
  },
}
