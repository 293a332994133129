import type { Reporter, TestModule } from 'vitest/node'

const tellAfterMs = 3 * 60_000
const endAfterMs = 20 * 60_000

/**
 * Names test files that take minutes, and ends the run when one does not end at all. A test's own time limit cannot end a loop
 * that never gives its thread back; without this, such a run would say nothing until somebody stopped it from outside.
 */
export default class WatchFiles implements Reporter {
  private readonly startedAt = new Map<string, number>()
  private timer: NodeJS.Timeout | undefined

  onTestRunStart(): void { this.timer = setInterval(() => { this.look() }, 60_000) }
  onTestModuleStart(module: TestModule): void { this.startedAt.set(module.moduleId, Date.now()) }
  onTestModuleEnd(module: TestModule): void { this.startedAt.delete(module.moduleId) }
  onTestRunEnd(): void { clearInterval(this.timer) }

  private look(): void {
    for (const [file, startedAt] of this.startedAt) {
      const tookMs = Date.now() - startedAt
      if (tookMs > tellAfterMs) console.error(`Still running after ${Math.floor(tookMs / 60_000)} minutes: ${file}`)
      if (tookMs > endAfterMs) process.exit(1)
    }
  }
}
