import { closest, Fault } from '@longshore/core'
import type { SavedMapping } from '@longshore/core'
import type { Organization } from '../organizations/organization.ts'
import type { Transaction } from '../postgres/database.ts'

/** A saved mapping in a list. */
export interface SavedMappingEntry { name: string; object: string; columns: number; updatedAt: string }

/** By name. */
export async function listSavedMappings(tx: Transaction, organization: Organization): Promise<SavedMappingEntry[]> {
  const { rows } = await tx.query<SavedMappingEntry>(
    `SELECT name, object, json_array_length(document->'columns') AS columns, to_char(updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "updatedAt"
     FROM longshore.saved_mapping WHERE organization = $1 ORDER BY lower(name)`, [organization.id])
  return rows
}

/** The mapping saved under a name, in any letter case. Throws a Fault that names the nearest when there is none. */
export async function loadSavedMapping(tx: Transaction, organization: Organization, name: string): Promise<SavedMapping> {
  const { rows: [found] } = await tx.query<{ document: SavedMapping }>('SELECT document FROM longshore.saved_mapping WHERE organization = $1 AND lower(name) = lower($2)', [organization.id, name.trim()])
  if (!found) throw await unknownMapping(tx, organization, name)
  return found.document
}

/** Saves a mapping under its name, in place of one that has it. Says whether there was one. */
export async function saveMapping(tx: Transaction, organization: Organization, mapping: SavedMapping): Promise<{ replaced: boolean }> {
  const { rows: [written] } = await tx.query<{ replaced: boolean }>(
    `INSERT INTO longshore.saved_mapping (organization, name, object, document) VALUES ($1, $2, $3, $4)
     ON CONFLICT (organization, lower(name)) DO UPDATE SET name = excluded.name, object = excluded.object, document = excluded.document, updated_at = now() RETURNING xmax <> 0 AS replaced`,
    [organization.id, mapping.name, mapping.object, JSON.stringify(mapping)])
  return { replaced: written?.replaced === true }
}

export async function deleteSavedMapping(tx: Transaction, organization: Organization, name: string): Promise<void> {
  const { rowCount } = await tx.query('DELETE FROM longshore.saved_mapping WHERE organization = $1 AND lower(name) = lower($2)', [organization.id, name.trim()])
  if (rowCount === 0) throw await unknownMapping(tx, organization, name)
}

async function unknownMapping(tx: Transaction, organization: Organization, name: string): Promise<Fault> {
  const names = (await listSavedMappings(tx, organization)).map((one) => one.name)
  const nearest = closest(name, names)
  const hint = nearest ? `Did you mean "${nearest}"?` : names.length === 0 ? 'None is saved yet: longshore mapping save NAME --job N' : `There are: ${names.slice(0, 20).join(', ')}.`
  return new Fault('saved-mapping.unknown', `There is no saved mapping "${name.slice(0, 80)}". ${hint}`, { path: 'savedMapping' })
}
