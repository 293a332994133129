/** Questions within a second from which on many are taken to ask: a browser that watches a job asks two or three. */
const many = 20

/** How much is asked of a database: looked at by work that stands back. */
export class Demand {
  #second = 0
  #now = 0
  #before = 0

  note(): void {
    this.#turn()
    this.#now += 1
  }

  /** Whether many asked within this second or the one before. */
  get isHigh(): boolean {
    this.#turn()
    return Math.max(this.#now, this.#before) >= many
  }

  #turn(): void {
    const second = Math.floor(performance.now() / 1000)
    if (second === this.#second) return
    this.#before = second === this.#second + 1 ? this.#now : 0
    this.#now = 0
    this.#second = second
  }
}
