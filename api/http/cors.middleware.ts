import type { Middleware } from 'koa'

/**
 * Lets pages of other origins read answers, refusals included, so that a button on a site that is not allowed can say so.
 * Which origins may do anything is decided by the key, not here; no cookie is ever involved.
 */
export const cors: Middleware = async (context, next) => {
  const origin = context.get('Origin')
  if (origin && context.path.startsWith('/v1/')) {
    context.set('Access-Control-Allow-Origin', origin)
    context.vary('Origin')
    context.set('Access-Control-Expose-Headers', 'Date, Retry-After, X-Request-Id')
    if (context.method === 'OPTIONS') {
      context.set('Access-Control-Allow-Methods', 'GET, POST, PATCH, PUT')
      context.set('Access-Control-Allow-Headers', 'Authorization, Content-Type, Idempotency-Key')
      context.set('Access-Control-Max-Age', '600')
      context.status = 204
      return
    }
  }
  await next()
}
