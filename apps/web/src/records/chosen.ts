/** Records that are chosen in a list: some, or all that it finds but a few. */
export type Chosen = { kind: 'some'; ids: ReadonlySet<string> } | { kind: 'all'; except: ReadonlySet<string> }

export const noneChosen: Chosen = { kind: 'some', ids: new Set() }

/** What one request takes: by their ids, and as exceptions. */
export const mostIds = 4_000
export const mostExcept = 50

export function isChosen(chosen: Chosen, id: string): boolean {
  return chosen.kind === 'some' ? chosen.ids.has(id) : !chosen.except.has(id)
}

export function withChosen(chosen: Chosen, ids: readonly string[], on: boolean): Chosen {
  const given = new Set(ids)
  const change = (set: ReadonlySet<string>, add: boolean): ReadonlySet<string> => new Set(add ? [...set, ...ids] : [...set].filter((id) => !given.has(id)))
  return chosen.kind === 'some' ? { kind: 'some', ids: change(chosen.ids, on) } : { kind: 'all', except: change(chosen.except, !on) }
}

/** How many are chosen; null: more than were counted. */
export function chosenCount(chosen: Chosen, found: { records: number; exact: boolean } | null): number | null {
  if (chosen.kind === 'some') return chosen.ids.size
  return found?.exact === true ? Math.max(0, found.records - chosen.except.size) : null
}

/** The choice as the server takes it. */
export function chosenBody(chosen: Chosen, where: readonly string[]): { where: readonly string[]; records?: string[]; except?: string[] } {
  return chosen.kind === 'some' ? { where: [], records: [...chosen.ids] } : { where, except: [...chosen.except] }
}

/** Whether it is more than one request takes. */
export function isTooMuch(chosen: Chosen): boolean {
  return chosen.kind === 'some' ? chosen.ids.size > mostIds : chosen.except.size > mostExcept
}
