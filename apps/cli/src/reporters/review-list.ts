import type { Review } from '@longshore/server'
import { table } from './table.ts'
import { visible } from './visible.ts'

/** Pairs that wait, each with the fields in which the two records differ, for people. */
export function reviewList(reviews: readonly Review[]): string {
  if (reviews.length === 0) return 'No pairs wait for review.\n'
  return reviews.map((review) => {
    const { record, other } = review
    const row = review.job === null ? '' : `, from row ${review.row ?? '?'} of job ${review.job}`
    const head = `Pair ${review.id}: ${visible(review.object)}${review.criterion === null ? '' : `, same ${visible(review.criterion)}`}${row}`
    const names = [...new Set([...Object.keys(other.values), ...Object.keys(record.values)])].filter((name) => (record.values[name] ?? null) !== (other.values[name] ?? null))
    const shown = (side: Review['record'], name: string): string | null => side.names[name] ?? side.values[name] ?? null
    return `${head}\n${table(['field', `other (${other.id})`, `record (${record.id})`], names.map((name) => [name, shown(other, name), shown(record, name)]))}`
  }).join('\n')
}
