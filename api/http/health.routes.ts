import type Router from '@koa/router'
import { sql } from 'kysely'
import type { Application } from '../application.ts'

/** `/healthz`: the process answers. `/readyz`: it can also take orders: Postgres answers and a holder writes the market. */
export function mountHealth(router: Router, { db, host, log }: Application): void {
  router.get('/healthz', (context) => {
    context.body = { ok: true }
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
