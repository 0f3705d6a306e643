import type { LegState, OrderState } from '@offset-button/contract'
import type { FeeSchedule } from '../market/fees.ts'
import type { PaymentView } from '../payment/payment-merge.ts'

/**
 * Which state may follow which. An order is about money:
 * `rejected`: the registry agreed to nothing, and nothing was charged; `refunded`: all that was charged was given back.
 */
export const ORDER_TRANSITIONS = {
  reserved: ['authorised', 'declined', 'expired'],
  authorised: ['captured', 'declined', 'rejected'],
  captured: ['closed', 'refunded'],
  closed: [],
  declined: [],
  expired: [],
  rejected: [],
  refunded: [],
} as const satisfies Record<OrderState, readonly OrderState[]>

/**
 * A leg is about units: one registry transaction. From `waiting` to `checked`: when its proposal was asked for, the checks
 * were over. From `checked` back to `waiting`: the transaction lapsed at the registry after the card was charged, and is
 * proposed again with the same serials. `refunded`: refused after the capture, and made good by other fills or by money.
 */
export const LEG_TRANSITIONS = {
  waiting: ['proposed', 'checked', 'refused', 'terminated'],
  proposed: ['checked', 'refused', 'terminated', 'waiting'],
  checked: ['completed', 'refused', 'terminated', 'waiting'],
  completed: [],
  refused: ['refunded'],
  terminated: [],
  refunded: [],
} as const satisfies Record<LegState, readonly LegState[]>

export const orderHasEnded = (state: OrderState) => ORDER_TRANSITIONS[state].length === 0
export const legIsOpen = (state: LegState) =>
  state === 'waiting' || state === 'proposed' || state === 'checked'

/** Why an order ended without a certificate: codes of the contract. */
export type EndReason =
  | 'card_declined'
  | 'hold_expired'
  | 'stopped'
  | 'capture_refused'
  | 'registry_refused'
  | 'registry_timed_out'

export type EffectKind =
  | 'payment.create'
  | 'payment.void'
  | 'payment.capture'
  | 'payment.refund'
  | 'registry.propose'
  | 'registry.complete'
  | 'registry.terminate'

/** A call to the outside, as the ledger of effects knows it. */
export type Effect = {
  readonly key: string
  readonly kind: EffectKind
  readonly leg: number | null
  readonly request: EffectRequest
  readonly state: 'sent' | 'ok' | 'refused' | 'unknown'
  readonly tries: number
  /** Epoch milliseconds of the last sending. */
  readonly sentAt: number
  /** Codes of a refusal. */
  readonly refusal: EffectRefusal | null
}

/** What is sent: enough to send it again, byte for byte. */
export type EffectRequest = {
  readonly amountMinor?: number
  readonly transaction?: string
}

export type EffectRefusal = {
  readonly codes: readonly number[]
  readonly message: string
  /** retry: the same call may succeed later. lapsed: what it was about is gone. refuse: it will not succeed. */
  readonly advice: 'retry' | 'lapsed' | 'refuse' | 'person'
}

export type Leg = {
  readonly number: number
  readonly holdingAccount: number
  readonly holdingAccountNumber: string
  readonly registry: string
  readonly applicableCommitmentPeriod: number
  readonly state: LegState
  /** Which proposal this is, from 1. */
  readonly attempt: number
  readonly transaction: string | null
  /** The attestation's reference, once completed. */
  readonly reference: string | null
  readonly codes: readonly number[]
  /** Whether the captured amount covers it. */
  readonly charged: boolean
  /** Not waited for any more: ends as soon as the registry says that nothing is pending. */
  readonly givenUp: boolean
  readonly proposedAt: number | null
  readonly completedAt: number | null
  /** No leg of an order that was authorised earlier is open at this holding account. */
  readonly hasTurn: boolean
}

export type OrderFill = {
  readonly reservation: number
  readonly offer: number
  readonly seller: number
  readonly leg: number
  readonly priceMinor: number
  readonly quantityTonnes: number
  /** Epoch milliseconds. */
  readonly expiresAt: number
  readonly state: 'held' | 'committed' | 'released' | 'expired'
  /** True once other fills were looked for in its place. */
  readonly replaced: boolean
}

/** Everything that decides an order's next step. */
export type OrderView = {
  readonly id: string
  readonly market: string
  readonly state: OrderState
  readonly version: number
  readonly reason: EndReason | null
  readonly quantityTonnes: number
  readonly filter: object
  readonly maxPriceMinor: number | null
  readonly currency: string
  readonly fees: FeeSchedule
  readonly totalMinor: number
  readonly capturedMinor: number
  readonly refundedMinor: number
  readonly beneficiary: string | null
  readonly purpose: string | null
  readonly holdExpiresAt: number
  readonly holdExtended: boolean
  readonly stopRequested: boolean
  readonly payment:
    | (PaymentView & { readonly clientSecret: string; readonly askedAt: number })
    | null
  readonly authorisedAt: number | null
  readonly firstProposedAt: number | null
  readonly endedAt: number | null
  readonly hasCertificate: boolean
  readonly legs: readonly Leg[]
  readonly fills: readonly OrderFill[]
  readonly effects: readonly Effect[]
}
