import type Router from '@koa/router'
import type { Callers } from '../http/callers.ts'
import type { Described } from '../http/openapi.ts'
import type { Metrics } from './metrics.ts'

export const METRICS: Described = {
  method: 'get',
  path: '/metrics',
  operation: 'readMetrics',
  summary: 'What this node tells of itself, for Prometheus',
  caller: 'operator',
  status: 200,
  media: ['text/plain'],
  problems: ['key_not_valid'],
}

/** `GET /metrics`: of this node alone, whoever holds the market. */
export function mountMetrics(router: Router, callers: Callers, metrics: Metrics): void {
  router.get('/metrics', async (context) => {
    await callers.identify(context, 'operator')
    context.body = await metrics.text()
    context.type = metrics.contentType
  })
}
