import { createHash, timingSafeEqual } from 'node:crypto'
import type { Middleware } from 'koa'
import { sendProblem } from './problem.ts'

/** Lets through what carries the token, compared in constant time. */
export function requireBearer(token: string): Middleware {
  const expected = digest(`Bearer ${token}`)
  return async (context, next) => {
    if (timingSafeEqual(digest(context.get('Authorization')), expected)) return next()
    context.set('WWW-Authenticate', 'Bearer')
    sendProblem(context, 401, 'The token is missing or not known.')
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
