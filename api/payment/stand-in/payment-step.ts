/**
 * The steps of a payment, pure: from what it was to what it becomes and which events tell of it.
 * A step that the state does not allow throws the StripeProblem that Stripe answers with.
 */

import assert from 'node:assert/strict'
import type { CardBehaviour, Decline, PaymentMethod } from './card.ts'
import { type Charge, newCharge, newRefund, outcome, type Refund } from './charge.ts'
import { newIdentifier } from './identifier.ts'
import type { Intent, IntentStatus, LastPaymentError, NextAction } from './intent.ts'
import { invalidParameter, StripeProblem, unexpectedState } from './problem.ts'

/** The events that are sent, of Stripe's many. */
export type EventType =
  | 'payment_intent.created'
  | 'payment_intent.requires_action'
  | 'payment_intent.amount_capturable_updated'
  | 'payment_intent.payment_failed'
  | 'payment_intent.succeeded'
  | 'payment_intent.canceled'
  | 'charge.refunded'

/** What a step changes. `problem` is what the caller is told although the step was taken. */
export type Step = {
  readonly intent: Intent
  readonly charge?: Charge
  readonly refund?: Refund
  readonly paymentMethod?: PaymentMethod
  readonly capturedMinor?: number
  readonly events: readonly EventType[]
  readonly problem?: StripeProblem
}

/** A card that was given to a payment. */
export type GivenCard = { readonly method: PaymentMethod; readonly behaviour: CardBehaviour }

const CONFIRMABLE: readonly IntentStatus[] = [
  'requires_payment_method',
  'requires_confirmation',
  'requires_action',
]
const CANCELLABLE: readonly IntentStatus[] = [...CONFIRMABLE, 'requires_capture']

/** The card is tried, or its bank asks first. Times in milliseconds. */
export function confirm(
  intent: Intent,
  card: GivenCard,
  challenge: (attempt: string) => NextAction,
  authorisedUntilMs: number,
  nowMs: number,
): Step {
  if (!CONFIRMABLE.includes(intent.status)) {
    throw unexpectedState(
      intent,
      `You cannot confirm this PaymentIntent because it has a status of ${intent.status}.`,
    )
  }
  const tried: Intent = { ...intent, payment_method: card.method.id, last_payment_error: null }
  if (!card.behaviour.challenge) return authorise(tried, card, authorisedUntilMs, nowMs)
  return {
    intent: {
      ...tried,
      status: 'requires_action',
      next_action: challenge(newIdentifier('payatt', nowMs)),
    },
    paymentMethod: card.method,
    events: ['payment_intent.requires_action'],
  }
}

/** The visitor has answered the bank. */
export function answerChallenge(
  intent: Intent,
  card: GivenCard,
  passed: boolean,
  authorisedUntilMs: number,
  nowMs: number,
): Step {
  if (intent.status !== 'requires_action') {
    throw unexpectedState(
      intent,
      `The bank does not wait for an answer: this PaymentIntent has a status of ${intent.status}.`,
    )
  }
  if (passed) return authorise(intent, card, authorisedUntilMs, nowMs)
  return failed(intent, card.method, {
    type: 'invalid_request_error',
    code: 'payment_intent_authentication_failure',
    message: 'The bank could not confirm that it was you. Try again, or use another card.',
    payment_method: card.method,
  })
}

/** Takes part or all of what is authorised, once; the rest is given back. */
export function capture(
  intent: Intent,
  charge: Charge | null,
  card: GivenCard | null,
  amount: number | null,
  nowMs: number,
): Step {
  if (intent.status !== 'requires_capture') {
    throw unexpectedState(
      intent,
      intent.status === 'succeeded'
        ? 'This PaymentIntent could not be captured because it has already been captured.'
        : `This PaymentIntent could not be captured because it has a status of ${intent.status}.`,
    )
  }
  assert(charge !== null && card !== null, 'an authorised payment has its charge and card')
  const taken = amount ?? intent.amount_capturable
  if (taken < 1) throw invalidParameter('amount_to_capture', 'The amount must be at least 1.')
  if (taken > intent.amount_capturable) {
    throw invalidParameter(
      'amount_to_capture',
      `The requested capture amount is greater than the amount you can capture for this PaymentIntent, ${intent.amount_capturable}.`,
      'amount_too_large',
    )
  }
  const refusedBy = card.behaviour.capture
  if (refusedBy !== 'ok') return captureRefused(intent, charge, card.method, refusedBy)
  return {
    intent: { ...intent, status: 'succeeded', amount_capturable: 0, amount_received: taken },
    charge: {
      ...charge,
      captured: true,
      amount_captured: taken,
      balance_transaction: newIdentifier('txn', nowMs),
    },
    capturedMinor: taken,
    events: ['payment_intent.succeeded'],
  }
}

