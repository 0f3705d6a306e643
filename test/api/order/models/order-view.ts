/** An order as it is stored, with only what a test is about written out. */

import { NEVER } from '../../../../api/market/market.write.ts'
import { DEFAULT_TIMES, type Moment } from '../../../../api/order/order.effect.ts'
import type { Effect, Leg, OrderFill, OrderView } from '../../../../api/order/order.ts'

export const NOW = 1_700_000_000_000
export const ID = 'order0000000000000000000001'.slice(0, 26)

/** Three per cent, and 2.9 % and 30 cents of the total. */
export const FEES = {
  platformBasisPoints: 300,
  processingBasisPoints: 290,
  processingFixedMinor: 30,
}

export const moment = (change: Partial<Moment> = {}): Moment => ({
  now: NOW,
  times: DEFAULT_TIMES,
  askedPayment: false,
  askedLegs: new Set(),
  ...change,
})

export const fill = (reservation: number, change: Partial<OrderFill> = {}): OrderFill => ({
  reservation,
  offer: reservation,
  seller: 1,
  leg: reservation,
  priceMinor: 300,
  quantityTonnes: 10,
  expiresAt: NEVER,
  state: 'held',
  replaced: false,
  ...change,
})

export const leg = (number: number, change: Partial<Leg> = {}): Leg => ({
  number,
  holdingAccount: number,
  holdingAccountNumber: `CDM-100-${number}-0-1`,
  registry: 'cdm',
  applicableCommitmentPeriod: 2,
  state: 'waiting',
  attempt: 1,
  transaction: change.state === 'proposed' || change.state === 'checked' ? `T${number}` : null,
  reference: null,
  codes: [],
  charged: false,
  givenUp: false,
  proposedAt: null,
  completedAt: null,
  hasTurn: true,
  ...change,
})

/** `key` without the order's id, such as `propose:1:1`. */
export const effect = (key: string, change: Partial<Effect> = {}): Effect => ({
  key: `${ID}:${key}`,
  kind: 'payment.create',
  leg: null,
  request: {},
  state: 'ok',
  tries: 1,
  sentAt: NOW,
  refusal: null,
  ...change,
})

type StoredPayment = NonNullable<OrderView['payment']>
export const payment = (change: Partial<StoredPayment> = {}): StoredPayment => ({
  id: 'pi_1',
  status: 'requires_payment_method',
  amountMinor: 3_213,
  capturedMinor: 0,
  refundedMinor: 0,
  failures: [],
  lastFailureCode: null,
  clientSecret: 'pi_1_secret_1',
  askedAt: NOW,
  ...change,
})

/** One leg of 10 t at 3.00, just reserved and with its payment, unless said otherwise. */
export function view(change: Partial<OrderView> = {}): OrderView {
  const isReserved = (change.state ?? 'reserved') === 'reserved'
  const expiresAt = isReserved ? NOW + 120_000 : NEVER
  return {
    id: ID,
    market: 'usd',
    state: 'reserved',
    version: 1,
    reason: null,
    quantityTonnes: 10,
    filter: {},
    maxPriceMinor: null,
    currency: 'USD',
    fees: FEES,
    totalMinor: 3_213,
    capturedMinor: 0,
    refundedMinor: 0,
    beneficiary: null,
    purpose: null,
    holdExpiresAt: NOW + 120_000,
    holdExtended: false,
    stopRequested: false,
    payment: payment(isReserved ? {} : { status: 'requires_capture' }),
    authorisedAt: null,
    firstProposedAt: null,
    endedAt: null,
    hasCertificate: false,
    legs: [leg(1)],
    fills: [fill(1, { expiresAt })],
    effects: [effect('create')],
    ...change,
  }
}

/** One that is captured, with 10 t at 3.00 a leg. */
export const capturedView = (legs: readonly Leg[], change: Partial<OrderView> = {}): OrderView =>
  view({
    state: 'captured',
    legs,
    fills: legs.map((one) => fill(one.number)),
    effects: [effect('create'), effect('capture', { kind: 'payment.capture' })],
    ...change,
  })

/** Whether a list of transitions has a state. */
export const may = (transitions: readonly string[], state: string) => transitions.includes(state)
