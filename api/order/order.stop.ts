import type { Application } from '../application.ts'
import { Refusal } from '../http/refusal.ts'
import { orderHasEnded } from './order.ts'
import { orderForBuyer } from './order.view.ts'

/** Stops an order whose card is not yet authorised. Refused as order_not_found, or order_not_stoppable once it is. */
export async function stopOrder(
  application: Application,
  id: string,
  publishableKey: number,
): Promise<void> {
  const { db, worker } = application
  const stateNow = async () => {
    const order = await orderForBuyer(application, id, publishableKey)
    if (!order) throw new Refusal('order_not_found')
    return order.state
  }
  const refuseUnlessStoppable = async () => {
    const state = await stateNow()
    if (state !== 'reserved' && !orderHasEnded(state)) throw new Refusal('order_not_stoppable')
  }
  await refuseUnlessStoppable()
  await db
    .updateTable('order')
    .set({ stop_requested: true })
    .where('id', '=', id)
    .where('state', '=', 'reserved')
    .execute()
  await worker.look(id)
  await refuseUnlessStoppable()
}
