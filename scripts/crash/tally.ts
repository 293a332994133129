/** Counts what the crash proofs did, and says so as they go. */
export class Tally {
  passed = 0
  failed = 0
  kills = 0
  inside = 0
  differences = 0
  /** Failpoints with how often a program ended there, and how often the end then was not as expected. */
  readonly failpoints = new Map<string, { ended: number; wrong: number }>()

  /** One run: it passed when it has no problems. */
  run(name: string, problems: readonly string[], kills = 0, inside = 0): void {
    this.kills += kills
    this.inside += inside
    if (problems.length === 0) { this.passed++; return }
    this.failed++
    this.differences++
    console.log(`FAILED ${name}\n${problems.map((problem) => `    ${problem}`).join('\n')}`)
  }

  reached(failpoints: readonly string[], wrong: boolean): void {
    for (const name of failpoints) {
      const before = this.failpoints.get(name) ?? { ended: 0, wrong: 0 }
      this.failpoints.set(name, { ended: before.ended + 1, wrong: before.wrong + (wrong ? 1 : 0) })
    }
  }

  print(allFailpoints: readonly string[]): void {
    console.log('\nfailpoint                       ended there   wrong')
    for (const name of allFailpoints) {
      const { ended, wrong } = this.failpoints.get(name) ?? { ended: 0, wrong: 0 }
      console.log(`${name.padEnd(32)}${String(ended).padStart(11)}${String(wrong).padStart(8)}${ended === 0 ? '   not reached' : ''}`)
    }
    console.log(`\nruns ${this.passed + this.failed} · kills ${this.kills} · inside a running job ${this.inside} · differences ${this.differences}`)
    // zero failures in n trials bounds the rate of failures below 3/n with 95 % confidence
    if (this.differences === 0 && this.inside > 0) console.log(`with 95 % confidence fewer than ${(300 / this.inside).toFixed(2)} % of kills inside a running job change anything`)
    console.log(`${this.passed} passed, ${this.failed} failed`)
  }
}
