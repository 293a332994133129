import type { DecimalMark } from '../../fields/column-reading.ts'
import { compareDecimals, readDecimal } from '../../fields/decimal.ts'
import type { Field } from '../../schema/field.ts'
import type { Seen } from './column-evidence.ts'
import { markOfSigns } from './habits.ts'
import type { NumberEvidence } from './number-evidence.ts'
import type { Settled } from './settle-dates.ts'

/** What the rest of the file says about the decimal mark. `thousandsOnly`: good enough to tell thousands, not to believe in three decimals. */
export interface MarkHint { mark: DecimalMark; reason: string; thousandsOnly: boolean }

/** The mark that the values prove by themselves; null: they leave it open, or contradict each other. */
export function provenMark({ pointDecimal, commaDecimal }: NumberEvidence): DecimalMark | null {
  if (pointDecimal.count > 0) return commaDecimal.count > 0 ? null : '.'
  return commaDecimal.count > 0 ? ',' : null
}

/** Decides which mark is the decimal one, or asks. `hints` are asked for only when the values leave it open. */
export function settleNumbers(evidence: NumberEvidence, field: Field, hints: () => readonly MarkHint[]): Settled {
  const { pointDecimal, commaDecimal, point, comma } = evidence
  const decided = (decimal: DecimalMark, reason: string | null): Settled => ({ reading: { decimal }, reason: reason === null ? null : `are read with "${decimal}" before the decimals: ${reason}`, question: null })
  if (pointDecimal.count > 0 && commaDecimal.count > 0) return { reading: {}, reason: null, question: { kind: 'mixed', about: 'decimal', readings: [reading('.', pointDecimal), reading(',', commaDecimal)] } }
  const proven = provenMark(evidence)
  if (proven !== null) return decided(proven, null)
  if (point.count === 0 && comma.count === 0) return { reading: {}, reason: null, question: null }
  const ask = (seen: Seen): Settled => ({ reading: {}, reason: null, question: { kind: 'ambiguous', about: 'decimal', readings: [reading('.', seen), reading(',', seen)] } })
  if (point.count > 0 && comma.count > 0) return ask(point)
  const open = point.count > 0 ? point : comma
  /** The mark that makes thousands of the values that are open. */
  const thousands: DecimalMark = point.count > 0 ? ',' : '.'
  const decimals: DecimalMark = thousands === ',' ? '.' : ','
  if (field.precision?.decimals === 0) return decided(thousands, 'the field takes whole numbers')
  if (field.max !== undefined && compareDecimals(String(evidence.leastGrouped ?? 0), field.max) > 0) return decided(decimals, `thousands would be more than the ${field.max} that the field takes`)
  // with thousands marked, whole numbers below 1,000 have no mark and those above always have; decimals would come in other lengths too
  if (evidence.short >= leastOfEach && open.count >= leastOfEach && evidence.long === 0) return decided(thousands, 'its numbers below 1000 have no mark')
  if (markOfSigns(evidence.signs) === thousands) return decided(thousands, 'so are amounts of its currency')
  for (const { mark, reason, thousandsOnly } of hints()) {
    if (mark === thousands || !thousandsOnly) return decided(mark, reason)
  }
  return ask(open)
}

const leastOfEach = 5

function reading(mark: DecimalMark, { example, rows, count }: Seen) {
  const digits = /\d[\d.,'’ ]*/.exec(example)?.[0].trim() ?? example
  return { value: mark, example, means: readDecimal(digits, mark) ?? 'no number', rows, count }
}
