import type { Buyer } from './buyer.ts'
import type { OrderRows } from './models/order-rows.ts'

/** Notes in `seen` how the orders of a seed and their legs ended, and why buyers were refused. */
export function countEnds(
  seen: Map<string, number>,
  orders: OrderRows,
  buyers: readonly Pick<Buyer, 'refusal'>[],
): void {
  for (const row of orders.orders.values()) {
    seen.set(`order ${row.state}`, 1)
    for (const leg of row.legs) seen.set(`leg ${leg.state}`, 1)
    if (orders.fillsOf(row).some((fill) => fill.replaced)) seen.set('fill replaced', 1)
    if (row.refundedMinor > 0) seen.set('money refunded', 1)
  }
  for (const { refusal } of buyers) {
    if (refusal !== null) seen.set(`refused: ${refusal}`, 1)
  }
}
