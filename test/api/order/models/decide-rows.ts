import type { suite as makeSuite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Action } from '../../../../api/order/order.action.ts'
import { decide } from '../../../../api/order/order.decide.ts'
import type { Moment } from '../../../../api/order/order.effect.ts'
import type { OrderView } from '../../../../api/order/order.ts'
import { moment, NOW, payment } from './order-view.ts'

/** A rule, the order, what it needs, and the moment where it matters. */
type Row = readonly [
  rule: string,
  order: OrderView,
  action: Action | ((action: Action) => boolean),
  at?: Partial<Moment>,
]

/** Makes a test of each row. */
export const rowsOf = (suite: ReturnType<typeof makeSuite>) => (list: readonly Row[]) => {
  for (const [rule, order, wanted, at] of list) {
    suite(rule, () => {
      const action = decide(order, moment(at))
      if (typeof wanted === 'function') assert.ok(wanted(action), JSON.stringify(action))
      else assert.equal(action, wanted)
    })
  }
}

export const CHECKED = { state: 'checked' } as const
/** When the hold of an order has run out. */
export const OVER = { now: NOW + 120_000 }
export const isCall = (kind: string) => (action: Action) =>
  action.kind === 'call' && action.effect.kind === kind
export const VOID = isCall('payment.void')
export const wait = (until: number | null): Action => ({ kind: 'wait', until })
export const canceled = payment({ status: 'canceled' })
export const release: Action = {
  kind: 'book',
  commands: [{ kind: 'ReleaseReservation', reservation: 1 }],
}
