import { dataFlag, jsonFlag } from '../command.ts'
import type { Command } from '../command.ts'
import { definitionOf } from '../definition/definition-of.ts'
import { mappingFlags } from '../definition/from-flags.ts'
import { readingFlags } from '../definition/read-settings.ts'
import { exitCodes } from '../exit-code.ts'
import { table } from '../reporters/table.ts'
import { sourceOf } from '../source-file.ts'
import { withLongshore } from '../with-longshore.ts'

export const mapCommand: Command = {
  name: 'map',
  positionals: { names: ['FILE|URL'], least: 1 },
  flags: { ...mappingFlags, ...readingFlags, data: dataFlag, json: jsonFlag },
  notes: ['Into a pipe or with --json it prints {"columns":[{"header","field","confidence","reason","applied","newField"?,"split"?,"join"?}]}.'],
  async run(call, host) {
    const file = sourceOf(call.word(0) ?? '', host)
    const document = definitionOf(call, host)
    const { columns } = await withLongshore(call, host, (longshore) => longshore.map({ file, object: document.object, definition: document }), { makesData: true })
    if (call.wantsJson(host)) {
      const plain = columns.map(({ header, field, confidence, reason, applied, newField, split, join }) => ({ header, field, confidence, reason, applied, ...(split ? { split } : {}), ...(join ? { join: { field: join.field, position: join.position + 1 } } : {}), ...(newField ? { newField } : {}) }))
      host.stdout.write(`${JSON.stringify({ columns: plain })}\n`)
    } else {
      host.stdout.write(table(['column', 'field', 'sure', 'why'], columns.map(({ header, field, confidence, reason, newField }) => [
        header, field ?? '(left out)', `${Math.round(confidence * 100)} %`, newField ? `${reason} It could become a new field of the type ${newField.kind}, because ${newField.reason}` : reason,
      ])))
    }
    return exitCodes.good
  },
}
