import { randomUUID } from 'node:crypto'
import type { Problem } from '@offset-button/contract'
import type { Context, Middleware } from 'koa'
import type { Logger } from 'pino'
import { isDatabaseGone } from './database-trouble.ts'
import { hasBegun } from './endpoint.ts'
import { problemOf, Refusal } from './refusal.ts'

/** How long to wait before a retryable request is sent again, in seconds. */
const RETRY_AFTER_SECONDS = '2'

type ProblemsOptions = {
  readonly log: Logger
  /** Answers people with a page, and then true; programs get JSON. */
  readonly sendPage: (context: Context, problem: Problem) => boolean
}

/** Turns refusals into problems. What was not expected says nothing and logs everything. */
export function problems({ log, sendPage }: ProblemsOptions): Middleware {
  return async (context, next) => {
    const request = randomUUID()
    context.set('X-Request-Id', request)
    context.set('X-Content-Type-Options', 'nosniff')
    try {
      await next()
      if (context.status === 404 && context.body === undefined) throw new Refusal('not_found')
    } catch (error) {
      const problem =
        problemFor(context, error) ?? problemOf('internal', { detail: `Request ${request}.` })
      if (problem.status >= 500) {
        const { order } = (context.params ?? {}) as { readonly order?: string }
        // What asks for patience is said to callers on purpose, and may be for as long as something else is away.
        log[problem.status === 503 ? 'warn' : 'error'](
          { err: error, request, path: context.path, code: problem.code, order },
          'request failed',
        )
      }
      if (problem.status === 401) context.set('WWW-Authenticate', 'Bearer')
      if (problem.status === 503) context.set('Retry-After', RETRY_AFTER_SECONDS)
      if (!sendPage(context, problem)) {
        context.body = JSON.stringify(problem)
        context.type = 'application/problem+json'
      }
      context.status = problem.status
    }
  }
}

/** Without Postgres nothing is ordered; what had begun by then may have taken effect, and its key makes a retry safe. */
function problemFor(context: Context, error: unknown): Problem | null {
  if (error instanceof Refusal) return problemOf(error.code, error.extra)
  if (!isDatabaseGone(error)) return null
  const isHarmless = ['GET', 'HEAD'].includes(context.method) || !hasBegun(context)
  return problemOf(isHarmless ? 'market_unavailable' : 'outcome_unknown')
}
