import type { CalibrationPoint } from '@longshore/core'
import type { Judged } from './judge.ts'

/** Proposals that are added to each step as if half of them had been right: few cases prove little. */
const doubt = 1

/** The share of right proposals as a never falling function of sureness: isotonic regression by pooling neighbours that fall. */
export function fitCalibration(judged: readonly Judged[]): CalibrationPoint[] {
  const bySureness = new Map<number, { n: number; right: number }>()
  for (const { candidate, candidateRight, sureness } of judged) {
    if (candidate === null) continue
    const at = Math.round(sureness * 50) / 50
    const step = bySureness.get(at) ?? { n: 0, right: 0 }
    bySureness.set(at, { n: step.n + 1, right: step.right + (candidateRight ? 1 : 0) })
  }
  const steps: { from: number; to: number; n: number; right: number }[] = []
  for (const [at, { n, right }] of [...bySureness].toSorted((a, b) => a[0] - b[0])) {
    steps.push({ from: at, to: at, n, right })
    for (;;) {
      const last = steps.at(-1)
      const before = steps.at(-2)
      if (!last || !before || shareOf(before) < shareOf(last)) break
      steps.splice(-2, 2, { from: before.from, to: last.to, n: before.n + last.n, right: before.right + last.right })
    }
  }
  return steps.flatMap((step) => (step.from === step.to ? [step.to] : [step.from, step.to]).map((sureness) => ({ sureness, right: Math.round(shareOf(step) * 1000) / 1000 })))
}

function shareOf({ n, right }: { n: number; right: number }): number {
  return (right + doubt / 2) / (n + doubt)
}
