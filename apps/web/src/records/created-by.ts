import { readRecordId, recordIdsOf } from '@longshore/core/record-id'

/** Filters that find the records that a job made: a record's id begins with its number. */
export function createdBy(job: number): string[] {
  const { from, to } = recordIdsOf(job)
  return [`id >= ${from}`, `id < ${to}`]
}

/** The job whose records filters ask for, and the other filters; no job where none does so as `createdBy` writes it. */
export function splitJob(where: readonly string[]): { job: number | undefined; where: string[] } {
  const [, from] = where.map((filter) => /^id >= (\d{1,19})$/.exec(filter)).find((match) => match !== null) ?? []
  const job = from === undefined ? 0 : readRecordId(BigInt(from)).job
  const ofJob = createdBy(job)
  if (job === 0 || !ofJob.every((filter) => where.includes(filter))) return { job: undefined, where: [...where] }
  return { job, where: where.filter((filter) => !ofJob.includes(filter)) }
}
