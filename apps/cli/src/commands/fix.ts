import { Fault } from '@longshore/core/fault'
import type { FixRequest } from '@longshore/server'
import { dataFlag, jsonFlag } from '../command.ts'
import type { Command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { table } from '../reporters/table.ts'
import { runJob } from '../run-job.ts'
import { jsonFile } from '../source-file.ts'
import { withLongshore } from '../with-longshore.ts'

const mostFixes = 100_000

/** A fix of each kind, as the help shows it. */
export const fixExamples: readonly (readonly [what: string, example: string])[] = [
  ['cells by hand', '{"fix":{"kind":"edit","cells":[{"row":17,"column":3,"value":"ada@example.com"}]}}'],
  ['every cell of the column that holds this text', '{"fix":{"kind":"map-value","column":3,"from":"Wbe","to":"Web"}}'],
  ['every cell of the column that holds this text is empty', '{"fix":{"kind":"treat-as-empty","column":3,"value":"n/k"}}'],
  ['a part of the column\'s texts, wherever it stands', '{"fix":{"kind":"replace","column":3,"find":" Inc","with":""}}'],
  ['the column\'s cell of these rows', '{"fix":{"kind":"fill","column":3,"value":"Web"},"rows":[17,18]}'],
  ['which comes first in the column\'s dates: dmy, mdy or ymd', '{"fix":{"kind":"read-dates","column":3,"dates":"dmy"}}'],
  ['these rows are not imported', '{"fix":{"kind":"leave-out"},"rows":{"status":"errors"}}'],
]

export const fixCommand: Command = {
  name: 'fix',
  positionals: { names: ['JOB', 'F.json'], least: 1 },
  flags: {
    undo: { type: 'string', value: 'N', help: 'take fix N back; the others stay' },
    redo: { type: 'string', value: 'N', help: 'bring fix N back to its place' },
    data: dataFlag, json: jsonFlag,
  },
  notes: [
    'F.json holds a list, {"fixes":[ … ]}, carried out in its order; of each kind:',
    ...fixExamples.map(([what, example]) => `  ${example}\n      ${what}`),
    'Columns count from 1. "rows" are row numbers, or a filter such as {"status":"errors"}.',
    'Without F.json and without --undo or --redo it lists the fixes of the job.',
  ],
  async run(call, host) {
    const job = call.job(0)
    const file = call.word(1)
    const undo = call.whole('undo', 1, mostFixes)
    const redo = call.whole('redo', 1, mostFixes)
    if (file === undefined && undo === undefined && redo === undefined) {
      const fixes = await withLongshore(call, host, (longshore) => longshore.fixes.list(job))
      host.stdout.write(call.wantsJson(host) ? `${JSON.stringify({ fixes })}\n` : fixes.length === 0 ? `Job ${job} has no fixes.\n`
        : table(['Fix', 'Rows', 'State', 'What'], fixes.map(({ number, touched, undone, words }) => [number, touched, undone ? 'undone' : '', words])))
      return exitCodes.good
    }
    const requests = file === undefined ? [] : requestsIn(jsonFile(file, host))
    return runJob(call, host, async (longshore, watch, signal) => {
      for (const request of requests) {
        const { touched } = await longshore.fixes.add(job, request)
        if (touched === null) await longshore.plan(job, watch, signal) // all rows wait to be checked: the next fix comes after
      }
      for (const one of [undo === undefined ? null : () => longshore.fixes.undo(job, undo), redo === undefined ? null : () => longshore.fixes.redo(job, redo)]) {
        if (one !== null && (await one()).touched === null) await longshore.plan(job, watch, signal)
      }
      return longshore.plan(job, watch, signal)
    })
  },
}

function requestsIn(document: unknown): FixRequest[] {
  const list: unknown = typeof document === 'object' && document !== null ? Reflect.get(document, 'fixes') : undefined
  if (!Array.isArray(list)) throw new Fault('fix.invalid', 'The document holds no list of fixes: it is {"fixes":[{"fix":{"kind":…}}]}.', { path: 'fixes' })
  return list.map((one: unknown, i) => {
    if (typeof one !== 'object' || one === null || !('fix' in one)) throw new Fault('fix.invalid', `Entry ${i + 1} of the document is no fix: it is {"fix":{"kind":…}}, with "rows" where the fix is about rows.`, { path: `fixes[${i}]` })
    return one as FixRequest // its fix is parsed where it is carried out
  })
}
