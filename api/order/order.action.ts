import type { LegState, OrderState } from '@offset-button/contract'
import type { Command } from '@offset-button/engine'
import type { LedgerEntry } from '../ledger/ledger.ts'
import type {
  Effect,
  EffectKind,
  EffectRefusal,
  EffectRequest,
  EndReason,
  Leg,
  OrderFill,
} from './order.ts'

/** A call to the outside that is to be made, or made again. */
export type EffectPlan = {
  readonly key: string
  readonly kind: EffectKind
  readonly leg: number | null
  readonly request: EffectRequest
}

/** What is stored of a step, all at once, if the order is still at the version that the step was decided on. */
export type Change = {
  readonly order?: {
    readonly state?: OrderState
    readonly reason?: EndReason
    readonly capturedMinor?: number
    readonly refundedMinor?: number
    readonly holdExpiresAt?: number
    readonly holdExtended?: boolean
    /** Takes the next turn at the holding accounts. */
    readonly takeTurn?: true
  }
  readonly legs?: readonly LegChange[]
  readonly effect?: {
    readonly key: string
    readonly state: Effect['state']
    readonly refusal: EffectRefusal | null
  }
  readonly entries?: readonly LedgerEntry[]
  readonly payout?: { readonly leg: number; readonly seller: number; readonly amountMinor: number }
  /** Offers whose units the registry refused, and what it said. */
  readonly refusedOffers?: { readonly offers: readonly number[]; readonly codes: readonly number[] }
  /** Gives all fills of a leg that was not proposed to another from the same holding account. */
  readonly joinLegs?: { readonly from: number; readonly into: number }
  /** Reservations for which nothing could be found in their place. */
  readonly replaced?: readonly number[]
  /** Issues the certificate with the closing of the order. */
  readonly certificate?: true
}

export type LegChange = {
  readonly number: number
  readonly state?: LegState
  readonly attempt?: number
  readonly transaction?: string | null
  readonly reference?: string
  readonly completedAt?: number
  readonly codes?: readonly number[]
  readonly charged?: boolean
  readonly givenUp?: boolean
  /** What becomes of the leg's serials. */
  readonly allocations?: 'completed' | 'freed'
}

/** The next thing to do for an order. */
export type Action =
  | { readonly kind: 'call'; readonly effect: EffectPlan; readonly seen: Effect | null }
  | { readonly kind: 'lookUp'; readonly effect: Effect }
  | { readonly kind: 'askPayment' }
  | { readonly kind: 'askRegistry'; readonly leg: Leg }
  /** Commands of which each may find its work already done. */
  | { readonly kind: 'book'; readonly commands: readonly Command[] }
  | { readonly kind: 'replace'; readonly fill: OrderFill }
  | { readonly kind: 'record'; readonly change: Change }
  /** Nothing to do before then; null: never again. */
  | { readonly kind: 'wait'; readonly until: number | null }
