import { bandOf, calibrated, type CalibrationPoint } from '@longshore/core'
import { fitCalibration } from './fit-calibration.ts'
import type { Judged } from './judge.ts'

export interface Figures {
  headers: number
  systems: number
  /** Share of headers that got the right answer, leaving alone included. */
  top1: number
  /** The same, each system counting once. */
  top1BySystem: number
  /** Share of right ones among the headers that are applied, and the share of headers with a target that are applied rightly. */
  appliedPrecision: number
  appliedCoverage: number
  /** Share of the headers without a target that got one. */
  nullsMapped: number
  /** Headers with a target that got another one. */
  wrongTargets: number
  /** Mean distance of confidence and share of right proposals over ten steps of confidence, weighted by headers. */
  calibrationError: number
}

/** The figures of a set, each system judged with a calibration that was fitted on `all` without it. */
export function figuresOf(judged: readonly Judged[], all: readonly Judged[]): Figures {
  const systems = [...new Set(judged.map(({ system }) => system))]
  const answers = systems.flatMap((system) => {
    const points = fitCalibration(all.filter((other) => other.system !== system))
    return judged.filter((one) => one.system === system).map((one) => heldOut(one, points))
  })
  const share = (part: readonly unknown[], whole: readonly unknown[]): number => (whole.length === 0 ? 1 : part.length / whole.length)
  const targets = answers.filter(({ target }) => target !== null)
  const nulls = answers.filter(({ target }) => target === null)
  const applied = answers.filter((one) => one.applied)
  const bySystem = systems.map((system) => answers.filter((one) => one.system === system)).map((of) => share(of.filter(({ right }) => right), of))
  return {
    headers: answers.length, systems: systems.length,
    top1: share(answers.filter(({ right }) => right), answers),
    top1BySystem: bySystem.reduce((sum, one) => sum + one, 0) / Math.max(1, bySystem.length),
    appliedPrecision: share(applied.filter(({ right }) => right), applied),
    appliedCoverage: share(targets.filter(({ right, applied: used, answer }) => used && right && answer !== null), targets),
    nullsMapped: share(nulls.filter(({ right }) => !right), nulls),
    wrongTargets: targets.filter(({ right, answer }) => !right && answer !== null).length,
    calibrationError: calibrationError(answers),
  }
}

/** The answer with another calibration: the confidence, and what it is enough for. What was held back for other reasons stays so. */
function heldOut(one: Judged, points: readonly CalibrationPoint[]): Judged {
  if (one.candidate === null) return one
  const confidence = calibrated(one.sureness, points)
  const band = bandOf(confidence)
  const shown = band !== 'unmapped'
  return { ...one, confidence, answer: shown ? one.candidate : null, right: shown ? one.candidateRight : one.nullRight, applied: band === 'applied' && !one.heldBack }
}

function calibrationError(answers: readonly Judged[]): number {
  const proposed = answers.filter(({ candidate }) => candidate !== null)
  let error = 0
  for (let step = 0; step < 10; step++) {
    const within = proposed.filter(({ confidence }) => Math.min(9, Math.floor(confidence * 10)) === step)
    if (within.length === 0) continue
    const confidence = within.reduce((sum, one) => sum + one.confidence, 0) / within.length
    const right = within.filter(({ candidateRight }) => candidateRight).length / within.length
    error += Math.abs(confidence - right) * (within.length / proposed.length)
  }
  return error
}
