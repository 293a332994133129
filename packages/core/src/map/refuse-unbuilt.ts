import type { ImportDefinition } from '../definition/import.ts'
import { Fault } from '../issues/fault.ts'

const unbuiltOperations: readonly string[] = ['delete', 'hard-delete']
const unbuiltStrategies: readonly string[] = ['update-if-newer', 'flag']
const builtMergeRules: readonly string[] = ['always', 'never', 'if-empty']

/** Refuses what the definition may say but this version does not do yet, by name, before any row is read. */
export function refuseUnbuilt(definition: ImportDefinition): void {
  const { operation, onDuplicate, onSeveral, owner } = definition
  if (unbuiltOperations.includes(operation)) throw notBuilt('operation', `The operation "${operation}"`, 'insert, update and upsert are')
  if (unbuiltStrategies.includes(onDuplicate)) throw notBuilt('onDuplicate', `The duplicate strategy "${onDuplicate}"`, 'skip, update and create are')
  if (onSeveral !== 'fail') throw notBuilt('onSeveral', `Choosing "${onSeveral}" among several matches`, 'fail is')
  if (owner?.startsWith('round-robin')) throw notBuilt('owner', 'Handing records round-robin to several owners', 'one owner by e-mail is')
  for (const [path, rule] of Object.entries(definition.merge)) refuseRule(rule, `merge.${path}`)
  for (const [i, column] of definition.columns.entries()) if (column.merge) refuseRule(column.merge, `columns[${i}].merge`)
}

function refuseRule(rule: string, path: string): void {
  if (!builtMergeRules.includes(rule)) throw notBuilt(path, `The merge rule "${rule}"`, `${builtMergeRules.join(', ')} are`)
}

function notBuilt(path: string, what: string, instead: string): Fault {
  return new Fault('not-built-yet', `${what} is not built yet; ${instead}.`, { path })
}
