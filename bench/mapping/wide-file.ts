import { profileColumn, proposeMapping, standardCatalog, sampleSize } from '@longshore/core'
import type { Catalog, Field } from '@longshore/core'
import { drawFrom, makers } from './made-columns.ts'

const columnCount = 200
const fieldCount = 150
const rounds = 7

/** Milliseconds of processor time to propose fields for 200 columns of an object with 150 fields, 1,000 sampled values each: the values looked at, and the mapping; medians. */
export function timeOfWideFile(): { profileMs: number; mappingMs: number } {
  const catalog = wideCatalog()
  const object = catalog.objects.find(({ name }) => name === 'contacts')
  if (!object) throw new Error('The catalog has no contacts.')
  const draw = drawFrom(7)
  const kinds = Object.values(makers)
  const headers = Array.from({ length: columnCount }, (_, i) => (i % 3 === 0 ? `Own field ${i}` : i % 3 === 1 ? object.fields[i % object.fields.length]?.label ?? '' : `Legacy value ${i}`))
  const values = headers.map((_, i) => Array.from({ length: sampleSize }, () => kinds[i % kinds.length]?.(draw) ?? ''))
  const times = Array.from({ length: rounds }, () => {
    const start = processorMs()
    const profiles = values.map(profileColumn)
    const between = processorMs()
    proposeMapping({ catalog, object, columns: headers, profiles })
    return { profileMs: between - start, mappingMs: processorMs() - between }
  })
  const median = (of: number[]): number => of.toSorted((a, b) => a - b)[Math.floor(of.length / 2)] ?? 0
  return { profileMs: median(times.map(({ profileMs }) => profileMs)), mappingMs: median(times.map(({ mappingMs }) => mappingMs)) }
}

function processorMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

function wideCatalog(): Catalog {
  const catalog = standardCatalog()
  const contacts = catalog.objects.find(({ name }) => name === 'contacts')
  for (let n = contacts?.fields.length ?? fieldCount; n < fieldCount; n++) {
    const field: Field = { name: `own_field_${n}`, label: `Own field ${n}`, kind: n % 4 === 0 ? 'number' : 'text', custom: true }
    contacts?.fields.push(field)
  }
  return catalog
}
