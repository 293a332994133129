import { fieldKinds } from '@longshore/core'
import { z } from 'zod'

export const optionSchema = z.object({ value: z.string(), label: z.string(), active: z.boolean() })

export const fieldSchema = z.object({
  name: z.string(),
  label: z.string(),
  kind: z.enum(fieldKinds),
  required: z.boolean(),
  custom: z.boolean(),
  /** Can be given a value by hand; the others are filled by Longshore or by imports. */
  editable: z.boolean(),
  maxLength: z.int().optional(),
  min: z.string().optional(),
  max: z.string().optional(),
  /** picklist and multi-select. */
  options: z.array(optionSchema).optional(),
  /** picklist: whether values outside the options are refused. */
  restricted: z.boolean().optional(),
  /** reference: the objects it may point to. */
  targets: z.array(z.string()).optional(),
  /** The value is filled from this field. */
  companionOf: z.string().optional(),
  currencyField: z.string().optional(),
  default: z.string().optional(),
  help: z.string().optional(),
}).meta({ id: 'Field' })

export const objectSchema = z.object({
  name: z.string(),
  singular: z.string(),
  label: z.string(),
  pluralLabel: z.string(),
  custom: z.boolean(),
  /** The field that people know a record by. */
  nameField: z.string(),
  fields: z.array(fieldSchema),
  /** Criteria of which keys are kept: `email`, `first_name+last_name+account`. */
  matchKeys: z.array(z.string()),
}).meta({ id: 'Object' })

export const templateQuery = z.strictObject({ format: z.enum(['csv', 'xlsx']).default('csv') })

/** A validation rule as a schema document has it; it need not be kept yet. */
export const ruleTestBody = z.strictObject({ rule: z.record(z.string(), z.unknown()) }).meta({ id: 'RuleTestBody' })
export const ruleTestSchema = z.object({
  /** The newest records that were asked, and how many of them break the rule. */
  looked: z.int(), broken: z.int(),
  /** What the rule asks. */
  words: z.string(),
  /** Some that break it, with the fields that it looks at. */
  examples: z.array(z.object({ id: z.string(), values: z.record(z.string(), z.string().nullable()) })),
}).meta({ id: 'RuleTest' })

export const objectsSchema = z.object({ version: z.int(), objects: z.array(objectSchema) }).meta({ id: 'Objects' })

export type RuleTestAnswer = z.output<typeof ruleTestSchema>
export type ObjectAnswer = z.output<typeof objectSchema>
export type FieldAnswer = z.output<typeof fieldSchema>
