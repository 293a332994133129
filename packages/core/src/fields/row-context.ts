import type { Field } from '../schema/field.ts'
import type { ObjectType } from '../schema/object.ts'
import { optionLookup, stageLookup } from './option-lookup.ts'
import type { OptionLookup } from './option-lookup.ts'

/**
 * What a value's meaning depends on beside its text. One context serves a whole import: the caller sets
 * `country` and `pipeline` anew for each row, because rows are many and objects cost time.
 */
export interface RowContext {
  /** ISO 3166 alpha-2 of the row's address, upper case, or null when the row names none. */
  country: string | null
  /** ISO 3166 alpha-2 that stands in for it. */
  readonly defaultCountry: string
  /** ISO 4217 code of amounts that bear none. */
  readonly defaultCurrency: string
  /** The year in which the import runs, which tells the century of 03/04/81; null: not known. */
  readonly thisYear: number | null
  /** Zone (IANA) of times that name none; null: UTC. */
  readonly timeZone: string | null
  /** E-mail address in lower case to member id; full names that only one member has, too. */
  readonly members: ReadonlyMap<string, string>
  readonly memberIds: ReadonlySet<string>
  /** Members whose records the writer reaches, by id; null: all. */
  readonly reach: ReadonlySet<string> | null
  /** Name of the row's pipeline, for stages; null: the default pipeline. */
  pipeline: string | null
  /** Options of a picklist or multi-select, ready to be looked up; for a stage those of the row's pipeline. */
  options(field: Field): OptionLookup
}

/** What a context starts with. */
export interface RowContextSettings {
  defaultCountry?: string
  defaultCurrency?: string
  members?: Iterable<{ id: string; email: string; name?: string }>
  reach?: Iterable<string> | undefined
  thisYear?: number | null
  timeZone?: string | null
}

/** A member's address or name as owners are looked up by it. */
export function memberKey(text: string): string {
  return text.trim().replaceAll(/\s+/g, ' ').toLowerCase()
}

/** A context for rows of `object`. US and USD where the settings name neither. */
export function rowContext(object: ObjectType | null, settings: RowContextSettings = {}): RowContext {
  const lookups = new Map<Field, OptionLookup>()
  const stages = new Map<string, OptionLookup>()
  const known = [...settings.members ?? []]
  const members = new Map(known.map(({ email, id }) => [memberKey(email), id]))
  const memberIds = new Set(members.values())
  const named = Map.groupBy(known.filter(({ name }) => name !== undefined && memberKey(name) !== ''), ({ name }) => memberKey(name ?? ''))
  for (const [name, [only, ...others]] of named) if (only && others.length === 0 && !members.has(name)) members.set(name, only.id)
  const context: RowContext = {
    country: null,
    defaultCountry: settings.defaultCountry ?? 'US',
    defaultCurrency: settings.defaultCurrency ?? 'USD',
    thisYear: settings.thisYear ?? null,
    timeZone: settings.timeZone ?? null,
    members,
    memberIds,
    reach: settings.reach === undefined ? null : new Set(settings.reach),
    pipeline: null,
    options(field) {
      if (object?.pipelines && field.name === 'stage' && object.fields.includes(field)) {
        const name = context.pipeline ?? ''
        let found = stages.get(name)
        if (found === undefined) stages.set(name, found = stageLookup(object.pipelines, context.pipeline))
        return found
      }
      let found = lookups.get(field)
      if (found === undefined) lookups.set(field, found = optionLookup(field.options ?? []))
      return found
    },
  }
  return context
}
