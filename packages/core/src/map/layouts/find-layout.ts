import { headerKey } from '../header-key.ts'
import { addressBooks } from './address-books.ts'
import { crms } from './crms.ts'
import type { Layout } from './layout.ts'
import { shops } from './shops.ts'

const layouts: readonly Layout[] = [...addressBooks, ...crms, ...shops]

/** What the file's system is known to mean by a header: a field, null to leave the column alone, undefined where nothing is known. */
export interface FoundLayout {
  system: string
  fieldOf(header: string): string | null | undefined
}

/** The layout whose marks all stand in the file; the one with the most marks where several do. Null for files of no known system. */
export function findLayout(objectName: string, headers: readonly string[]): FoundLayout | null {
  const keys = new Set(headers.map(headerKey))
  const [layout] = layouts
    .filter(({ object, marks }) => (object === undefined || object === objectName) && marks.every((mark) => keys.has(headerKey(mark))))
    .toSorted((a, b) => b.marks.length - a.marks.length)
  if (!layout) return null
  const fields = new Map(Object.entries(layout.columns).map(([header, field]) => [headerKey(header), field]))
  return { system: layout.system, fieldOf: (header) => fields.get(headerKey(header)) }
}
