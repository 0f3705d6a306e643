/** The rows of orders that the model of the Store keeps, and what is said of them. */
import type { SerialBlock } from '@offset-button/registry-bridge'
import {
  type Effect,
  type Leg,
  legIsOpen,
  type OrderView,
  orderHasEnded,
} from '../../../api/order/order.ts'
import type { PaymentSnapshot } from '../../../api/payment/payment.ts'
import { mergePayment, paymentView } from '../../../api/payment/payment-merge.ts'

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
