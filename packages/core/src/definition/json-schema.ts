import { z } from 'zod'
import { importDefinitionSchema } from './import.ts'

/** The published schema of an import's definition document (JSON Schema 2020-12): what a person may write, so defaults may be left out. */
export function importDefinitionJsonSchema(): Record<string, unknown> {
  const { $schema, ...schema } = z.toJSONSchema(importDefinitionSchema, { io: 'input', target: 'draft-2020-12' })
  return { $schema, $id: 'https://example.com/longshore/import-definition.v1.json', title: 'Longshore import definition', ...schema }
}
