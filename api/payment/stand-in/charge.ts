/** One attempt to take an amount from a card, and its refunds, as Stripe's API shows them. */

import type { Decline, PaymentMethod } from './card.ts'
import { newIdentifier } from './identifier.ts'
import type { Intent } from './intent.ts'

export type Outcome = {
  readonly advice_code: null
  readonly network_advice_code: null
  readonly network_decline_code: string | null
  readonly network_status: 'approved_by_network' | 'declined_by_network'
  readonly reason: string | null
  readonly risk_level: 'normal'
  readonly risk_score: number
  readonly seller_message: string
  readonly type: 'authorized' | 'issuer_declined'
}

export type Charge = {
  readonly id: string
  readonly object: 'charge'
  readonly amount: number
  readonly amount_captured: number
  readonly amount_refunded: number
  readonly application: null
  readonly application_fee: null
  readonly application_fee_amount: null
  readonly balance_transaction: string | null
  readonly billing_details: PaymentMethod['billing_details']
  readonly calculated_statement_descriptor: string
  readonly captured: boolean
  readonly created: number
  readonly currency: string
  readonly customer: null
  readonly description: string | null
  readonly disputed: boolean
  readonly failure_balance_transaction: null
  readonly failure_code: string | null
  readonly failure_message: string | null
  readonly fraud_details: Record<string, never>
  readonly livemode: false
  readonly metadata: Readonly<Record<string, string>>
  readonly on_behalf_of: null
  readonly outcome: Outcome
  readonly paid: boolean
  readonly payment_intent: string
  readonly payment_method: string
  readonly payment_method_details: {
    readonly type: 'card'
    readonly card: {
      readonly amount_authorized: number | null
      readonly authorization_code: string | null
      readonly brand: string
      readonly capture_before?: number
      readonly checks: {
        readonly address_line1_check: null
        readonly address_postal_code_check: null
        readonly cvc_check: 'pass'
      }
      readonly country: string
      readonly electronic_commerce_indicator: null
      readonly exp_month: number
      readonly exp_year: number
      readonly funding: string
      readonly installments: null
      readonly last4: string
      readonly mandate: null
      readonly network: string
      readonly network_transaction_id: null
      readonly regulated_status: null
      readonly three_d_secure: null
      readonly transaction_link_id: null
      readonly wallet: null
    }
  }
  readonly receipt_email: null
  readonly receipt_number: null
  readonly receipt_url: null
  readonly refunded: boolean
  readonly review: null
  readonly shipping: null
  readonly source: null
  readonly source_transfer: null
  readonly statement_descriptor: null
  readonly statement_descriptor_suffix: null
  readonly status: 'succeeded' | 'failed'
  readonly transfer_data: null
  readonly transfer_group: null
}

export type Refund = {
  readonly id: string
  readonly object: 'refund'
  readonly amount: number
  readonly balance_transaction: string
  readonly charge: string
  readonly created: number
  readonly currency: string
  readonly customer: null
  readonly customer_account: null
  readonly metadata: Readonly<Record<string, string>>
  readonly payment_intent: string
  readonly payment_method: string
  readonly reason: string | null
  readonly receipt_number: null
  readonly source_transfer_reversal: null
  readonly status: 'succeeded'
  readonly transfer_reversal: null
}

/** An attempt on the payment's whole amount: authorised until `captureBefore` (seconds), or declined. */
export function newCharge(
  intent: Intent,
  method: PaymentMethod,
  result: { readonly captureBefore: number } | Decline,
  nowMs: number,
): Charge {
  const declined = 'code' in result ? result : null
  return {
    id: newIdentifier('ch', nowMs),
    object: 'charge',
    amount: intent.amount,
    amount_captured: 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: method.billing_details,
    calculated_statement_descriptor: 'OFFSET TEST',
    captured: false,
    created: Math.floor(nowMs / 1000),
    currency: intent.currency,
    customer: null,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: declined?.code ?? null,
    failure_message: declined?.message ?? null,
    fraud_details: {},
    livemode: false,
    metadata: intent.metadata,
    on_behalf_of: null,
    outcome: outcome(declined),
    paid: declined === null,
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: {
      type: 'card',
      card: {
        amount_authorized: declined === null ? intent.amount : null,
        authorization_code: null,
        brand: method.card.brand,
        ...('captureBefore' in result ? { capture_before: result.captureBefore } : {}),
        checks: {
          address_line1_check: null,
          address_postal_code_check: null,
          cvc_check: 'pass',
        },
        country: method.card.country,
        electronic_commerce_indicator: null,
        exp_month: method.card.exp_month,
        exp_year: method.card.exp_year,
        funding: method.card.funding,
        installments: null,
        last4: method.card.last4,
        mandate: null,
        network: method.card.brand,
        network_transaction_id: null,
        regulated_status: null,
        three_d_secure: null,
        transaction_link_id: null,
        wallet: null,
      },
    },
    receipt_email: null,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: declined === null ? 'succeeded' : 'failed',
    transfer_data: null,
    transfer_group: null,
  }
}

/** What the bank said. */
export function outcome(declined: Decline | null): Outcome {
  return {
    advice_code: null,
    network_advice_code: null,
    network_decline_code: null,
    network_status: declined === null ? 'approved_by_network' : 'declined_by_network',
    reason: declined?.declineCode ?? null,
    risk_level: 'normal',
    risk_score: 12,
    seller_message:
      declined === null ? 'Payment complete.' : 'The bank did not return any further details.',
    type: declined === null ? 'authorized' : 'issuer_declined',
  }
}

/** Money back to the card. */
export function newRefund(
  charge: Charge,
  request: {
    readonly amount: number
    readonly reason: string | null
    readonly metadata: Readonly<Record<string, string>>
  },
  nowMs: number,
): Refund {
  return {
    id: newIdentifier('re', nowMs),
    object: 'refund',
    amount: request.amount,
    balance_transaction: newIdentifier('txn', nowMs),
    charge: charge.id,
    created: Math.floor(nowMs / 1000),
    currency: charge.currency,
    customer: null,
    customer_account: null,
    metadata: request.metadata,
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    reason: request.reason,
    receipt_number: null,
    source_transfer_reversal: null,
    status: 'succeeded',
    transfer_reversal: null,
  }
}
