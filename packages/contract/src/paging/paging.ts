import { z } from 'zod'

/** Most entries of one page. */
export const mostPerPage = 200

/** How a list is asked for. `cursor` is what the page before gave as `next`; it is opaque. */
export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(mostPerPage).default(50),
  cursor: z.string().max(2000).optional(),
}

/** A page of a list, and where the next one begins; null: this is the last. */
export function pageOf<Item extends z.ZodType>(name: string, item: Item) {
  return z.object({ items: z.array(item), next: z.string().nullable() }).meta({ id: name })
}
