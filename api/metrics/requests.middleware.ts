import type Router from '@koa/router'
import type { Context, Middleware } from 'koa'
import type { Metrics } from './metrics.ts'

/** Of requests that no route of this node answers: they lead nowhere, or are sent on to the holder. */
const NO_ROUTE = 'none'

/** Counts requests by method, by the pattern of their route and by status; outermost, so that it sees what was answered. */
export function countRequests(metrics: Metrics, router: Pick<Router, 'stack'>): Middleware {
  // A series that begins with the first mistake would not show it: what rises has to be there before.
  const known = router.stack.flatMap(({ methods, path }) =>
    methods.map((method) => ({ method, route: String(path) })),
  )
  const elsewhere = [...new Set(known.map(({ method }) => method))].map((method) => ({
    method,
    route: NO_ROUTE,
  }))
  for (const one of [...known, ...elsewhere]) metrics.answered({ ...one, status: 500 }, 0)

  return async (context, next) => {
    let status = 500
    try {
      await next()
      status = context.status
    } finally {
      metrics.answered({ method: context.method, route: routeOf(context), status }, 1)
    }
  }
}

/** The router says on the context which of its routes it took. */
function routeOf({ _matchedRoute: route }: Context & { readonly _matchedRoute?: unknown }): string {
  return route === undefined ? NO_ROUTE : String(route)
}
