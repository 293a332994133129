import { mayUpdate } from '@longshore/core'
import type { PlanContext } from './plan-context.ts'

/** Whether an update can leave its record with a key that neither the row nor the record had. */
export function mayMakeNewKeys(plan: PlanContext): boolean {
  return compositeKeys(plan).length > 0 && plan.rules.criteria > 1 && mayUpdate(plan.rules)
}

/** Positions, from 1, of the criteria that have several parts. */
export function compositeKeys({ rules }: PlanContext): number[] {
  return rules.keys.slice(0, rules.criteria).flatMap((key, c) => (key.targets.length > 1 ? [c + 1] : []))
}
