import { randomUUID } from 'node:crypto'
import type { Problem } from '@offset-button/contract'
import type { Context, Middleware } from 'koa'
import type { Logger } from 'pino'
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
        error instanceof Refusal
          ? problemOf(error.code, error.extra)
          : problemOf('internal', { detail: `Request ${request}.` })
      if (problem.status >= 500) {
        log.error({ err: error, request, path: context.path, code: problem.code }, 'request failed')
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
