import { Fault, findObject, mayOn } from '@longshore/core'
import type { ObjectRight, OrganizationRight } from '@longshore/core'
import { lacking } from '../actor.ts'
import type { Actor } from '../actor.ts'
import type { Longshore } from '../longshore.ts'

/** What a route takes from its request, parsed. */
export interface RouteInput<P, Q, B> { params: P; query: Q; body: B }

/** Who may use a route. Every route states one; there is no default. */
export type Permission<Input = unknown> =
  /** Without signing in; `why` stands in the reference. */
  | { kind: 'anyone'; why: string }
  /** Everybody who is signed in; the route itself answers with what concerns them alone. */
  | { kind: 'signed-in' }
  | { kind: 'right'; right: OrganizationRight }
  /** A right on the object that the request names, singular or plural. */
  | { kind: 'object'; right: ObjectRight; of: (input: Input) => string }
  /** A right on the records of at least one object. */
  | { kind: 'some-object'; right: ObjectRight }
  /** A job that the actor may see: their own, or any with the right to all jobs; and to steer it, a right on its object. */
  | { kind: 'job'; of: (input: Input) => number; right: ObjectRight }
  /** All of them: a request that names more than one thing. */
  | { kind: 'every'; of: readonly Permission<Input>[] }

export const anyone = (why: string): Permission<unknown> & { kind: 'anyone' } => ({ kind: 'anyone', why })
export const signedIn: Permission<unknown> = { kind: 'signed-in' }
export const withRight = (right: OrganizationRight): Permission<unknown> => ({ kind: 'right', right })
/** A right on the object in the address. */
export const onObject = (right: ObjectRight): Permission<{ params: { object: string } }> => ({ kind: 'object', right, of: ({ params }) => params.object })
/** A right on the object that the body names. */
export const onBodyObject = (right: ObjectRight): Permission<{ body: { object: string } }> => ({ kind: 'object', right, of: ({ body }) => body.object })
/** A right on the object that the definition in the body is about. */
export const onDefinitionObject = (right: ObjectRight): Permission<{ body: { definition: { object: string } } }> => ({ kind: 'object', right, of: ({ body }) => body.definition.object })
/** A right on the records of some object, whichever. */
export const anyObject = (right: ObjectRight): Permission<unknown> => ({ kind: 'some-object', right })
/** To look at the job in the address. */
export const onJob: Permission<{ params: { job: number } }> = { kind: 'job', right: 'read', of: ({ params }) => params.job }
/** To change what becomes of it. */
export const steerJob: Permission<{ params: { job: number } }> = { kind: 'job', right: 'import', of: ({ params }) => params.job }
/** Whoever may do both. */
export const every = <A, B>(one: Permission<A>, other: Permission<B>): Permission<A & B> => ({ kind: 'every', of: [one, other] })

/** The permission in words, for the reference. */
export function permissionWords(permission: Permission<never>): string {
  switch (permission.kind) {
    case 'anyone': return `Anyone, without signing in: ${permission.why}.`
    case 'signed-in': return 'Everybody who is signed in.'
    case 'right': return `The right "${permission.right}".`
    case 'object': return `The right to ${permission.right} records of the object.`
    case 'some-object': return `The right to ${permission.right} records of any object.`
    case 'job': return `Whoever started the job, or the right "all-jobs"; and the right to ${permission.right} records of its object.`
    case 'every': return permission.of.map((one) => permissionWords(one)).join(' ')
  }
}

/** Refuses whoever can have no such right whatever the request says: asked before the request is read. */
export function refuseEarly(permission: Permission<never>, actor: Actor): void {
  if (permission.kind === 'every') for (const one of permission.of) refuseEarly(one, actor)
  if (permission.kind === 'right' && !actor.role.rights.includes(permission.right)) throw denied(`needs the right "${permission.right}"`, actor)
  if ((permission.kind === 'object' || permission.kind === 'some-object' || permission.kind === 'job') && !Object.values(actor.role.objects).some((rights) => rights.includes(permission.right))) throw denied(`needs the right to ${permission.right} records`, actor)
}

/** Refuses what the request names and the actor may not touch. */
export async function refuse<Input>(permission: Permission<Input>, input: Input, actor: Actor, longshore: Longshore): Promise<void> {
  if (permission.kind === 'every') for (const one of permission.of) await refuse(one, input, actor, longshore)
  if (permission.kind === 'object') {
    const name = permission.of(input)
    const object = findObject(await longshore.catalog(), name) // as the actor knows it: an object they may not read does not exist
    if (!object) throw new Fault('object.unknown', `There is no object "${name.slice(0, 80)}". GET /v1/objects lists those that there are.`)
    if (!mayOn(actor.role, permission.right, object.name)) throw denied(`needs the right to ${permission.right} ${object.name}`, actor)
  }
  if (permission.kind === 'job') {
    const { object } = await longshore.findJob(permission.of(input)) // throws job.unknown for jobs that the actor may not see
    if (!mayOn(actor.role, permission.right, object)) throw denied(`needs the right to ${permission.right} ${object}`, actor)
  }
}

function denied(what: string, actor: Actor): Fault {
  return new Fault('access.denied', `This ${what}, ${lacking(actor)}`)
}