/** Ends a payment that is not captured; what was authorised is free again. No refund comes of it. */
export function cancel(intent: Intent, reason: string | null, nowMs: number): Step {
  if (!CANCELLABLE.includes(intent.status)) {
    throw unexpectedState(
      intent,
      `You cannot cancel this PaymentIntent because it has a status of ${intent.status}.`,
    )
  }
  return {
    intent: {
      ...intent,
      status: 'canceled',
      amount_capturable: 0,
      canceled_at: Math.floor(nowMs / 1000),
      cancellation_reason: reason,
      next_action: null,
    },
    events: ['payment_intent.canceled'],
  }
}

/** Gives back part or all of what was captured. */
export function refund(
  intent: Intent,
  charge: Charge | null,
  request: {
    readonly amount: number | null
    readonly reason: string | null
    readonly metadata: Readonly<Record<string, string>>
  },
  nowMs: number,
): Step & { readonly refund: Refund } {
  if (charge === null || !charge.captured) {
    throw unexpectedState(
      intent,
      `This PaymentIntent (${intent.id}) does not have a successful charge to refund.`,
    )
  }
  const left = charge.amount_captured - charge.amount_refunded
  if (left === 0) {
    throw new StripeProblem(
      400,
      {
        type: 'invalid_request_error',
        code: 'charge_already_refunded',
        message: `Charge ${charge.id} has already been refunded.`,
      },
      true,
    )
  }
  const amount = request.amount ?? left
  if (amount < 1) throw invalidParameter('amount', 'The amount must be at least 1.')
  if (amount > left) {
    throw invalidParameter(
      'amount',
      `Refund amount (${amount}) is greater than unrefunded amount on charge (${left}).`,
      'amount_too_large',
    )
  }
  const refunded = charge.amount_refunded + amount
  return {
    intent,
    charge: {
      ...charge,
      amount_refunded: refunded,
      refunded: refunded === charge.amount_captured,
    },
    refund: newRefund(charge, { ...request, amount }, nowMs),
    events: ['charge.refunded'],
  }
}

function authorise(intent: Intent, card: GivenCard, untilMs: number, nowMs: number): Step {
  const answer = card.behaviour.authorise
  if (answer === 'ok') {
    const captureBefore = Math.floor(untilMs / 1000)
    const charge = newCharge(intent, card.method, { captureBefore }, nowMs)
    return {
      intent: {
        ...intent,
        status: 'requires_capture',
        amount_capturable: intent.amount,
        latest_charge: charge.id,
        next_action: null,
      },
      charge,
      paymentMethod: card.method,
      events: ['payment_intent.amount_capturable_updated'],
    }
  }
  const charge = newCharge(intent, card.method, answer, nowMs)
  return failed(
    { ...intent, latest_charge: charge.id },
    card.method,
    cardError(answer, charge, card.method),
    charge,
  )
}

function captureRefused(
  intent: Intent,
  charge: Charge,
  method: PaymentMethod,
  declined: Decline,
): Step {
  const refusedCharge: Charge = {
    ...charge,
    status: 'failed',
    paid: false,
    failure_code: declined.code,
    failure_message: declined.message,
    outcome: outcome(declined),
  }
  return failed(
    { ...intent, amount_capturable: 0 },
    method,
    cardError(declined, charge, method),
    refusedCharge,
  )
}

/** The payment wants another card; the caller is told why. */
function failed(
  intent: Intent,
  method: PaymentMethod,
  error: LastPaymentError,
  charge?: Charge,
): Step {
  const now: Intent = {
    ...intent,
    status: 'requires_payment_method',
    payment_method: null,
    next_action: null,
    last_payment_error: error,
  }
  const isCardError = error.type === 'card_error'
  return {
    intent: now,
    ...(charge === undefined ? {} : { charge }),
    paymentMethod: method,
    events: ['payment_intent.payment_failed'],
    problem: new StripeProblem(isCardError ? 402 : 400, { ...error, payment_intent: now }, true),
  }
}

function cardError(declined: Decline, charge: Charge, method: PaymentMethod): LastPaymentError {
  return {
    type: 'card_error',
    code: declined.code,
    decline_code: declined.declineCode,
    charge: charge.id,
    message: declined.message,
    payment_method: method,
  }
}
