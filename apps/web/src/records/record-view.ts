import type { RecordViewAnswer } from '@longshore/contract'

/** What the address of a list of records says of it. */
export interface RecordView { where?: string[]; sort?: string; columns?: string[] }

/** A view as the server keeps it, for the address: what is as usual is not said. */
export function viewOf({ where, sort, columns }: RecordViewAnswer['view']): RecordView {
  return { ...(where.length > 0 ? { where } : {}), ...(sort === null ? {} : { sort }), ...(columns === null ? {} : { columns }) }
}
