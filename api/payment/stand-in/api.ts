/** Executes one call of the API: who asks, is it a repetition, what does it do; all in one transaction. */

import { type Call, checkParameters, type KeyKind, type Route } from './call.ts'
import type { Books } from './database.ts'
import { type Form, field, parseForm } from './form.ts'
import { type Kept, keepAnswer, keptAnswer, requestHash } from './idempotency.ts'
import { paymentIntentRoutes } from './payment-intent.routes.ts'
import { StripeProblem, unauthorised } from './problem.ts'
import { refundRoutes } from './refund.routes.ts'
import { isWanted, type Settings } from './settings.ts'

/** A request as it came over HTTP. */
export type ApiRequest = {
  readonly requestId: string
  readonly method: string
  readonly path: string
  readonly query: string
  readonly body: string
  readonly authorization: string | undefined
  readonly idempotencyKey: string | undefined
}

/** What the API needs to answer. */
export type ApiContext = {
  readonly books: Books
  readonly settings: Settings
  readonly origin: string
  /** Milliseconds since 1970. */
  readonly now: () => number
}

export type ApiAnswer = Kept & { readonly replayed: boolean }

const ROUTES: readonly Route[] = [...paymentIntentRoutes, ...refundRoutes]

/** The call that a request is, if the stand-in knows it. */
export function findRoute(method: string, path: string): Route | null {
  return ROUTES.find((route) => route.method === method && route.path.test(path)) ?? null
}

/** Answers a request; every refusal is an answer too. Only a failure of the books throws. */
export async function answerApi(
  context: ApiContext,
  route: Route | null,
  request: ApiRequest,
): Promise<ApiAnswer> {
  try {
    if (route === null) {
      const message = `Unrecognized request URL (${request.method}: ${request.path}).`
      throw unauthorised(message, 404)
    }
    const form: Form = { ...parseForm(request.query), ...parseForm(request.body) }
    const key = keyKind(context.settings, request.authorization, field(form, 'key'))
    if (!route.keys.includes(key)) {
      throw unauthorised('This API call cannot be made with a publishable API key.', 403)
    }
    checkParameters(route, form)
    return await execute(context, route, request, form, key)
  } catch (error) {
    if (!(error instanceof StripeProblem)) throw error
    return { ...problemAnswer(error, request.requestId), replayed: false }
  }
}

/** A problem as it is sent. */
export function problemAnswer(problem: StripeProblem, requestId: string): Kept {
  const error = { ...problem.body, request_log_url: `/requests/${requestId}` }
  return { status: problem.status, body: JSON.stringify({ error }) }
}

function execute(
  context: ApiContext,
  route: Route,
  request: ApiRequest,
  form: Form,
  key: KeyKind,
): Promise<ApiAnswer> {
  const nowMs = context.now()
  const idempotencyKey = (route.method === 'POST' && request.idempotencyKey) || null
  const hash = requestHash(request.method, request.path, `${request.query}\n${request.body}`)
  return context.books.transaction().execute(async (trx) => {
    if (idempotencyKey !== null) {
      const kept = await keptAnswer(trx, idempotencyKey, hash, nowMs)
      if (kept !== null) return { ...kept, replayed: true }
    }
    const answer = await run(route, request.requestId, {
      trx,
      cause: {
        nowMs,
        requestId: request.requestId,
        idempotencyKey,
        isWanted: (event) => isWanted(context.settings, event),
      },
      settings: context.settings,
      origin: context.origin,
      key,
      ids: (route.path.exec(request.path) ?? []).slice(1).map(decodeURIComponent),
      form,
    })
    if (idempotencyKey !== null) await keepAnswer(trx, idempotencyKey, hash, answer, nowMs)
    return { ...answer, replayed: false }
  })
}

/** A problem found while checking is thrown on: nothing is written, nothing kept. */
async function run(route: Route, requestId: string, call: Call): Promise<Kept> {
  let result: object
  try {
    result = await route.run(call)
  } catch (error) {
    if (!(error instanceof StripeProblem && error.executed)) throw error
    result = error
  }
  if (result instanceof StripeProblem) return problemAnswer(result, requestId)
  return { status: 200, body: JSON.stringify(result) }
}

function keyKind(
  settings: Settings,
  authorization: string | undefined,
  inForm: string | undefined,
): KeyKind {
  const key = keyOf(authorization) ?? inForm
  if (key === settings.secretKey) return 'secret'
  if (key === settings.publishableKey) return 'publishable'
  throw unauthorised(
    key === undefined ? 'You did not provide an API key.' : 'Invalid API Key provided.',
  )
}

/** `Bearer <key>`, or `Basic` with the key as the user. */
export function keyOf(authorization: string | undefined): string | undefined {
  const [scheme, credentials = ''] = authorization?.split(' ') ?? []
  if (scheme?.toLowerCase() === 'bearer') return credentials
  if (scheme?.toLowerCase() !== 'basic') return undefined
  return Buffer.from(credentials, 'base64').toString().split(':')[0]
}
