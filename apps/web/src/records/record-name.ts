import type { ObjectAnswer, RecordAnswer } from '@longshore/contract'
import { words } from '../words/words.ts'

/** What people know a record by; a full name that is not kept as such is put together. */
export function recordName(object: ObjectAnswer, { id, values }: RecordAnswer): string {
  return values[object.nameField] ?? (['first_name', 'last_name'].map((part) => values[part]).filter(Boolean).join(' ') || (values['name'] ?? words.records.record(id)))
}
