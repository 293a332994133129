import type { PicklistOption } from '../schema/field.ts'
import type { Pipeline } from '../schema/object.ts'

/** Options of a field, found by value or label without regard to letter case. */
export interface OptionLookup {
  /** Value in its own spelling by lower-case value or label; options in use only. */
  readonly active: ReadonlyMap<string, string>
  /** The same for options that are no longer in use. */
  readonly inactive: ReadonlyMap<string, string>
  /** Values in use, in the order people gave them: for messages. */
  readonly values: readonly string[]
  /** Name of the pipeline whose stages these are; null for other options. */
  readonly pipeline: string | null
}

/** Where a value equals another option's label, the value wins; of two equal ones the first. */
export function optionLookup(options: readonly PicklistOption[], pipeline: string | null = null): OptionLookup {
  const active = new Map<string, string>()
  const inactive = new Map<string, string>()
  for (const byLabel of [false, true]) {
    for (const option of options) {
      const key = foldOption(byLabel ? option.label ?? option.value : option.value)
      const map = option.active === false ? inactive : active
      if (!map.has(key)) map.set(key, option.value)
    }
  }
  return { active, inactive, values: options.filter((option) => option.active !== false).map((option) => option.value), pipeline }
}

/** Stages of the pipeline called `name`, or of the default one for null. A pipeline that does not exist has no stages. */
export function stageLookup(pipelines: readonly Pipeline[], name: string | null): OptionLookup {
  const pipeline = name === null
    ? pipelines.find((p) => p.default) ?? pipelines[0]
    : pipelines.find((p) => foldOption(p.name) === foldOption(name))
  return optionLookup((pipeline?.stages ?? []).map((stage) => ({ value: stage.name })), pipeline?.name ?? name ?? '')
}

/** One spelling for texts that mean one option: outer blanks, letter case and Unicode composition aside. */
export function foldOption(text: string): string {
  return text.trim().normalize('NFC').toLowerCase()
}
