/** From which confidence a proposal is used without asking, and from which it is shown. */
export const appliedFrom = 0.95
export const suggestedFrom = 0.5

export type Band = 'applied' | 'suggested' | 'unmapped'

export function bandOf(confidence: number): Band {
  return confidence >= appliedFrom ? 'applied' : confidence >= suggestedFrom ? 'suggested' : 'unmapped'
}

export function calibrated(sureness: number): number {
  return sureness
}
