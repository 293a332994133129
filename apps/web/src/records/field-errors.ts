import type { FieldAnswer } from '@longshore/contract'
import { Refusal } from '../client/problem.ts'

/** What a refusal says of each field, by its name; `rest`: whether it says something of no field that is shown. */
export function fieldErrors(error: unknown, fields: readonly Pick<FieldAnswer, 'name'>[]): { of: Record<string, string>; rest: boolean } {
  if (!(error instanceof Refusal)) return { of: {}, rest: error !== null && error !== undefined }
  const told = error.errors.length > 0 ? error.errors : [{ path: error.path ?? '', message: error.message }]
  const of: Record<string, string> = {}
  let rest = false
  for (const { path, message } of told) {
    const name = /^values\.([a-z]\w*)/.exec(path)?.[1] ?? ''
    if (fields.some((field) => field.name === name)) of[name] = of[name] === undefined ? message : `${of[name]} ${message}`
    else rest = true
  }
  return { of, rest }
}
