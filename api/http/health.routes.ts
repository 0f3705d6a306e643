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
    summary: 'The process answers, and what it is to the market',
    result: z
      .strictObject({ ok: z.literal(true), market: z.string(), epoch: z.int() })
      .meta({ id: 'Health' }),
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

/** `/healthz`: the process answers. `/readyz`: it can also take orders: Postgres answers and a holder writes the market. */
export function mountHealth(router: Router, { db, host, log }: Application): void {
  router.get('/healthz', (context) => {
    context.body = { ok: true, market: host.state(), epoch: host.epoch() }
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
