import type Router from '@koa/router'
import { PROBLEMS, type ProblemCode } from '@offset-button/contract'
import type { Context } from 'koa'
import type { z } from 'zod'
import { readJsonBody } from './body.ts'
import type { Caller, CallerKind, Callers } from './callers.ts'
import { validate } from './validate.ts'

/** One operation of the API: what the router serves and the OpenAPI document describes. */
export type Endpoint<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Result extends z.ZodType = z.ZodType,
  Kind extends CallerKind = CallerKind,
> = {
  readonly method: 'get' | 'post' | 'put' | 'patch'
  /** With parameters in braces, as OpenAPI writes them. */
  readonly path: string
  readonly operation: string
  readonly summary: string
  readonly caller: Kind
  readonly params?: Params
  readonly query?: Query
  readonly body?: Body
  readonly status: number
  readonly result: Result
  /** True: the Idempotency-Key header is required. */
  readonly idempotent?: boolean
  /**
   * True: the publishable key may stand in the address as `key` instead, so that a browser needs no permission before it asks.
   * Only where nothing is changed.
   */
  readonly keyInAddress?: boolean
  readonly problems: readonly ProblemCode[]
  readonly handle: (request: {
    readonly params: z.output<Params>
    readonly query: z.output<Query>
    readonly body: z.output<Body>
    readonly caller: Extract<Caller, { kind: Kind }>
    readonly context: Context
  }) => Promise<z.input<Result>>
}

/** Keeps the types of one endpoint together; the list of all of them forgets them. */
export function endpoint<
  Params extends z.ZodType,
  Query extends z.ZodType,
  Body extends z.ZodType,
  Result extends z.ZodType,
  Kind extends CallerKind,
>(one: Endpoint<Params, Query, Body, Result, Kind>): Endpoint {
  return one as unknown as Endpoint
}

/** Serves an endpoint: who calls, what was sent, what comes back, all by its schemas. */
export function mount(router: Router, callers: Callers, one: Endpoint): void {
  const path = one.path.replace(/\{(\w+)\}/g, ':$1')
  // An identifier of another form is one that nothing has.
  const unknown = one.problems.find((code) => PROBLEMS[code].status === 404)
  router[one.method](path, async (context) => {
    const { key, ...search } = context.query
    const isKeyed = one.keyInAddress === true && typeof key === 'string'
    const caller = await callers.identify(context, one.caller, isKeyed ? key : undefined)
    const params = one.params ? validate(one.params, context.params, unknown) : undefined
    const query = one.query
      ? validate(one.query, isKeyed ? search : { ...context.query })
      : undefined
    const body = one.body ? validate(one.body, await readJsonBody(context.req)) : undefined
    context.state.hasBegun = true
    const result = await one.handle({ params, query, body, caller, context })
    context.status = one.status
    context.set('Cache-Control', 'no-store')
    context.body = one.result.parse(result)
  })
}

/** Whether an endpoint has set to work on the request: before that it can have no effect. */
export const hasBegun = (context: Context): boolean => context.state.hasBegun === true
