export interface RecordsWish { where: readonly string[]; fields: readonly string[]; limit: number; sort?: string | undefined; cursor?: string; count?: boolean }

/** Where a page of the records of an object is. */
export function recordsAddress(object: string, { where, fields, limit, sort, cursor = '', count = false }: RecordsWish): string {
  const query = new URLSearchParams({ limit: String(limit), fields: fields.join(',') })
  if (count) query.set('count', 'true')
  for (const filter of where) query.append('where', filter)
  if (sort !== undefined) query.set('sort', sort)
  if (cursor !== '') query.set('cursor', cursor)
  return `/v1/objects/${encodeURIComponent(object)}/records?${query.toString()}`
}
