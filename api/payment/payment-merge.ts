/**
 * Webhooks and looks arrive late, twice and in any order. Merging what they tell gives the same
 * view whatever the order: the merge is commutative, idempotent and associative.
 */

import assert from 'node:assert/strict'
import type { PaymentSnapshot, PaymentStatus } from './payment.ts'

/** What we keep of a payment: everything that was ever told about it, merged. */
export type PaymentView = {
  readonly id: string
  /**
   * How far the payment has ever come, not where it stands. Before the authorisation a payment goes
   * back and forth between wanting a card and wanting the bank; nothing is decided on that beyond
   * "the bank was asked once". Whoever needs the present asks `Payment.find`.
   */
  readonly status: PaymentStatus
  readonly amountMinor: number
  readonly capturedMinor: number
  readonly refundedMinor: number
  /** Ids of distinct failed attempts, sorted. */
  readonly failures: readonly string[]
  /** Of the failure whose id sorts last; null without failures. */
  readonly lastFailureCode: string | null
}

/**
 * The order in which a payment's states win. All that precedes the authorisation is below it; the two
 * ends are above. They never meet in one payment; were both told, money taken is what must not be missed.
 */
export const STATUS_ORDER: readonly PaymentStatus[] = [
  'requires_payment_method',
  'requires_confirmation',
  'requires_action',
  'processing',
  'requires_capture',
  'canceled',
  'succeeded',
]

/** The view that one look gives. */
export function paymentView(snapshot: PaymentSnapshot): PaymentView {
  return {
    id: snapshot.id,
    status: snapshot.status,
    amountMinor: snapshot.amountMinor,
    capturedMinor: snapshot.capturedMinor,
    refundedMinor: snapshot.refundedMinor,
    failures: snapshot.failure === null ? [] : [snapshot.failure.charge],
    lastFailureCode: snapshot.failure === null ? null : snapshot.failure.code,
  }
}

/**
 * The least view that holds what both tell: the further state, the greater sums, all failures.
 * A refund that fails later at the bank lowers Stripe's sum; this view keeps the greater one.
 */
export function mergePayment(one: PaymentView, other: PaymentView): PaymentView {
  assert.equal(one.id, other.id, 'only views of one payment are merged')
  return {
    id: one.id,
    status: further(one.status, other.status),
    amountMinor: Math.max(one.amountMinor, other.amountMinor),
    capturedMinor: Math.max(one.capturedMinor, other.capturedMinor),
    refundedMinor: Math.max(one.refundedMinor, other.refundedMinor),
    failures: [...new Set([...one.failures, ...other.failures])].sort(),
    lastFailureCode: lastFailureCode(one, other),
  }
}

function further(one: PaymentStatus, other: PaymentStatus): PaymentStatus {
  return STATUS_ORDER.indexOf(one) >= STATUS_ORDER.indexOf(other) ? one : other
}

/**
 * Time is not known here, so "last" is by id: a total order on (id, code), on which everybody agrees
 * whatever came first. Stripe's ids begin with their time, so it is nearly always the latest as well.
 */
function lastFailureCode(one: PaymentView, other: PaymentView): string | null {
  const [oneId, otherId] = [one.failures.at(-1) ?? '', other.failures.at(-1) ?? '']
  if (oneId !== otherId) return oneId > otherId ? one.lastFailureCode : other.lastFailureCode
  const [oneCode, otherCode] = [one.lastFailureCode, other.lastFailureCode]
  if (oneCode === null || otherCode === null) return oneCode ?? otherCode
  return oneCode > otherCode ? oneCode : otherCode
}
