import { fixSchema } from '@longshore/core'
import { z } from 'zod'
import { rowFilterSchema } from '../rows/row.ts'

const mostRows = 1_000_000

/** What is to be corrected. `rows`: of a fix that is about rows (fill, leave-out), their numbers or the filter that finds them now. */
export const newFixSchema = z.strictObject({
  fix: fixSchema,
  rows: z.union([z.array(z.int().min(1)).min(1).max(mostRows), rowFilterSchema]).optional(),
}).meta({ id: 'NewFix' })

export const fixAnswerSchema = z.object({
  number: z.int(),
  /** What it does, in words. */
  words: z.string(),
  kind: z.string(),
  undone: z.boolean(),
  /** Rows that were checked again, or left out, when it was last changed. */
  touched: z.int(),
  by: z.string().nullable(),
  at: z.string(),
}).meta({ id: 'ListedFix' })

export const fixesSchema = z.object({ fixes: z.array(fixAnswerSchema) }).meta({ id: 'Fixes' })

/** `touched`: null: too many rows to be checked at once; they wait for POST …/plan, which checks them from the file. */
export const fixChangeSchema = z.object({ number: z.int(), touched: z.int().nullable() }).meta({ id: 'FixChange' })

export type FixAnswer = z.output<typeof fixAnswerSchema>
export type FixesAnswer = z.output<typeof fixesSchema>
export type FixChangeAnswer = z.output<typeof fixChangeSchema>
export type NewFix = z.input<typeof newFixSchema>
