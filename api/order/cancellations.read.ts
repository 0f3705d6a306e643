import type { Cancellations } from '@offset-button/contract'
import { sql } from 'kysely'
import type { Application } from '../application.ts'

/** The tonnes of completed legs of a key's orders, whether the order has ended or not. */
export async function readCancellations(
  { db, registries }: Pick<Application, 'db' | 'registries'>,
  publishableKey: number,
): Promise<Cancellations> {
  const { tonnes, orders, last } = await db
    .selectFrom('order')
    .innerJoin('leg', 'leg.order', 'order.id')
    .innerJoin('reservation', (join) =>
      join.onRef('reservation.order', '=', 'leg.order').onRef('reservation.leg', '=', 'leg.number'),
    )
    .select(({ fn }) => [
      sql<number>`coalesce(sum(reservation.quantity), 0)::bigint`.as('tonnes'),
      sql<number>`count(DISTINCT "order".id)::integer`.as('orders'),
      fn.max('leg.completed_at').as('last'),
    ])
    .where('order.publishable_key', '=', publishableKey)
    .where('leg.state', '=', 'completed')
    .where('reservation.state', '=', 'committed')
    .executeTakeFirstOrThrow()
  return {
    cancelled_tonnes: Number(tonnes),
    orders,
    last_at: last?.toISOString() ?? null,
    simulated: [...registries.values()].some((registry) => registry.description.simulated),
  }
}
