import type { ImportDefinition } from '../definition/import.ts'
import { Fault } from '../issues/fault.ts'
import { matchParts } from '../map/match-parts.ts'
import { firstOfEachReference, type Mapping, type Target } from '../map/mapping.ts'
import { findField, resolvePath, type Catalog } from '../schema/catalog.ts'
import type { MatchKeyRule, ObjectType } from '../schema/object.ts'
import { isLinkKey, partsOfLinkKey } from '../schema/link-key.ts'
import { recordIdField, recordIdRule } from '../schema/record-id.ts'
import { referencePath } from '../schema/reference-path.ts'
import type { RowKey } from '../validate/checked-row.ts'
import { normalFormOf } from './normal-form.ts'

/**
 * The keys that rows of an import carry, each once: first the criteria of `match` in the order in which they are tried, then every other
 * rule in force for the object whose fields are all filled, then for each reference with columns the keys that find its record (its
 * reference key first) and that a record made for it will need.
 */
export function planKeys({ catalog, mapping, definition }: { catalog: Catalog; mapping: Mapping; definition: ImportDefinition }): RowKey[] {
  const keys: RowKey[] = []
  const add = (key: RowKey | null): void => {
    if (key && !keys.some((other) => other.reference === key.reference && sameParts(other.criterion, key.criterion))) keys.push(key)
  }
  for (const [i, criterion] of definition.match.entries()) {
    const key = ownKey(catalog, mapping, matchParts(mapping.object, criterion))
    if (!key) throw new Fault('match-field-not-mapped', `The match criterion "${criterion.join('+')}" names a field that no column fills.`, { path: `match[${i}]` })
    add(key)
  }
  for (const rule of mapping.object.matchKeys) add(ownKey(catalog, mapping, rule.criterion.split('+')))
  for (const through of firstOfEachReference(mapping.targets)) {
    const { object } = through
    if (findField(object, recordIdField.name)) add(referenceKey(mapping, through, recordIdField.name))
    if (object.referenceKey) add(referenceKey(mapping, through, object.referenceKey))
    for (const rule of object.matchKeys) add(referenceKey(mapping, through, rule.criterion))
  }
  return keys
}

function ownKey(catalog: Catalog, mapping: Mapping, parts: string[]): RowKey | null {
  const rule = ruleFor(mapping.object, parts)
  if (isLinkKey(mapping.object, parts.join('+'))) return rule === undefined ? null : linkKey(mapping, rule)
  const names = rule?.criterion.split('+') ?? parts
  const paths = names.map((name) => {
    const found = resolvePath(catalog, mapping.object, name)
    return 'field' in found ? found.path : name
  })
  return keyOver(mapping, paths, { criterion: names.join('+'), rule: rule?.id ?? (names[0] === recordIdField.name ? recordIdRule : 0), reference: null, object: mapping.object.name })
}

/** A key of the records that a row links has no hash before these are found. */
function linkKey({ object, targets }: Mapping, { criterion, id }: MatchKeyRule): RowKey | null {
  const described = partsOfLinkKey(object, criterion).references.every((name) => targets.some((target) => target.reference?.name === name))
  return described ? { criterion, rule: id, reference: null, object: object.name, targets: [], forms: [] } : null
}

function referenceKey(mapping: Mapping, target: Target, criterion: string): RowKey | null {
  const { object } = target
  const through = referencePath(target)
  if (through === null) return null
  const rule = ruleFor(object, criterion.split('+'))
  const names = rule?.criterion ?? criterion
  const paths = names.split('+').map((name) => `${through}.${name}`)
  return keyOver(mapping, paths, { criterion: names, rule: rule?.id ?? (names === recordIdField.name ? recordIdRule : 0), reference: through, object: object.name })
}

function keyOver(mapping: Mapping, paths: string[], key: Omit<RowKey, 'targets' | 'forms'>): RowKey | null {
  const targets = paths.map((path) => mapping.targets.findIndex((target) => target.path === path))
  if (targets.includes(-1)) return null
  const forms = targets.map((position) => {
    const target = mapping.targets[position]
    return target ? normalFormOf(target.field) : 'exact'
  })
  return { ...key, targets, forms }
}

/** The rule in force with these parts, in whatever order they are named; its own order is the one that is hashed. */
function ruleFor(object: ObjectType, parts: string[]): MatchKeyRule | undefined {
  return object.matchKeys.find((rule) => sameParts(rule.criterion, parts.join('+')))
}

function sameParts(one: string, other: string): boolean {
  return one === other || one.split('+').sort().join('+') === other.split('+').sort().join('+')
}
