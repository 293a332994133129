/** A record's id begins with the number of the job that made it; below that are 35 bits of row and slot (core's `recordId`). */
const bitsBelowJob = 35n

/** Filters that find the records that a job made. */
export function createdBy(job: number): string[] {
  return [`id >= ${BigInt(job) << bitsBelowJob}`, `id < ${BigInt(job + 1) << bitsBelowJob}`]
}
