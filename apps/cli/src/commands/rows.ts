import { createWriteStream } from 'node:fs'
import { resolve } from 'node:path'
import { rowStatuses } from '@longshore/core'
import type { RowFilter } from '@longshore/core'
import { dataFlag, jsonFlag } from '../command.ts'
import type { Command } from '../command.ts'
import { filterFlags, rowFilter } from '../definition/row-filter.ts'
import { exitCodes } from '../exit-code.ts'
import { rowList } from '../reporters/row-list.ts'
import { withLongshore } from '../with-longshore.ts'

/** Rows that the command asks for at a time. */
const windowRows = 200
const mostRows = 1_000_000

export const rowsCommand: Command = {
  name: 'rows',
  positionals: { names: ['JOB'], least: 1 },
  flags: {
    ...filterFlags,
    from: { type: 'string', value: 'ROW', help: 'begin at this row number' },
    limit: { type: 'string', value: 'N', help: 'how many rows (20)' },
    report: { type: 'string', value: 'FILE', help: 'write all rows that are not left out, as corrected, in the form of an error report' },
    data: dataFlag, json: jsonFlag,
  },
  notes: [`--filter takes ${rowStatuses.join(', ')}.`, 'Into a pipe or with --json it prints {"counts","columns","targets","planned","total","rows":[…]}.'],
  async run(call, host) {
    const job = call.job(0)
    const limit = call.whole('limit', 1, mostRows) ?? 20
    const from = call.whole('from', 0, 0xffff_ffff) ?? 0
    const json = call.wantsJson(host)
    await withLongshore(call, host, async (longshore) => {
      const report = call.text('report')
      if (report !== undefined) {
        const { write } = await longshore.stagedRows.report(job)
        await write(createWriteStream(resolve(host.cwd, report)))
        return
      }
      const overview = await longshore.stagedRows.overview(job)
      const filter: RowFilter = rowFilter(call, overview.columns)
      const first = await longshore.stagedRows.window(job, { filter, start: { row: from }, limit: Math.min(limit, windowRows) })
      const rows = [...first.rows]
      while (rows.length < limit && first.position + rows.length < first.total) {
        const next = await longshore.stagedRows.window(job, { filter, start: { position: first.position + rows.length }, limit: Math.min(limit - rows.length, windowRows) })
        if (next.rows.length === 0) break
        rows.push(...next.rows)
      }
      host.stdout.write(json ? `${JSON.stringify({ ...overview, total: first.total, rows })}\n` : rowList(overview, first.total, rows))
    })
    return exitCodes.good
  },
}
