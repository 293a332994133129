import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { StartRequest } from '@longshore/store'
import type { Actor } from '../actor.ts'
import type { Longshore } from '../longshore.ts'
import type { Permission, RouteInput } from './permission.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD'

/** What a route works with: its request, parsed, and Longshore as the one who asks may use it. */
export interface Call<P = unknown, Q = unknown, B = unknown> extends RouteInput<P, Q, B> {
  actor: Actor
  /** Bound to the actor: what they may not see does not exist for it. */
  longshore: Longshore
  /** The session of a person; null: an API key, the operator, or nobody. */
  session: { id: string; account: string } | null
  headers: Headers
  /** The Idempotency-Key, with a hash of what is asked: a start that comes twice under it makes one job. Null: none was sent. */
  once: StartRequest | null
  /** Cookies that the answer sets. */
  setCookies(cookies: readonly string[]): void
  /** Aborts when the client goes away. */
  signal: AbortSignal
  request: FastifyRequest
}

interface Described<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> {
  method: Method
  /** `/v1/jobs/:job` */
  path: string
  /** One line for the reference. */
  summary: string
  tag: string
  permission: Permission<RouteInput<z.output<P>, z.output<Q>, z.output<B>>>
  params?: P
  query?: Q
  body?: B
  /** Largest body; absent: 1 MB. */
  bodyLimitBytes?: number
  /** It begins work, once for each Idempotency-Key. Absent: no key reaches it. */
  once?: true
}

/** A route that answers in JSON: schema, permission, one call, presenter. */
export interface RouteSpec<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType, R> extends Described<P, Q, B> {
  /** What is answered: only what it names leaves the server. Absent: nothing (204). */
  answer?: A
  /** Absent: 200, or 204 without an answer. */
  status?: 200 | 201 | 202
  /** Where it depends on the answer: 200 when all is done, 202 when it goes on. */
  statusOf?(answer: z.output<A>): 200 | 202
  call(call: Call<z.output<P>, z.output<Q>, z.output<B>>): Promise<R> | R
  /** Turns what `call` gave into the answer. Absent: it is the answer. */
  present?(result: Awaited<R>, call: Call<z.output<P>, z.output<Q>, z.output<B>>): z.input<A>
}

/** A route that writes its answer itself: downloads, streams, uploads. */
export interface RawRouteSpec<P extends z.ZodType, Q extends z.ZodType> extends Described<P, Q, z.ZodType> {
  /** It goes on until the client leaves. */
  streams?: true
  /** In words, for the reference: `the file's bytes`. */
  gives: string
  /** Its success, for programs. Absent: 200 and bytes. */
  success?: RawSuccess
  /** Headers that it reads, for programs. */
  headers?: readonly string[]
  /** The type of a body that is handed on as it comes. */
  takes?: string
  serve(call: Call<z.output<P>, z.output<Q>>, reply: FastifyReply): Promise<unknown>
}

/** `type` null: no body. */
export interface RawSuccess { status?: 200 | 201 | 204; type?: string | null; schema?: z.ZodType }

/** A route as the frame registers it. */
export interface Route {
  readonly method: Method
  readonly path: string
  readonly summary: string
  readonly tag: string
  readonly permission: Permission<never>
  readonly params: z.ZodType
  readonly query: z.ZodType
  readonly body: z.ZodType | null
  readonly bodyLimitBytes: number | undefined
  readonly once: boolean
  readonly headers: readonly string[]
  readonly takes: string | null
  readonly answer: { kind: 'json'; schema: z.ZodType; statuses: readonly number[] } | { kind: 'nothing' } | { kind: 'raw'; words: string; streams: boolean; success: RawSuccess }
  /** What is sent, or undefined when the route has sent it. */
  run(call: Call, reply: FastifyReply): Promise<unknown>
}

const nothing = z.strictObject({})

/** Declares a route. Whatever it does not name in its schemas is refused on the way in and left out on the way out. */
export function route<P extends z.ZodType = typeof nothing, Q extends z.ZodType = typeof nothing, B extends z.ZodType = z.ZodUndefined, A extends z.ZodType = z.ZodNever, R = z.input<A>>(spec: RouteSpec<P, Q, B, A, R>): Route {
  const { answer } = spec
  return {
    ...described(spec),
    answer: answer ? { kind: 'json', schema: answer, statuses: spec.statusOf ? [200, 202] : [spec.status ?? 200] } : { kind: 'nothing' },
    async run(untyped, reply) {
      const call = untyped as Call<z.output<P>, z.output<Q>, z.output<B>> // parsed by the schemas of this very route
      const result = await spec.call(call)
      if (!answer) return reply.code(204).send()
      const parsed = answer.parse(spec.present ? spec.present(result, call) : result)
      reply.code(spec.statusOf?.(parsed) ?? spec.status ?? 200)
      return parsed
    },
  }
}

/** Declares a route that writes its answer itself. It must send through `reply`, or hijack it. */
export function rawRoute<P extends z.ZodType = typeof nothing, Q extends z.ZodType = typeof nothing>(spec: RawRouteSpec<P, Q>): Route {
  return {
    ...described(spec), headers: spec.headers ?? [], takes: spec.takes ?? null,
    answer: { kind: 'raw', words: spec.gives, streams: spec.streams ?? false, success: spec.success ?? {} },
    run: (untyped, reply) => spec.serve(untyped as Call<z.output<P>, z.output<Q>>, reply), // parsed by the schemas of this very route
  }
}

function described<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(spec: Described<P, Q, B>) {
  const { method, path, summary, tag } = spec
  return {
    method, path, summary, tag, permission: spec.permission as Permission<never>, params: spec.params ?? nothing, query: spec.query ?? nothing,
    body: spec.body ?? null, bodyLimitBytes: spec.bodyLimitBytes, once: spec.once ?? false, headers: [] as readonly string[], takes: null as string | null,
  }
}
