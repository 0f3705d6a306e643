import type Router from '@koa/router'
import { sql } from 'kysely'
import { z } from 'zod'
import type { Application } from '../application.ts'
import type { Described } from './openapi.ts'

const readiness = z
  .strictObject({
    ok: z.boolean(),
    postgres: z.boolean(),
    market: z.string().meta({ description: '`holding`: this node writes the market.' }),
    epoch: z.int(),
  })
  .meta({ id: 'Readiness' })

const looked = { method: 'get', caller: 'anybody', status: 200, problems: [] } as const
export const HEALTH: readonly Described[] = [
  {
    ...looked,
    path: '/healthz',
    operation: 'readHealth',
    summary:
      'What the node is to the market; 503 with the same body until it has started, and when it is ending',
    result: z
      .strictObject({ ok: z.boolean(), market: z.string(), epoch: z.int() })
      .meta({ id: 'Health' }),
    otherStatus: 503,
  },
  {
    ...looked,
    path: '/readyz',
    operation: 'readReadiness',
    summary: 'Whether orders can be taken; 503 with the same body where not',
    result: readiness,
    otherStatus: 503,
  },
]

/**
 * `/healthz`: the process answers, and has started and is not ending, or holds the market. `/readyz`: it can take orders itself:
 * it holds the market and Postgres answers.
 */
export function mountHealth(
  router: Router,
  { db, host, log }: Pick<Application, 'db' | 'host' | 'log'>,
  hasStarted: () => boolean,
): void {
  router.get('/healthz', (context) => {
    const health = healthOf(host, hasStarted())
    context.status = health.ok ? 200 : 503
    context.body = health
  })
  router.get('/readyz', async (context) => {
    const postgres = await sql`SELECT 1`
      .execute(db)
      .then(() => true)
      .catch((error: unknown) => {
        log.warn({ err: error }, 'Postgres does not answer')
        return false
      })
    const market = host.state()
    const isReady = postgres && market === 'holding'
    context.status = isReady ? 200 : 503
    context.body = { ok: isReady, postgres, market, epoch: host.epoch() }
  })
}

/** Whether requests should come to a node: it holds the market, or has prepared itself to hold it later and is not ending. */
export function healthOf(host: Pick<Application['host'], 'state' | 'epoch'>, hasStarted: boolean) {
  const market = host.state()
  return { ok: hasStarted || market === 'holding', market, epoch: host.epoch() }
}
