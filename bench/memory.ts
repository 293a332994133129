// `npm run bench:memory [-- --rows 1000000,5000000]`: the most memory that an import holds, the command and its parser child together.
import { parseArgs } from 'node:util'
import { openBenchServer } from './bench-server.ts'
import { benchContactList } from './contact-list.ts'
import { importList } from './import-job.ts'
import { inMegabytes, printTable, seconds, shortCount } from './report.ts'

/** The budget for command and child together, whatever the size of the file. */
const budgetBytes = 400e6
const { values } = parseArgs({ options: { rows: { type: 'string', default: '1000000,5000000' } } })
const sizes = values.rows.split(',').map(Number)
const lines: string[][] = []
let most = 0, firstRate: number | null = null, lastRate = 0
const server = await openBenchServer()
try {
  for (const rows of sizes) {
    const { cost } = await importList(server, await benchContactList(rows))
    lastRate = rows / cost.wallSeconds
    firstRate ??= lastRate
    most = Math.max(most, cost.peakAtOnceBytes ?? NaN) // children follow one another: the sum of all peaks never stood at once
    lines.push([shortCount(rows), inMegabytes(cost.peakBytes), inMegabytes(cost.peakAtOnceBytes), seconds(cost.wallSeconds), String(Math.round(lastRate))])
  }
} finally {
  await server.close()
}
printTable(['rows', 'sum of peaks MB', 'at once MB', 'wall s', 'rows/s'], lines)
if (firstRate !== null && sizes.length > 1) console.log(`rows/s at ${shortCount(sizes.at(-1) ?? 0)} ÷ rows/s at ${shortCount(sizes[0] ?? 0)} = ${(lastRate / firstRate).toFixed(2)} ×`)
console.log(`peak memory ÷ ${inMegabytes(budgetBytes)} MB = ${(most / budgetBytes).toFixed(2)} ×`)
