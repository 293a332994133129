// `npm run bench:values`: columns of dates, numbers, money and phones in twenty locales and in fifty others, ambiguous and contradictory ones among them.
// What counts: no column silently read wrong, hardly a needless question, and values read as they were meant.
import { generateColumns } from './values/generate.ts'
import { judge } from './values/judge.ts'
import { locales, otherLocales, type Locale } from './values/locales.ts'
import { figuresOf } from './values/report.ts'

const [count = 500, seed = 1] = process.argv.slice(2).map(Number)
report('locales that the reading was made with', locales, true)
report('other locales', otherLocales, false)

/** `each`: every column with a refused value is named; where whole languages are not read, their number says it. */
function report(title: string, of: readonly Locale[], each: boolean): void {
  const verdicts = generateColumns(count, seed, of).map(judge)
  const figures = figuresOf(verdicts)
  const percent = (part: number): string => `${(part * 100).toFixed(2)} %`
  const refused = verdicts.filter((verdict) => verdict.refused > 0)
  console.log(`${title}: ${of.length}`)
  for (const { column, example } of figures.silentlyWrong) console.log(`silently wrong: ${column.name}: ${example ?? 'no question'}`)
  for (const { column } of figures.needless) console.log(`asked needlessly: ${column.name}, such as "${column.values[0] ?? ''}"`)
  if (each) for (const { column, refused: times, example } of refused) console.log(`refused ${times} of ${column.values.length}: ${column.name}: ${example ?? ''}`)
  else console.log(`columns with refused values: ${refused.length}`)
  console.log(`columns: ${figures.columns}, of which ${figures.rightlyAsked} that nothing decides were asked about`)
  console.log(`values read as meant: ${percent(figures.right.others)} of dates, numbers and money; ${percent(figures.right.phones)} of phones`)
  console.log(`columns asked about needlessly: ${figures.needless.length} (${percent(figures.needless.length / figures.columns)})`)
  console.log(`columns silently read wrong: ${figures.silentlyWrong.length}`)
}
