import { figuresOf, type Figures } from './figures.ts'
import { judge } from './judge.ts'
import { developmentRows, formRows, foundRows, freshRows, furtherRows, handRows, heldOutRows, labelRows, lastRows, laterRows, laterStillRows, ownRows, readLabelledRows, rowsWithCells, secondRows, unseenRows, writtenRows } from './labelled-rows.ts'
import { timeOfWideFile } from './wide-file.ts'
import { withoutHeaders } from './without-headers.ts'

/** Prints how well columns are mapped, on each labelled set by itself; the calibration is fitted without the system it is judged on. */
const sets = [{ name: 'development set', rows: readLabelledRows(developmentRows) }, { name: 'own set', rows: readLabelledRows(ownRows) }, { name: 'later set', rows: readLabelledRows(laterRows) }, { name: 'unseen set', rows: readLabelledRows(unseenRows) }, { name: 'further set', rows: readLabelledRows(furtherRows) }, { name: 'fresh set', rows: readLabelledRows(freshRows) }, { name: 'second fresh set', rows: readLabelledRows(secondRows) }]
const judged = sets.map(({ name, rows }) => ({ name, answers: rows.flatMap((row) => judge(row)) }))
const all = judged.flatMap(({ answers }) => answers)
// What came later is judged by the calibration of the older sets, so that their figures stay comparable.
for (const { name, url } of [{ name: 'third unseen set', url: laterStillRows }, { name: 'fourth unseen set', url: lastRows }, { name: 'forms, events and members', url: formRows }, { name: 'field labels', url: labelRows }, { name: 'by hand', url: handRows }]) judged.push({ name, answers: readLabelledRows(url).flatMap((row) => judge(row)) })
// The calibration knows headers alone, so these are judged twice.
for (const { name, url } of [{ name: 'set with cells', url: rowsWithCells }, { name: 'held-out set', url: heldOutRows }, { name: 'found set', url: foundRows }, { name: 'written set', url: writtenRows }]) {
  const rows = readLabelledRows(url)
  judged.push({ name: `${name}, headers alone`, answers: rows.flatMap((row) => judge(row)) }, { name: `${name}, with its cells`, answers: rows.flatMap((row) => judge(row, true)) })
}
for (const { name, answers } of judged) {
  if (answers.length === 0) { process.stdout.write(`${name}: not here, skipped\n`); continue }
  print(name, figuresOf(answers, all))
  if (process.argv.includes('--wrong')) for (const one of answers.filter(({ right }) => !right)) process.stdout.write(`  ${one.system}: "${one.header}" got ${one.answer ?? 'nothing'}, is ${one.target ?? 'nothing'}\n`)
}

function print(name: string, figures: Figures): void {
  const percent = (value: number): string => `${(value * 100).toFixed(2)} %`
  process.stdout.write(`${name}: ${figures.headers} headers of ${figures.systems} systems
  right answer                       ${percent(figures.top1)}   (each system once: ${percent(figures.top1BySystem)})
  precision of applied               ${percent(figures.appliedPrecision)}   applied and right, of headers with a target: ${percent(figures.appliedCoverage)}
  mapped though without a target     ${percent(figures.nullsMapped)}
  mapped to a wrong field            ${figures.wrongTargets}
  calibration error                  ${figures.calibrationError.toFixed(4)}
`)
}

const bare = withoutHeaders()
process.stdout.write(`without headers: ${bare.typedRight} of ${bare.typed} typed columns right (${(100 * bare.typedRight / bare.typed).toFixed(1)} %), ${bare.allRight} of all ${bare.all}\n`)
if (process.argv.includes('--wrong')) for (const line of bare.wrong) process.stdout.write(`  ${line}\n`)
const wide = timeOfWideFile()
process.stdout.write(`200 columns × 150 fields, 1,000 values each, processor time: values ${wide.profileMs.toFixed(0)} ms, mapping ${wide.mappingMs.toFixed(0)} ms\n`)
