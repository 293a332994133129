import type { Query } from '../../client/api.ts'

/** Which rows show. */
export interface RowView {
  status: 'all' | 'ready' | 'warnings' | 'errors' | 'duplicates' | 'excluded'
  issue?: { code: string; field: string | null }
  search: string
}

export const noFilter: RowView = { status: 'all', search: '' }

export function filterQuery({ status, issue, search }: RowView): Query {
  return { status, issue: issue?.code, field: issue?.field, search }
}
