// `npm run bench:import [-- --rows 1000000 --rounds 3]`: what an import costs beside a plain COPY of its cleaned rows into baseline.sql,
// in one PostgreSQL server, alternating A B A … B A. Each round's ratio compares an import with the COPYs before and after it.
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { openBenchServer } from './bench-server.ts'
import { benchContactList } from './contact-list.ts'
import { importList } from './import-job.ts'
import type { ImportRun } from './import-job.ts'
import { loadBaseline } from './load-baseline.ts'
import type { BaselineRun } from './load-baseline.ts'
import { inMegabytes, median, printTable, seconds, shortCount } from './report.ts'

const { values } = parseArgs({ options: { rows: { type: 'string', default: '1000000' }, rounds: { type: 'string', default: '3' } } })
const rows = Number(values.rows), rounds = Number(values.rounds)
const list = await benchContactList(rows)
const server = await openBenchServer()
const copies: BaselineRun[] = [], imports: ImportRun[] = []
try {
  console.log(`${rows} rows, ${list.contacts} of them good contacts of ${list.accounts} accounts; PostgreSQL ${server.version}, Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'CPU'}`)
  await loadBaseline(server, list) // untimed: the server's first write-ahead log files are made here, not at the cost of a round
  copies.push(await loadBaseline(server, list))
  for (let round = 0; round < rounds; round++) {
    imports.push(await importList(server, list))
    copies.push(await loadBaseline(server, list))
  }
} finally {
  await server.close()
}

printTable(
  ['run', 'wall s', 'rows/s', 'app CPU s', 'PostgreSQL CPU s', 'memory MB', 'at once MB'],
  copies.flatMap((copy, index) => {
    const run = imports[index]
    return [
      [`COPY ${index + 1}`, seconds(copy.wallSeconds), String(Math.round(list.contacts / copy.wallSeconds)), seconds(copy.cpuSeconds), seconds(copy.serverCpuSeconds), '', ''],
      ...(run ? [[
        `import ${index + 1}`, seconds(run.cost.wallSeconds), String(Math.round(rows / run.cost.wallSeconds)), seconds(run.cost.cpuSeconds),
        seconds(run.serverCpuSeconds), inMegabytes(run.cost.peakBytes), inMegabytes(run.cost.peakAtOnceBytes),
      ]] : []),
    ]
  }),
)
console.log(`COPY of the contacts alone, median: ${seconds(median(copies.map((copy) => copy.contactsSeconds)))} s`)

/** The COPY that an import is compared with: the mean of the one before and the one after it. */
const beside = (index: number, of: (copy: BaselineRun) => number): number => (of(copies[index] as BaselineRun) + of(copies[index + 1] as BaselineRun)) / 2
const ratios = (of: (run: ImportRun) => number | undefined): number[] => imports.flatMap((run, index) => {
  const wall = of(run)
  return wall === undefined ? [] : [wall / beside(index, (copy) => copy.wallSeconds)]
})

const phaseNames = [...new Set(imports.flatMap((run) => Object.keys(run.summary.phases ?? {})))]
if (phaseNames.length > 0) {
  printTable(['phase', 'median s', '÷ COPY'], phaseNames.map((name) => [
    name, seconds(median(imports.map((run) => run.summary.phases?.[name] ?? 0))), median(ratios((run) => run.summary.phases?.[name])).toFixed(2),
  ]))
}
const cpuRatios = imports.flatMap((run, index) => {
  const copied = beside(index, (copy) => copy.cpuSeconds + (copy.serverCpuSeconds ?? NaN))
  const ratio = ((run.cost.cpuSeconds ?? NaN) + (run.serverCpuSeconds ?? NaN)) / copied
  return Number.isNaN(ratio) ? [] : [ratio]
})
if (cpuRatios.length > 0) console.log(`CPU seconds, import ÷ COPY = ${median(cpuRatios).toFixed(2)} ×`)
console.log(`import ${shortCount(rows)} ÷ COPY = ${median(ratios((run) => run.cost.wallSeconds)).toFixed(2)} ×`)
