import { headerKey } from './header-key.ts'
import { reportColumns } from './report-columns.ts'

/**
 * What the columns of a file are remembered by: header keys, the second and later ones of a header with their number ("phone#2"). Empty for
 * columns without a header and for those that Longshore's own reports put beside the original ones, so that a corrected report has the keys of
 * the file it came from.
 */
export function columnKeys(headers: readonly string[]): string[] {
  const ours = reportColumns(headers)
  const seen = new Map<string, number>()
  return headers.map((header, position) => {
    const key = ours.has(position) ? '' : headerKey(header)
    if (key === '') return ''
    const times = (seen.get(key) ?? 0) + 1
    seen.set(key, times)
    return times === 1 ? key : `${key}#${times}`
  })
}

/** What makes two files one shape: the same columns, in any order. */
export function fileShape(headers: readonly string[]): string {
  return columnKeys(headers).filter((key) => key !== '').toSorted().join('\n')
}
