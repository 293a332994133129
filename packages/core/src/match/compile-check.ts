import type { RawRow } from '../ports/row.ts'
import type { Catalog } from '../schema/catalog.ts'
import type { CheckedRow } from '../validate/checked-row.ts'
import { compileValidation, type ValidationInput } from '../validate/compile-validation.ts'
import { keysOf } from './keys-of.ts'

export interface CheckInput extends ValidationInput {
  catalog: Catalog
}

/**
 * Everything that one row goes through by itself, as one function: map, transform, validate, match keys. It never throws and keeps
 * nothing between rows; a row with errors gets no keys.
 */
export function compileCheck(input: CheckInput): (raw: RawRow) => CheckedRow {
  const validate = compileValidation(input)
  const { keys } = input
  return (raw) => {
    const row = validate(raw)
    row.keys = row.errors > 0 ? new Array<bigint | null>(keys.length).fill(null) : keysOf(row.cells, keys)
    return row
  }
}
