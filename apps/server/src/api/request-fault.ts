import type { RequestError } from '@longshore/contract'
import { Fault } from '@longshore/core'
import type { z } from 'zod'

/** A request that does not fit its route: everything that is off about it, by place. */
export class RequestFault extends Fault {
  readonly errors: RequestError[]

  constructor(errors: RequestError[]) {
    const [first] = errors
    super('request.invalid', `The request cannot be understood: ${first ? `${first.path} ${first.message}` : 'it does not fit'}${errors.length > 1 ? `, and ${errors.length - 1} more` : ''}. Nothing was done. The reference at /docs says what it takes.`)
    this.errors = errors
  }
}

/** Most places that one answer names. */
const mostErrors = 100

/** Takes `parts` by their schemas; throws one RequestFault with all that is off. */
export function parseRequest(parts: { name: 'params' | 'query' | 'body'; schema: z.ZodType; value: unknown }[]): Record<string, unknown> {
  const errors: RequestError[] = []
  const parsed: Record<string, unknown> = {}
  for (const { name, schema, value } of parts) {
    const result = schema.safeParse(value)
    if (result.success) parsed[name] = result.data
    else errors.push(...result.error.issues.flatMap((issue) => errorsOf(name, issue)))
  }
  if (errors.length > 0) throw new RequestFault(errors.slice(0, mostErrors))
  return parsed
}

function errorsOf(part: string, issue: z.core.$ZodIssue): RequestError[] {
  const path = pathOf([part, ...issue.path])
  if (issue.code === 'unrecognized_keys') return issue.keys.slice(0, mostErrors).map((key) => ({ path: pathOf([part, ...issue.path, key]), message: 'is not known here, or cannot be set: leave it out' }))
  return [{ path, message: issue.message.replace(/^Invalid input: /, 'is not valid: ') }]
}

function pathOf(keys: readonly PropertyKey[]): string {
  return keys.map((key, i) => (typeof key === 'number' ? `[${key}]` : `${i === 0 ? '' : '.'}${String(key).slice(0, 80)}`)).join('')
}
