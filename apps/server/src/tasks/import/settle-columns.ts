import { columnsByHand, namesSameColumn, withRememberedColumns, withSavedMapping } from '@longshore/core'
import type { Catalog, FileMemory, ImportDefinition, ObjectType } from '@longshore/core'
import { loadSavedMapping, rememberedColumns } from '@longshore/store'
import type { Workspace } from '../../open-workspace.ts'
import { withEarlierReadings } from './earlier-readings.ts'
import { isReport } from './own-files.ts'

/** The definition for one file, with all that is known of its columns before anything is proposed. */
export interface SettledColumns extends FileMemory { definition: ImportDefinition }

/**
 * What is said of a file's columns, in the order of who goes first: the definition, the saved mapping that it names, the readings of the file
 * that an error report came from, what was decided for such columns in earlier imports, by the actor before others. What is left is proposed.
 */
export async function settleColumns(workspace: Workspace, catalog: Catalog, object: ObjectType, given: ImportDefinition, headers: readonly string[]): Promise<SettledColumns> {
  const { db, organization, actor } = workspace
  const { savedMapping, ...rest } = given
  let definition: ImportDefinition = rest
  let saved: FileMemory['saved']
  if (savedMapping !== undefined) {
    const mapping = await db.transaction(null, (tx) => loadSavedMapping(tx, organization, savedMapping), { readOnly: true })
    definition = withSavedMapping(catalog, object, rest, mapping, headers)
    const byHand = columnsByHand(catalog, object, definition, headers)
    saved = { name: mapping.name, positions: new Set(byHand.filter((column) => !rest.columns.some((said) => said.field !== undefined && column.given && namesSameColumn(said, column.given))).map(({ position }) => position)) }
  }
  if (given.autoMap && isReport(headers)) definition = await withEarlierReadings(workspace, object.name, definition, headers)
  const memory = given.autoMap ? await db.transaction(null, (tx) => rememberedColumns(tx, organization, object.name, headers, actor.member?.id), { readOnly: true }) : []
  return { ...withRememberedColumns(catalog, object, definition, headers, memory), memory, ...(saved ? { saved } : {}) }
}
