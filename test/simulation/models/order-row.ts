/** The rows of orders that the model of the Store keeps, and what is said of them. */
import type { SerialBlock } from '@offset-button/registry-bridge'
import type { Change } from '../../../api/order/order.action.ts'
import {
  type Effect,
  LEG_TRANSITIONS,
  type Leg,
  legIsOpen,
  ORDER_TRANSITIONS,
  type OrderView,
  orderHasEnded,
} from '../../../api/order/order.ts'
import type { PaymentSnapshot } from '../../../api/payment/payment.ts'
import { mergePayment, paymentView } from '../../../api/payment/payment-merge.ts'
import { ConstraintBroken } from './book-rows.ts'

export type LegRow = Omit<Leg, 'hasTurn' | 'holdingAccountNumber' | 'registry'>

export type OrderRow = Omit<OrderView, 'legs' | 'fills' | 'effects' | 'hasCertificate'> & {
  readonly publishableKey: number
  readonly idempotencyKey: string
  readonly requestHash: string
  readonly maxTotalMinor: number
  readonly projectsMinor: number
  readonly place: { readonly batchSeq: number; readonly position: number }
  /** Null before the authorisation. */
  readonly turn: number | null
  readonly wakeAt: number | null
  readonly legs: readonly LegRow[]
  readonly effects: readonly Effect[]
  readonly reservations: readonly number[]
}

export type Allocation = {
  readonly offer: number
  readonly reservation: number
  readonly order: string
  readonly leg: number
  readonly block: SerialBlock
  readonly state: 'live' | 'completed' | 'freed'
}

export type Payout = { readonly seller: number; readonly amountMinor: number }

export const keyOf = (publishableKey: number, key: string) => `${publishableKey} ${key}`

/** The number at the registry of a holding account. */
export const accountOf = (holdingAccount: number) => `CDM-100-${holdingAccount}-0-1`

export const overlaps = (one: Allocation, other: Allocation) =>
  one.block.originatingParty === other.block.originatingParty &&
  one.block.originalCommitmentPeriod === other.block.originalCommitmentPeriod &&
  one.block.start <= other.block.end &&
  other.block.start <= one.block.end

export const isOver = (row: OrderRow) =>
  orderHasEnded(row.state) && row.legs.every((leg) => !legIsOpen(leg.state))

export const NEW_LEG = {
  state: 'waiting',
  attempt: 1,
  transaction: null,
  reference: null,
  codes: [],
  charged: false,
  givenUp: false,
  proposedAt: null,
  completedAt: null,
} as const

export function merged(
  stored: OrderView['payment'],
  told: PaymentSnapshot,
  now: number,
): NonNullable<OrderView['payment']> {
  const view = stored ? mergePayment(stored, paymentView(told)) : paymentView(told)
  return {
    ...view,
    clientSecret: told.clientSecret,
    askedAt: Math.max(stored?.askedAt ?? 0, now),
  }
}

/** What a transaction would be rolled back for. */
export function checkChange(
  order: OrderRow,
  { order: change, legs = [], entries = [], payout }: Change,
  booked: {
    readonly entries: ReadonlyMap<string, unknown>
    readonly payouts: ReadonlyMap<string, unknown>
  },
): void {
  if (change?.state) {
    const allowed: readonly string[] = ORDER_TRANSITIONS[order.state]
    if (!allowed.includes(change.state)) {
      throw new ConstraintBroken(`${order.id}: ${order.state} to ${change.state}`)
    }
  }
  for (const { number, state } of legs) {
    const current = order.legs.find((one) => one.number === number)
    if (!current) throw new ConstraintBroken(`order ${order.id} has no leg ${number}`)
    const allowed: readonly string[] = LEG_TRANSITIONS[current.state]
    if (state && state !== current.state && !allowed.includes(state)) {
      throw new ConstraintBroken(`leg ${number} of ${order.id}: ${current.state} to ${state}`)
    }
  }
  for (const { key } of entries) {
    if (booked.entries.has(key)) throw new ConstraintBroken('ledger_entry_key_key')
  }
  if (payout && booked.payouts.has(`${order.id}:${payout.leg}`)) {
    throw new ConstraintBroken('payout_pkey')
  }
  const captured = change?.capturedMinor ?? order.capturedMinor
  const refunded = change?.refundedMinor ?? order.refundedMinor
  if (captured > order.totalMinor || refunded > captured) {
    throw new ConstraintBroken('order_check')
  }
}
