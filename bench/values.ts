// `npm run bench:values`: columns of dates, numbers, money and phones in twenty locales, ambiguous and contradictory ones among them.
// What counts: no column silently read wrong, hardly a needless question, and values read as they were meant.
import { generateColumns } from './values/generate.ts'
import { judge } from './values/judge.ts'
import { figuresOf } from './values/report.ts'

const [count = 500, seed = 1] = process.argv.slice(2).map(Number)
const columns = generateColumns(count, seed)
const verdicts = columns.map(judge)
const figures = figuresOf(verdicts)
const percent = (part: number): string => `${(part * 100).toFixed(2)} %`
for (const { column, example } of figures.silentlyWrong) console.log(`silently wrong: ${column.name}: ${example ?? 'no question'}`)
for (const { column } of figures.needless) console.log(`asked needlessly: ${column.name}, such as "${column.values[0] ?? ''}"`)
for (const { column, refused, example } of verdicts) if (refused > 0) console.log(`refused ${refused} of ${column.values.length}: ${column.name}: ${example ?? ''}`)
console.log(`columns: ${columns.length}, of which ${figures.rightlyAsked} that nothing decides were asked about`)
console.log(`values read as meant: ${percent(figures.right.others)} of dates, numbers and money; ${percent(figures.right.phones)} of phones`)
console.log(`columns asked about needlessly: ${figures.needless.length} (${percent(figures.needless.length / columns.length)})`)
console.log(`columns silently read wrong: ${figures.silentlyWrong.length}`)
