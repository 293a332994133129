import { Fault } from '@longshore/core/fault'
import type { OrganizationSettings } from '@longshore/server'
import { dataFlag, jsonFlag } from '../command.ts'
import type { Call } from '../call.ts'
import type { Command, Flag } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { notASetting } from '../messages/usage.ts'
import { table } from '../reporters/table.ts'
import { withLongshore } from '../with-longshore.ts'

/** Each setting with its flag, what stands where it is not set, and what it decides; null: it is always set. */
const settings: readonly { name: keyof OrganizationSettings; flag: string; value: string; unset: string | null; decides: string }[] = [
  { name: 'country', flag: 'country', value: 'CODE', unset: null, decides: 'country of telephone numbers that name none, such as DE' },
  { name: 'currency', flag: 'currency', value: 'CODE', unset: null, decides: 'currency of amounts that name none, such as EUR' },
  { name: 'dateOrder', flag: 'date-order', value: 'WORD', unset: 'ask', decides: 'order of dates where a file leaves it open: dmy, mdy, ymd' },
  { name: 'decimal', flag: 'decimal', value: 'MARK', unset: 'ask', decides: 'mark before decimals where a file leaves it open: . or ,' },
  { name: 'timeZone', flag: 'time-zone', value: 'ZONE', unset: 'UTC', decides: 'zone of times that name none, such as Europe/Berlin' },
  { name: 'binDays', flag: 'bin-days', value: 'N', unset: '30', decides: 'days that deleted records stay in the bin' },
  { name: 'undoDays', flag: 'undo-days', value: 'N', unset: '30', decides: 'days that a job can be undone, and that its rows and its source are kept' },
  { name: 'draftDays', flag: 'draft-days', value: 'N', unset: 'as long as an undo', decides: 'days that a draft nobody touches is kept, and a file that was sent and is not imported' },
  { name: 'historyDays', flag: 'history-days', value: 'N', unset: '90', decides: 'days that the history of records and result files are kept' },
  { name: 'keyDays', flag: 'key-days', value: 'N', unset: '90', decides: 'days that keys of a criterion are kept which no import matches by' },
  { name: 'maxCsvMb', flag: 'max-csv-mb', value: 'N', unset: 'any size', decides: 'size of a CSV file, in MB' },
  { name: 'maxExcelMb', flag: 'max-excel-mb', value: 'N', unset: 'any size', decides: 'size of a workbook, in MB' },
  { name: 'maxJsonMb', flag: 'max-json-mb', value: 'N', unset: 'any size', decides: 'size of a JSON or NDJSON file, in MB' },
  { name: 'maxVcardMb', flag: 'max-vcard-mb', value: 'N', unset: 'any size', decides: 'size of a vCard file, in MB' },
  { name: 'maxParquetMb', flag: 'max-parquet-mb', value: 'N', unset: 'any size', decides: 'size of a Parquet file, in MB' },
  { name: 'maxRows', flag: 'max-rows', value: 'N', unset: 'any number', decides: 'rows of one import' },
  { name: 'maxMappings', flag: 'max-mappings', value: 'N', unset: 'any number', decides: 'columns of one import that go to a field' },
  { name: 'maxImports', flag: 'max-imports', value: 'N', unset: 'any number', decides: 'imports that write at a time; more are queued' },
  { name: 'tier', flag: 'tier', value: 'WORD', unset: 'no limit by the minute', decides: 'what bulk imports over the API may do: starter, professional, enterprise' },
]

const flags: Record<string, Flag> = Object.fromEntries(settings.map(({ flag, value, decides, unset }) => [flag, { type: 'string', value, help: unset === null ? decides : `${decides}; none takes the setting away (${unset})` }]))

export const settingsCommand: Command = {
  name: 'settings',
  positionals: { names: [], least: 0 },
  flags: { ...flags, preset: { type: 'string', value: 'WORD', help: 'all limits at once: standard, none; those named beside it go before' }, data: dataFlag, json: jsonFlag },
  notes: ['longshore settings --country DE --currency EUR --date-order dmy --decimal , --time-zone Europe/Berlin', 'What a file says itself always goes first; jobs that are there already keep the settings that they were made with.'],
  async run(call, host) {
    const patch = patchOf(call)
    const found = await withLongshore(call, host, (longshore) => (Object.keys(patch).length === 0 ? longshore.settings() : longshore.changeSettings(patch)), { makesData: true })
    if (call.on('json')) host.stdout.write(`${JSON.stringify({ settings: found })}\n`)
    else host.stdout.write(table(['setting', 'value', 'what it decides'], settings.map(({ name, flag, unset, decides }) => [flag, String(found[name] ?? `not set (${unset ?? ''})`), decides])))
    return exitCodes.good
  },
}

function patchOf(call: Call): Record<string, string | number | null> {
  const preset = call.text('preset')?.trim().toLowerCase()
  return Object.fromEntries([...(preset === undefined ? [] : [['preset', preset]]), ...settings.flatMap(({ name, flag, unset }) => {
    const text = call.text(flag)?.trim()
    if (text === undefined) return []
    if (text.toLowerCase() === 'none') {
      if (unset === null) throw new Fault('usage.unknown-word', notASetting(flag))
      return [[name, null]]
    }
    return [[name, name.endsWith('Days') ? call.whole(flag, 1, 3_650) ?? null : name.startsWith('max') ? call.whole(flag, 1, 1_000_000_000) ?? null : name === 'dateOrder' || name === 'tier' ? text.toLowerCase() : text]]
  })])
}
