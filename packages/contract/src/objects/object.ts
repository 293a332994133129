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

export const objectsSchema = z.object({ version: z.int(), objects: z.array(objectSchema) }).meta({ id: 'Objects' })

export type ObjectAnswer = z.output<typeof objectSchema>
export type FieldAnswer = z.output<typeof fieldSchema>
