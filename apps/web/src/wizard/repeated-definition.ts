import type { ColumnChoice } from './definition.ts'

/** What another file takes over of an import's settings: all but how its own file was read. Columns go by their headers; those without one by their place. */
export function repeated(definition: unknown): Record<string, unknown> {
  if (typeof definition !== 'object' || definition === null) return {}
  const { source: _, columns = [], autoMap: __, ...rest } = definition as { source?: unknown; autoMap?: unknown; columns?: ColumnChoice[] }
  const headers = columns.map(({ header }) => header)
  return { ...rest, columns: columns.map((column) => {
    const { position, header, ...said } = column
    return header && headers.indexOf(header) === headers.lastIndexOf(header) ? { header, ...said } : { header, position, ...said }
  }) }
}
