/** Rows of one window. */
export const windowRows = 200
/** Windows that are kept; of others only those far away are let go. */
const keptWindows = 40
/** A fast scroll passes windows that nobody looks at: asking waits this long. */
const settleMs = 60

export type LoadWindow<Row> = (firstPosition: number, signal: AbortSignal) => Promise<readonly Row[]>

/**
 * Rows of a long list by dense position, loaded in windows as they come into view. The browser never holds the list: what is far
 * from view is let go, and what has left view before its answer came is no longer asked for.
 */
export class WindowSource<Row> {
  readonly #load: LoadWindow<Row>
  readonly #windows = new Map<number, readonly Row[]>()
  readonly #asked = new Map<number, AbortController>()
  readonly #listeners = new Set<() => void>()
  #timer: ReturnType<typeof setTimeout> | undefined
  #version = 0
  #failure: unknown = null

  constructor(load: LoadWindow<Row>) {
    this.#load = load
  }

  /** undefined: not here yet. */
  row(position: number): Row | undefined {
    return this.#windows.get(Math.floor(position / windowRows))?.[position % windowRows]
  }

  get failure(): unknown {
    return this.#failure
  }

  /** Says what shows; both positions inclusive. */
  want(first: number, last: number): void {
    const from = Math.floor(first / windowRows), to = Math.floor(last / windowRows)
    for (const [window, stop] of this.#asked) if (window < from - 1 || window > to + 1) { stop.abort(); this.#asked.delete(window) }
    const missing = between(from, to).filter((window) => !this.#windows.has(window) && !this.#asked.has(window))
    clearTimeout(this.#timer)
    if (missing.length > 0) this.#timer = setTimeout(() => { for (const window of missing) void this.#fetch(window) }, this.#windows.size === 0 ? 0 : settleMs)
    this.#letGo(from, to)
  }

  /** Everything is asked for again, while the rows that are here go on showing. */
  refresh(): void {
    for (const stop of this.#asked.values()) stop.abort()
    this.#asked.clear()
    for (const window of this.#windows.keys()) void this.#fetch(window)
  }

  /** Shows changed rows before the server has answered; the next refresh brings its word. */
  change(position: number, change: (row: Row) => Row): void {
    const window = Math.floor(position / windowRows)
    const rows = this.#windows.get(window)
    const row = rows?.[position % windowRows]
    if (!rows || row === undefined) return
    this.#windows.set(window, rows.with(position % windowRows, change(row)))
    this.#tell()
  }

  retry(): void {
    this.#failure = null
    this.#tell()
  }

  close(): void {
    clearTimeout(this.#timer)
    for (const stop of this.#asked.values()) stop.abort()
    this.#asked.clear()
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly snapshot = (): number => this.#version

  async #fetch(window: number): Promise<void> {
    const stop = new AbortController()
    this.#asked.set(window, stop)
    try {
      const rows = await this.#load(window * windowRows, stop.signal)
      if (stop.signal.aborted) return
      this.#windows.set(window, rows)
      this.#failure = null
    } catch (error) {
      if (stop.signal.aborted) return
      this.#failure = error
    }
    if (this.#asked.get(window) === stop) this.#asked.delete(window)
    this.#tell()
  }

  #letGo(from: number, to: number): void {
    if (this.#windows.size <= keptWindows) return
    const middle = (from + to) / 2
    const farthest = [...this.#windows.keys()].sort((a, b) => Math.abs(b - middle) - Math.abs(a - middle))
    for (const window of farthest.slice(0, this.#windows.size - keptWindows)) this.#windows.delete(window)
  }

  #tell(): void {
    this.#version++
    for (const listener of this.#listeners) listener()
  }
}

function between(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index)
}
