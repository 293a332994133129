// `npm run bench:read [-- --rows 500000 --rounds 2 --xlsx-rows 100000 --large]`: what reading a file costs, without importing it. Each reader
// runs in a process of its own, alternating with the library that it is measured by, in processor time: a busy machine says little of the clock.
// `--large` also reads 1 GB of CSV.
import { execFileSync } from 'node:child_process'
import { closeSync, existsSync, mkdirSync, openSync, renameSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { FileChunk } from '@longshore/core'
import { detectLayout, readRows, rowWriter } from '../packages/formats/src/index.ts'
import { descriptorSource } from '../apps/server/src/tasks/parser/descriptor-source.ts'
import { contactList } from './generate.ts'
import { runMeasured } from './process-cost.ts'
import type { Reading } from './read-rows.ts'
import { inMegabytes, median, printTable, shortCount } from './report.ts'

const { values } = parseArgs({ options: { rows: { type: 'string', default: '500000' }, rounds: { type: 'string', default: '2' }, 'xlsx-rows': { type: 'string', default: '100000' }, large: { type: 'boolean', default: false } } })
const rows = Number(values.rows), rounds = Number(values.rounds), sheetRows = Number(values['xlsx-rows'])
/** As the parser child runs. */
const flags = ['--max-old-space-size=160', '--max-semi-space-size=8', '--no-warnings']
const reader = fileURLToPath(new URL('read-rows.ts', import.meta.url))
const longshore = fileURLToPath(new URL('../apps/cli/bin/longshore.mjs', import.meta.url))
const folder = join(import.meta.dirname, '.cache')
mkdirSync(folder, { recursive: true })

const csv = await made('csv', rows)
const files = { csv, parquet: await made('parquet', rows), xlsx: await made('xlsx', sheetRows), ndjson: await made('ndjson', rows), json: await made('json', rows) }

const lines: string[][] = []
const ratios: [string, number][] = []
for (const [name, file, other, count] of [['CSV', csv, 'papaparse', rows], ['XLSX', files.xlsx, 'library', sheetRows], ['Parquet', files.parquet, 'library', rows], ['NDJSON', files.ndjson, 'lines', rows]] as const) {
  const theirs = [run(other, file)], ours: Reading[] = []
  for (let round = 0; round < rounds; round++) {
    ours.push(run('ours', file))
    theirs.push(run(other, file))
  }
  for (const { rows: found } of [...ours, ...theirs]) if (found !== count) throw new Error(`${name}: ${found} rows of ${count}`)
  const rate = (reading: Reading): number => reading.rows / reading.cpuMs * 1000
  const ratio = median(ours.map((reading, i) => reading.cpuMs / (((theirs[i] as Reading).cpuMs + (theirs[i + 1] as Reading).cpuMs) / 2)))
  ratios.push([name, ratio])
  lines.push([`${name}, ${shortCount(count)} rows of 20 columns`, inMegabytes(statSync(file).size), String(Math.round(median(ours.map(rate)))), String(Math.round(median(theirs.map(rate)))), ratio.toFixed(2)])
}
printTable(['file', 'MB', 'rows per second of processor time', 'of the library', 'processor time ÷'], lines)

const first: string[][] = []
for (const [name, file] of Object.entries(files)) {
  const inside = median([0, 1, 2].map(() => run('ours', file, '10').ms))
  first.push([name, inside.toFixed(0), ...await started([longshore, 'read', file, '--limit', '10'])])
}
first.push(['nothing: node -e 0', '', ...await started(['-e', '0'])])
printTable(['first 10 rows of', 'ms', 'ms with the start of the command', 'ms of processor time, all processes'], first)

const memory: string[][] = []
const sizes: [string, string][] = [['CSV', csv], ['XLSX', files.xlsx], ['Parquet', files.parquet], ['NDJSON', files.ndjson], ['JSON', files.json]]
if (values.large) sizes.push(['CSV', await made('csv', Math.round(rows * 1e9 / statSync(csv).size))])
for (const [name, file] of sizes) {
  const { cost } = await runMeasured('/bin/sh', ['-c', `"$0" "$@" > /dev/null 2>&1`, process.execPath, longshore, 'read', file], process.env)
  memory.push([name, inMegabytes(statSync(file).size), cost.wallSeconds.toFixed(1), inMegabytes(cost.peakAtOnceBytes)])
}
printTable(['longshore read of', 'MB', 's', 'command and child at once MB'], memory)
for (const [name, ratio] of ratios) console.log(`processor time of our ${name} reader ÷ that of ${{ CSV: 'papaparse', NDJSON: 'lines and JSON.parse' }[name] ?? 'the library'} = ${ratio.toFixed(2)} ×`)

/** Medians of five starts of Node: milliseconds from start to end, and of processor time. */
async function started(args: string[]): Promise<[wall: string, cpu: string]> {
  const costs = []
  for (let i = 0; i < 5; i++) costs.push((await runMeasured(process.execPath, args, process.env)).cost)
  const inMs = (seconds: number[]): string => (median(seconds) * 1000).toFixed(0)
  return [inMs(costs.map(({ wallSeconds }) => wallSeconds)), inMs(costs.flatMap(({ cpuSeconds }) => cpuSeconds ?? []))]
}

function run(which: string, file: string, ...more: string[]): Reading {
  return JSON.parse(execFileSync(process.execPath, [...flags.map((flag) => which === 'ours' ? flag : flag.replace('=160', '=4096')), reader, which, file, ...more], { encoding: 'utf8' })) as Reading
}

/** The contact list as a file of a format, made once. */
async function made(format: string, count: number): Promise<string> {
  const file = join(folder, `read-${count}.${format}`)
  if (existsSync(file)) return file
  console.error(`Making ${file} …`)
  const part = `${file}.${process.pid}`
  const out = openSync(part, 'w')
  const write = (chunk: FileChunk): void => { if (typeof chunk === 'string') writeSync(out, chunk); else for (let at = 0; at < chunk.length;) at += writeSync(out, chunk, at) }
  if (format === 'csv') for (const text of contactList({ rows: count, seed: 1, dirty: 0.02, dup: 0.03, blank: 0.01 })) write(text)
  else {
    const source = descriptorSource(openSync(await made('csv', count), 'r'))
    const layout = await detectLayout(source)
    const writer = await rowWriter(format, { guard: false })
    write(await writer.start(layout.columns))
    for await (const batch of readRows(source, layout)) write(await writer.rows(batch.map(({ cells }) => cells)))
    write(await writer.end())
  }
  closeSync(out)
  renameSync(part, file)
  return file
}
