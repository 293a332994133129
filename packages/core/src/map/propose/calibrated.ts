import { calibration } from './calibration.ts'

/** From which confidence a proposal is used without asking, and from which it is shown. */
export const appliedFrom = 0.95
export const suggestedFrom = 0.5

export type Band = 'applied' | 'suggested' | 'unmapped'

/** A point of the calibration: of proposals this sure, this share was right. */
export interface CalibrationPoint { sureness: number; right: number }

export function bandOf(confidence: number): Band {
  return confidence >= appliedFrom ? 'applied' : confidence >= suggestedFrom ? 'suggested' : 'unmapped'
}

/**
 * How likely a proposal is right, 0 to 1: read off the share of right ones among labelled headers of the same sureness
 * (`npm run fit:mapping`), straight lines between the points.
 */
export function calibrated(sureness: number, points: readonly CalibrationPoint[] = calibration): number {
  let before: CalibrationPoint = { sureness: 0, right: 0 }
  for (const point of points) {
    if (sureness <= point.sureness) {
      const span = point.sureness - before.sureness
      return span === 0 ? point.right : before.right + (point.right - before.right) * ((sureness - before.sureness) / span)
    }
    before = point
  }
  return before.right
}
