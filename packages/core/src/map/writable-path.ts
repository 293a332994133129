import { Fault } from '../issues/fault.ts'
import { resolvePath, type Catalog, type FieldPath } from '../schema/catalog.ts'
import type { ObjectType } from '../schema/object.ts'

/** What Longshore sets itself and no file may write, whether or not an object shows it as a field. */
const ownFields: ReadonlySet<string> = new Set([
  'id', 'organization', 'organization_id', 'job', 'job_id', 'deleted_at', 'deleted_by', 'deleted_job', 'created_by', 'updated_by', 'version', 'effective_at',
])

/** The field that `path` names. Faults when there is none (naming the nearest) or when a file may not write it; `at` is where the definition says so. */
export function writablePath(catalog: Catalog, object: ObjectType, path: string, at: string): FieldPath {
  const found = resolvePath(catalog, object, path)
  if ('field' in found) {
    if (!found.field.companionOf) return found
    throw new Fault('field-not-writable', `The field "${path}" follows ${found.field.companionOf} and has no column of its own. Map the column to ${found.field.companionOf}.`, { path: at })
  }
  const name = path.slice(path.lastIndexOf('.') + 1)
  if (ownFields.has(name)) {
    throw new Fault('field-not-writable', `The field "${path}" is set by Longshore itself, never by a file. ${name === 'id' ? 'Records are found by it with --match id. ' : ''}Another system's identifier belongs in external_id.`, { path: at })
  }
  const nearest = found.nearest ? ` Did you mean "${found.nearest}"?` : ''
  throw new Fault('unknown-field', `${object.pluralLabel} have no field "${path}".${nearest}`, { path: at })
}
