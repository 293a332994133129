import type { ObjectAnswer } from '@longshore/contract'
import { pathLabel } from '../ui/path-label.ts'
import { words } from '../words/words.ts'

/** A filter as a chip shows it: the field by its label, and whether it is empty in words. */
export function filterWords(objects: readonly ObjectAnswer[], object: ObjectAnswer, filter: string): string {
  return filter.replace(/^[\w.]+/, (path) => pathLabel(objects, object, path)).replace(/ (is-empty|is-not-empty)$/, (_, operator: string) => ` ${words.records.operators[operator] ?? operator}`)
}
