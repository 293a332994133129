import { STATUS_CODES } from 'node:http'
import type { Problem } from '@longshore/contract'
import { Fault } from '@longshore/core'
import { inRoutes } from './http-remedies.ts'
import { RequestFault } from './request-fault.ts'

/** HTTP's word for faults that their remedy alone does not tell. */
const statusOfCode: Readonly<Record<string, number>> = {
  'access.signed-out': 401, 'sign-in.refused': 401, 'password.wrong': 403, 'access.denied': 403, 'access.beyond': 403, 'access.cross-site': 403,
  'job.unknown': 404, 'object.unknown': 404, 'unknown-object': 404, 'record.missing': 404, 'bin.missing': 404, 'review.unknown': 404, 'review.hidden': 403, 'file.missing': 404, 'saved-mapping.unknown': 404, 'view.unknown': 404, 'view.exists': 409, 'view.too-many': 409, 'record.changed': 409, 'chosen.none': 409, 'chosen.changed': 409, 'request.key-reused': 409, 'route.unknown': 404, 'member.unknown': 404, 'invitation.unknown': 404, 'role.unknown': 404, 'key.unknown': 404, 'session.unknown': 404, 'upload.unknown': 404, 'upload.offset': 409, 'upload.too-long': 413, 'upload.protocol': 412, 'reset.unknown': 404,
  'fix.unknown': 404, 'draft.none': 404, 'draft.conflict': 409, 'draft.too-late': 409, 'draft.has-fixes': 409, 'draft.has-trial': 409, 'trial.open': 409, 'trial.nothing': 409, 'member.exists': 409, 'member.last-admin': 409, 'role.in-use': 409, 'role.standard': 409, 'job.state': 409, 'fix.conflict': 409, 'fix.state': 409, 'fix.too-late': 409, 'fix.too-early': 409, 'fix.tried': 409, 'plan.outdated': 409, 'rows.not-checked': 409, 'job.busy': 409, 'writer.busy': 409, 'review.settled': 409,
  'bulk.too-many': 413, 'chosen.too-large': 413, 'limit.file-size': 413, 'limit.rows': 413, 'limit.mappings': 400, 'request.too-large': 413, 'request.type': 415, 'request.method': 405, 'rate.exceeded': 429,
}

export function statusOf(fault: Fault): number {
  const known = Object.hasOwn(statusOfCode, fault.code) ? statusOfCode[fault.code] : undefined
  return known ?? { refuse: 400, retry: 503, stop: 503 }[fault.remedy]
}

/** What the client is told about an error. What is not a Fault is ours, and says nothing of itself. */
export function problemOf(error: unknown, request: string): Problem {
  const fault = asFault(error)
  const status = fault.code === 'internal' ? 500 : statusOf(fault)
  return {
    type: `urn:longshore:problem:${fault.code}`, title: STATUS_CODES[status] ?? 'Error', status, detail: inRoutes(fault.message), code: fault.code,
    ...(fault.path === undefined ? {} : { path: fault.path }), ...(fault instanceof RequestFault ? { errors: fault.errors } : {}), request,
  }
}

/** Errors of the HTTP layer, and our own mistakes, as Faults. */
export function asFault(error: unknown): Fault {
  if (error instanceof Fault) return error
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500
  if (status === 413) return new Fault('request.too-large', 'The body of the request is larger than this route takes. Send less at a time.')
  if (status === 415) return new Fault('request.type', 'The body has a type that is not taken: it is application/json, or application/octet-stream for a file. Send the type of what you send in the header Content-Type.')
  if (status >= 400 && status < 500) return new Fault('request.unreadable', 'The request cannot be read: its body is no JSON document, or its address or headers are damaged. Nothing was done.')
  return new Fault('internal', 'Longshore made a mistake of its own. Nothing more is known here; the log has the request under its id.', { remedy: 'stop', cause: error })
}
