import type { StoredFix } from '../definition/fix.ts'
import { withFixedReadings } from '../transform/compile-fixes.ts'
import { compileCheck, type CheckInput } from './compile-check.ts'

/**
 * The check of rows that people have corrected. What columns mean was settled when the file was read without them: a row is checked the
 * same whether it is by itself or with the whole file. `part` has nothing to tell.
 */
export function fixedCheck(input: CheckInput, fixes: readonly StoredFix[]): { check: ReturnType<typeof compileCheck>; part(): undefined } {
  return { check: compileCheck({ ...input, mapping: withFixedReadings(input.mapping, fixes) }), part: () => undefined }
}
