import type { Place } from '../../grid/grid-move.ts'

/** Where the sheet's active cell is, for whoever wants to say something about it. */
export class ActivePlace {
  now: Place = { row: 0, column: 0 }
  readonly #listeners = new Set<() => void>()

  readonly moveTo = (place: Place): void => {
    this.now = place
    for (const listener of this.#listeners) listener()
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}
