/**
 * Values of a statement that PostgreSQL gives no parameters, such as COPY: each becomes a setting of the transaction, set with a real
 * parameter, and the statement reads it back. No value is ever part of a statement's text.
 */
export function parameters(): { values: string[]; add: (value: string) => string } {
  const values: string[] = []
  return {
    values,
    add(value) {
      values.push(value)
      return `current_setting('${settingName(values.length)}')`
    },
  }
}

/** Values of a statement that takes parameters: `$1` and so on, as text. */
export function numbered(): { values: string[]; add: (value: string) => string } {
  const values: string[] = []
  return { values, add: (value) => `$${values.push(value)}::text` }
}

/** The setting that holds value number `position`, counted from 1. */
export function settingName(position: number): string {
  return `longshore.v${position}`
}
