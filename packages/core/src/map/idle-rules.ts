import type { ImportDefinition } from '../definition/import.ts'
import type { Target } from './mapping.ts'

/**
 * What a definition says of fields and nothing comes of, each with its remedy: a merge rule for a field that no column and no default fills,
 * a default where no record is made. Told, not refused: one definition serves files with different columns.
 */
export function idleRules({ merge, defaults, operation }: Pick<ImportDefinition, 'merge' | 'defaults' | 'operation'>, { targets }: { targets: readonly Pick<Target, 'path' | 'reference'>[] }): string[] {
  const fills = (path: string): boolean => targets.some((target) => target.path === path || target.reference?.name === path)
  const merges = Object.keys(merge).filter((path) => !fills(path))
    .map((path) => `The merge rule for "${path}" decides nothing, because no column fills that field. Name the column with --map "Header=${path}", or leave the rule out.`)
  const idle = operation === 'insert' || operation === 'upsert' ? [] : Object.keys(defaults)
  return [...merges, ...idle.map((path) => `The default for "${path}" is used for nothing, because "${operation}" makes no records. Leave it out, or use the operation upsert.`)]
}
