import { Fault, compileRules, findObject, printValues } from '@longshore/core'
import { plannedCatalog } from '@longshore/store'
import type { Workspace } from '../../open-workspace.ts'
import { readRecords } from './read-records.ts'
import type { ReadRecord } from './read-records.ts'

/** Records that are looked at: the newest. */
const lookedAt = 1_000
/** Of those that break it, so many are shown. */
const shown = 20

export interface RuleTest {
  /** How many records were asked, and how many break the rule. */
  looked: number
  broken: number
  /** What the rule asks, in words. */
  words: string
  /** Some that break it, with the fields that it looks at. */
  examples: ReadRecord[]
}

/** Asks a rule, which need not be kept yet, of the newest records. Throws the Fault of a schema document for one that cannot be asked. */
export async function testRule(workspace: Workspace, { object: name, rule }: { object: string; rule: unknown }): Promise<RuleTest> {
  const catalog = plannedCatalog(await workspace.catalog(), { objects: [{ name, rules: [rule] }] })
  const object = findObject(catalog, name)
  const wanted = typeof rule === 'object' && rule !== null ? Reflect.get(rule, 'name') : undefined
  const compiled = object && compileRules(object).find(({ rule: one }) => one.name === wanted)
  if (!object || !compiled) throw new Fault('schema.document', 'A rule that is tested has a name and a check. Nothing was tested.', { path: 'rule' })
  const fields = [...new Set([...compiled.fields, object.nameField])]
  const { items } = await readRecords(workspace).records({ object: object.name, fields, where: [], sort: '-id', limit: lookedAt, count: false, canonical: true })
  const broken = items.filter(({ values }) => compiled.isBroken((field) => values[field] ?? null))
  return { looked: items.length, broken: broken.length, words: compiled.words, examples: broken.slice(0, shown).map(({ id, values }) => ({ id, values: printValues(object, values) })) }
}
