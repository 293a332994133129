import type { RecordViewAnswer } from '@longshore/contract'
import { createdBy, splitJob } from './created-by.ts'

/** What the address of a list of records says of it; `job`: only those that it made. */
export interface RecordView { where?: string[]; sort?: string; columns?: string[]; job?: number }

/** A view as the server keeps it, for the address: what is as usual is not said. */
export function viewOf({ where: filters, sort, columns }: RecordViewAnswer['view']): RecordView {
  const { job, where } = splitJob(filters)
  return { ...(where.length > 0 ? { where } : {}), ...(sort === null ? {} : { sort }), ...(columns === null ? {} : { columns }), ...(job === undefined ? {} : { job }) }
}

/** What the address says, as the server keeps it. */
export function settingsOf({ where = [], sort, columns, job }: RecordView): RecordViewAnswer['view'] {
  return { where: job === undefined ? where : [...where, ...createdBy(job)], sort: sort ?? null, columns: columns ?? null }
}

/**
 * What saving under a name does: `replaced` is a view of one's own by that name and of that kind, in whatever letter case, as the server compares names;
 * another's is left alone. Where nobody has chosen a kind (null) and one of one's own by that name is there, it stays what it is.
 */
export function savedAs(views: readonly RecordViewAnswer[], name: string, chosen: boolean | null): { shared: boolean; replaced: RecordViewAnswer | undefined } {
  const same = views.filter((one) => one.mine && one.name.toLowerCase() === name.trim().toLowerCase())
  const shared = chosen ?? (same.length > 0 && same.every((one) => one.shared))
  return { shared, replaced: same.find((one) => one.shared === shared) }
}
