import type { ImportDefinition } from '../definition/import.ts'
import { rowContext, type RowContext } from '../fields/row-context.ts'
import { firstOfEachReference, type Mapping, type Target } from '../map/mapping.ts'
import { transformOf } from '../transform/compile-transforms.ts'
import type { Field, FieldKind } from '../schema/field.ts'
import type { ObjectType } from '../schema/object.ts'
import { referencePath } from '../schema/reference-path.ts'
import type { CheckSettings } from './check-settings.ts'
import { countryOf } from '../fields/country-of.ts'

/** A cell that says how the other cells of its record are to be read. */
interface Clue {
  column: number
  transform: ((text: string) => string) | null
  default: string | null
}

/** One record that a row describes: the import's own, or the one behind a reference. Its cells are read in one context. */
export interface RowScope {
  /** The reference, as paths name it; null for the import's own object. */
  reference: string | null
  object: ObjectType
  context: RowContext
  country: Clue | null
  pipeline: Clue | null
  /** For updates: the stage's cell, which finds its pipeline itself when the row names none. */
  stage: Clue | null
}

/** Kinds whose values a row's country helps to read. */
const askCountry: ReadonlySet<FieldKind> = new Set(['phone', 'currency', 'date', 'date-time', 'number', 'percent'])

/** Countries already read, by text: a file has few different ones. Bounded, because a hostile file may not. */
const rememberedCountries = 2_000

/** The scopes of a mapping, its own object first. */
export function rowScopes(mapping: Mapping, settings: CheckSettings, { operation, timeZone }: Pick<ImportDefinition, 'operation' | 'timeZone'>): RowScope[] {
  const updatesOnly = operation === 'update'
  const thisYear = settings.now === undefined ? null : Number(settings.now.slice(0, 4))
  const scopes: RowScope[] = []
  for (const { reference, object } of [{ reference: null, object: mapping.object }, ...firstOfEachReference(mapping.targets)]) {
    const through = referencePath({ reference, object })
    const own = mapping.targets.filter((target) => referencePath(target) === through)
    scopes.push({
      reference: through,
      object,
      // The fields of the mapping stand for those of the object: a stored mapping holds copies, and the context knows its stage field by identity.
      context: rowContext({ ...object, fields: own.map((target) => target.field) }, { defaultCountry: settings.country, defaultCurrency: settings.currency, members: settings.members, reach: settings.reach, thisYear, timeZone: timeZone ?? settings.timeZone ?? null }),
      country: own.some((t) => askCountry.has(t.field.kind) || t.field.iso === 'state') ? clue(countryTarget(own)) : null,
      pipeline: object.pipelines ? clue(own.find((t) => t.field.name === 'pipeline')) : null,
      stage: object.pipelines && updatesOnly ? clue(own.find((t) => t.field.name === 'stage')) : null,
    })
  }
  return scopes
}

/** Returns the function that turns every scope's context to the row at hand. */
export function compileScopes(scopes: readonly RowScope[]): ((cells: readonly (string | null)[]) => void) | null {
  const clued = scopes.filter((scope) => scope.country || scope.pipeline || scope.stage)
  if (clued.length === 0) return null
  const countries = new Map<string, string | null>()
  return (cells) => {
    for (let i = 0; i < clued.length; i++) {
      const scope = clued[i]
      if (scope === undefined) continue
      const country = scope.country && textOf(scope.country, cells)
      scope.context.country = country ? remembered(countries, country) : null
      const pipeline = scope.pipeline && textOf(scope.pipeline, cells)
      // A pipeline that does not exist is an issue of its own cell; its stages are then judged as if the row named none.
      scope.context.pipeline = knownPipeline(scope.object, pipeline) ?? (scope.stage ? pipelineOf(scope.object, textOf(scope.stage, cells)) : null)
    }
  }
}

/** The country of the address that is most the record's own: mailing, one without a prefix, billing, then any. */
function countryTarget(targets: readonly Target[]): Target | undefined {
  const field = countryField(targets.map((target) => target.field))
  return targets.find((target) => target.field === field)
}

/** The same among an object's own fields. */
export function countryField(fields: readonly Field[]): Field | undefined {
  const countries = fields.filter(({ address }) => address?.part === 'country')
  for (const wanted of ['mailing_country', 'country', 'billing_country']) {
    const found = countries.find(({ name }) => name === wanted)
    if (found) return found
  }
  return countries[0]
}

function clue(target: Target | undefined): Clue | null {
  if (!target) return null
  return { column: target.column ?? -1, transform: transformOf(target), default: target.default }
}

function textOf({ column, transform, default: fallback }: Clue, cells: readonly (string | null)[]): string | null {
  const cell = (cells[column] ?? '').trim()
  return (transform ? transform(cell).trim() : cell) || fallback
}

function remembered(countries: Map<string, string | null>, text: string): string | null {
  const known = countries.get(text)
  if (known !== undefined) return known
  const country = countryOf(text)
  if (countries.size < rememberedCountries) countries.set(text, country)
  return country
}

function knownPipeline({ pipelines }: ObjectType, name: string | null): string | null {
  const wanted = name?.toLowerCase()
  return wanted === undefined ? null : pipelines?.find((pipeline) => pipeline.name.toLowerCase() === wanted)?.name ?? null
}

/** The only pipeline that has the stage; null when none or several have it. */
function pipelineOf(object: ObjectType, stage: string | null): string | null {
  const wanted = stage?.toLowerCase()
  const found = (object.pipelines ?? []).filter((pipeline) => pipeline.stages.some((s) => s.name.toLowerCase() === wanted))
  return found.length === 1 ? found[0]?.name ?? null : null
}
