import { Fault, parseSelection } from '@longshore/core'
import type { Catalog, SelectedPath, Selection } from '@longshore/core'
import type { Workspace } from '../../open-workspace.ts'

/** Which records are looked at, and what of them: `where` as `field op value`, `fields` as paths (absent: all). */
export interface SelectionWish { object: string; fields?: readonly string[] | undefined; where: readonly string[] }

/** The selection as the organization reads dates, numbers and owners. A Fault names what the catalog does not have. */
export async function selectionOf(workspace: Workspace, catalog: Catalog, { object, fields, where }: SelectionWish): Promise<Selection> {
  // what is usual here, and who is who, matters to filters alone, and to none by a record's id
  const settings = where.every((condition) => /^id = \d+$/.test(condition)) ? {} : await habitsOf(workspace)
  return parseSelection({ catalog, object, where, settings, ...(fields === undefined ? {} : { fields }) })
}

async function habitsOf(workspace: Workspace): Promise<NonNullable<Parameters<typeof parseSelection>[0]['settings']>> {
  const [{ country, currency }, members] = await Promise.all([workspace.settings(), workspace.members()])
  return { defaultCountry: country, defaultCurrency: currency, members: members.map(({ id, email }) => ({ id: String(id), email })) }
}

/** `sort`: a path; `-` before it: descending. */
export async function orderOf(workspace: Workspace, catalog: Catalog, object: string, sort: string): Promise<{ path: SelectedPath; descending: boolean }> {
  const descending = sort.startsWith('-')
  const { columns: [path] } = await selectionOf(workspace, catalog, { object, fields: [descending ? sort.slice(1) : sort], where: [] }).catch((error: unknown) => {
    throw error instanceof Fault && error.path === 'fields[0]' ? new Fault(error.code, error.message, { path: 'sort' }) : error
  })
  const kind = path?.value.kind === 'field' ? path.value.field.kind : path?.value.kind
  if (!path || kind === 'tags' || kind === 'multi-select' || kind === 'long-text') throw new Fault('sort-invalid', `Records cannot be sorted by "${sort.slice(0, 80)}": it holds lists or long texts.`, { path: 'sort' })
  return { path, descending }
}
