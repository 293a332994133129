import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Fault } from '@longshore/core'

/** One step forward. There is no step back: an older program refuses a newer database. */
export interface Migration {
  /** From 1, without gaps. */
  number: number
  /** `0002-jobs` → `jobs`. */
  name: string
  sql: string
}

/** Reads `NNNN-name.sql` files: `system` makes the schema `longshore`, `organization` runs once in each organization's schema. */
export function migrationSeries(series: 'system' | 'organization'): Migration[] {
  const folder = fileURLToPath(new URL(`./${series}/`, import.meta.url))
  return readdirSync(folder).filter((file) => file.endsWith('.sql')).sort().map((file, index) => {
    const [, digits = '', name = ''] = /^(\d{4})-([a-z0-9-]+)\.sql$/.exec(file) ?? []
    if (Number(digits) !== index + 1) throw new Error(`migrations/${series}/${file} should be number ${index + 1}: numbers have four digits and no gaps`)
    return { number: index + 1, name, sql: readFileSync(folder + file, 'utf8') }
  })
}

/** The migrations that come after version `applied`. Throws `db.newer` when the database has some that this program does not know. */
export function outstanding(all: Migration[], applied: number, what: string): Migration[] {
  if (applied > all.length) {
    throw new Fault(
      'db.newer',
      `${what} was made by a newer Longshore (version ${applied} of its structure; this one knows ${all.length}). `
      + 'Nothing was changed. Start the newer Longshore, or use another data directory.',
      { remedy: 'stop' },
    )
  }
  return all.slice(applied)
}
