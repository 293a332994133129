import { Fault } from '@longshore/core/fault'
import { maxColumns } from '../limits.ts'

/** Stands between the keys of a path; no readable key holds this control character, and databases keep it, so `{"a.b": 1}` and `{"a": {"b": 1}}` are two columns. */
export const pathJoint = '\x1F'

/** The columns of records that bear their names: each path of keys is one, in the order in which they first occur. */
export class NestedColumns {
  readonly #positions = new Map<string, number>()

  add(path: string): void {
    if (!this.#positions.has(path)) this.#positions.set(path, this.#positions.size)
  }

  /** undefined: no such column. */
  position(path: string): number | undefined {
    return this.#positions.get(path)
  }

  get size(): number {
    return this.#positions.size
  }

  /** What columns are called: `address.city`. */
  names(): string[] {
    return [...this.#positions.keys()].map(pathName)
  }

  paths(): string[] {
    return [...this.#positions.keys()]
  }
}

export function pathName(path: string): string {
  return path.replaceAll(pathJoint, '.')
}

export function refuseTooManyColumns(columns: number, what: string): void {
  if (columns <= maxColumns) return
  throw new Fault('file.too-many-columns', `${what} has more than ${maxColumns} different keys, and every key makes a column; at most ${maxColumns} can be read. Check that keys are names of columns, not values such as ids.`)
}
