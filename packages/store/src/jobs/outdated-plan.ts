import { Fault } from '@longshore/core'

/** Why a job is not carried out whose rows, or what is left of them, are others than when its plan was made: the plan is what people agree to. */
export function outdatedPlan(job: number): Fault {
  return new Fault('plan.outdated', `Rows of job ${job} changed since its plan was made: what would be written has not been shown. Plan it again: longshore plan ${job}`, { remedy: 'retry' })
}
