import { closest, Fault, ruleOperators } from '@longshore/core'
import { z } from 'zod'

/** A value that stays as it is where the document leaves it out, and goes where the document says null. */
function clearable<Schema extends z.ZodType>(schema: Schema) {
  return schema.nullable().optional()
}

const decimal = z.string().regex(/^-?\d+(\.\d+)?$/, 'a number as text, such as "0" or "99.5"')
const optionSchema = z.union([
  z.string().min(1),
  z.strictObject({ value: z.string().min(1), label: z.string().min(1).optional(), active: z.boolean().optional() }),
])
const stageSchema = z.strictObject({
  name: z.string().min(1), probability: z.number().min(0).max(100).optional(), closed: z.boolean().optional(), won: z.boolean().optional(),
})
const pipelineSchema = z.strictObject({ name: z.string().min(1), default: z.boolean().optional(), stages: z.array(stageSchema).min(1) })

const fieldSchema = z.strictObject({
  name: z.string(),
  /** Takes the field away, with all that its column holds. */
  remove: z.literal(true).optional(),
  label: z.string().min(1).max(120).optional(),
  kind: z.string().optional(),
  required: clearable(z.boolean()),
  maxLength: clearable(z.int().min(1).max(1_000_000)),
  precision: clearable(z.strictObject({ integerDigits: z.int().min(1).max(1000), decimals: z.int().min(0).max(1000) })),
  min: clearable(decimal),
  max: clearable(decimal),
  options: z.array(optionSchema).max(10_000).optional(),
  restricted: clearable(z.boolean()),
  targets: z.array(z.string()).min(1).optional(),
  address: clearable(z.strictObject({ group: z.string().min(1), part: z.enum(['street', 'street2', 'city', 'state', 'postal-code', 'country']) })),
  iso: clearable(z.enum(['country', 'state'])),
  custom: z.boolean().optional(),
  companionOf: z.string().optional(),
  currencyField: clearable(z.string()),
  default: clearable(z.string()),
  audit: z.boolean().optional(),
  virtual: z.literal('full-name').optional(),
  help: clearable(z.string().max(1000)),
})

const ruleName = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,62}$/, 'a rule is named in small letters, digits and hyphens, such as "close-after-create"')
const ruleSchema = z.union([
  z.strictObject({ name: ruleName, remove: z.literal(true) }),
  z.strictObject({
    name: ruleName,
    check: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('compare'), field: z.string(), operator: z.enum(ruleOperators), other: z.string() }),
      z.strictObject({ kind: z.literal('required'), field: z.string() }),
      z.strictObject({ kind: z.literal('pattern'), field: z.string(), pattern: z.string().min(1) }),
      z.strictObject({ kind: z.literal('range'), field: z.string(), min: z.string().optional(), max: z.string().optional() }),
    ]),
    when: z.union([z.strictObject({ field: z.string(), equals: z.array(z.string()).min(1) }), z.strictObject({ field: z.string(), filled: z.boolean() })]).optional(),
    message: z.string().min(1).max(300).optional(),
    severity: z.enum(['error', 'warning']).optional(),
  }),
])

const objectSchema = z.strictObject({
  name: z.string(),
  singular: z.string().optional(),
  label: z.string().min(1).max(120).optional(),
  pluralLabel: z.string().min(1).max(120).optional(),
  custom: z.boolean().optional(),
  nameField: z.string().optional(),
  referenceKey: z.string().optional(),
  /** Criteria by which records can be found; `passing`: until no import has used it for long; `remove` takes the keys away. */
  matchKeys: z.array(z.union([z.string(), z.strictObject({ criterion: z.string(), passing: z.literal(true) }), z.strictObject({ criterion: z.string(), remove: z.literal(true) })])).max(40).optional(),
  fields: z.array(fieldSchema).max(1000).default([]),
  pipelines: z.array(pipelineSchema).min(1).optional(),
  rules: z.array(ruleSchema).max(200).optional(),
})

const documentSchema = z.strictObject({
  /** As printed; what is applied is laid over whatever version there is. */
  version: z.int().optional(),
  objects: z.array(objectSchema).max(1000),
})

/** What `longshore schema --apply` takes and `longshore schema` prints: objects with what is new or changed in them. */
export type SchemaDocument = z.output<typeof documentSchema>
export type ObjectDocument = z.output<typeof objectSchema>
export type FieldDocument = z.output<typeof fieldSchema>
export type RuleDocument = z.output<typeof ruleSchema>

/** Reads a document. Throws a Fault `schema.document` with the path of the first part that is off. */
export function parseSchemaDocument(document: unknown): SchemaDocument {
  const parsed = documentSchema.safeParse(document)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const path = printPath(issue?.path ?? [])
  if (issue?.code === 'unrecognized_keys') {
    const key = issue.keys[0] ?? ''
    const known = keysAt(issue.path)
    const near = known.find((one) => one === otherWords[key.toLowerCase()]) ?? closest(key, known)
    throw schemaFault(path === '' ? key : `${path}.${key}`, `there is nothing called "${key}" here${near === null ? `; what can be said is ${known.join(', ')}` : `; did you mean "${near}"?`}`)
  }
  throw schemaFault(path, `${issue?.message ?? 'not a schema document'}`)
}

/** A Fault about one place of the document. */
export function schemaFault(path: string, words: string, code = 'schema.document'): Fault {
  return new Fault(code, `The schema document cannot be applied: ${path === '' ? '' : `${path}: `}${words}. Nothing was changed.`, { path })
}

/** `["objects", 0, "fields", 2, "kind"]` → `objects[0].fields[2].kind`. */
function printPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => (typeof part === 'number' ? `${text}[${part}]` : `${text}${text === '' ? '' : '.'}${String(part)}`), '')
}

/** What others call our keys, where their spelling leads to none. */
const otherWords: Record<string, keyof z.output<typeof fieldSchema> | keyof z.output<typeof objectSchema>> = {
  type: 'kind', datatype: 'kind', data_type: 'kind', title: 'label', description: 'help', hint: 'help', values: 'options', choices: 'options', picklist: 'options',
  length: 'maxLength', mandatory: 'required', references: 'targets', properties: 'fields', columns: 'fields', validations: 'rules', delete: 'remove', plural: 'pluralLabel',
}

function keysAt(path: readonly PropertyKey[]): string[] {
  if (path.includes('stages')) return Object.keys(stageSchema.shape)
  if (path.includes('pipelines')) return Object.keys(pipelineSchema.shape)
  if (path.includes('fields')) return Object.keys(fieldSchema.shape)
  return Object.keys(path.includes('objects') ? objectSchema.shape : documentSchema.shape)
}
