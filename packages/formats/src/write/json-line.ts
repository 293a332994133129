import { uniqueNames } from './unique-names.ts'

/** Prints rows as JSON objects. The text is put together by hand: a column may be called `__proto__`, which no object would keep. */
export function jsonLine(columns: readonly string[]): (row: readonly (string | null)[]) => string {
  const keys = uniqueNames(columns).map((name, i) => `${i === 0 ? '' : ','}${JSON.stringify(name)}:`)
  return (row) => {
    let text = '{'
    for (let i = 0; i < keys.length; i += 1) text += (keys[i] ?? '') + JSON.stringify(row[i] ?? null)
    return `${text}}`
  }
}
