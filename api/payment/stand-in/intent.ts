/** The payment intent as Stripe's API shows it, and how it begins and is shown. */

import type { PaymentMethod } from './card.ts'
import type { Charge } from './charge.ts'
import { newClientSecret, newIdentifier } from './identifier.ts'

/** Stripe's states of a payment that are reached here. */
export type IntentStatus =
  | 'requires_payment_method'
  | 'requires_confirmation'
  | 'requires_action'
  | 'requires_capture'
  | 'canceled'
  | 'succeeded'

export type LastPaymentError = {
  readonly type: 'card_error' | 'invalid_request_error'
  readonly code: string
  readonly decline_code?: string
  readonly charge?: string
  readonly message: string
  readonly payment_method: PaymentMethod
}

export type NextAction =
  | {
      readonly type: 'use_stripe_sdk'
      readonly use_stripe_sdk: {
        readonly type: 'three_d_secure_redirect'
        readonly stripe_js: string
        readonly source: string
      }
    }
  | {
      readonly type: 'redirect_to_url'
      readonly redirect_to_url: { readonly url: string; readonly return_url: string }
    }

/** All fields of the API version below that a card payment without Connect has. */
export type Intent = {
  readonly id: string
  readonly object: 'payment_intent'
  readonly allowed_payment_method_types: ['card']
  readonly amount: number
  readonly amount_capturable: number
  readonly amount_details: { readonly tip: Record<string, never> }
  readonly amount_received: number
  readonly application: null
  readonly application_fee_amount: null
  readonly automatic_payment_methods: null
  readonly canceled_at: number | null
  readonly cancellation_reason: string | null
  readonly capture_method: 'manual'
  readonly client_secret: string
  readonly confirmation_method: 'automatic'
  readonly created: number
  readonly currency: string
  readonly customer: null
  readonly customer_account: null
  readonly description: string | null
  readonly excluded_payment_method_types: null
  readonly last_payment_error: LastPaymentError | null
  readonly latest_charge: string | null
  readonly livemode: false
  readonly managed_payments: null
  readonly metadata: Readonly<Record<string, string>>
  readonly next_action: NextAction | null
  readonly on_behalf_of: null
  readonly payment_method: string | null
  readonly payment_method_configuration_details: null
  readonly payment_method_options: {
    readonly card: {
      readonly installments: null
      readonly mandate_options: null
      readonly network: null
      readonly request_three_d_secure: 'automatic'
    }
  }
  readonly payment_method_types: ['card']
  readonly payment_record: null
  readonly processing: null
  readonly receipt_email: null
  readonly review: null
  readonly setup_future_usage: null
  readonly shipping: null
  readonly source: null
  readonly statement_descriptor: null
  readonly statement_descriptor_suffix: null
  readonly status: IntentStatus
  readonly transfer_data: null
  readonly transfer_group: null
}

/** The API version that the stand-in speaks: the one that the SDK in use pins. */
export const API_VERSION = '2026-10-28.endive'

/** Fields that Stripe shows to a browser that has the client secret. */
const SHOWN_TO_BROWSERS = [
  'id',
  'object',
  'amount',
  'amount_details',
  'automatic_payment_methods',
  'canceled_at',
  'cancellation_reason',
  'capture_method',
  'client_secret',
  'confirmation_method',
  'created',
  'currency',
  'description',
  'last_payment_error',
  'livemode',
  'next_action',
  'payment_method',
  'payment_method_types',
  'processing',
  'receipt_email',
  'setup_future_usage',
  'shipping',
  'source',
  'status',
] as const satisfies readonly (keyof Intent)[]

/** A payment that waits for its card. Amounts in minor units, `nowMs` since 1970. */
export function newIntent(
  request: {
    readonly amount: number
    readonly currency: string
    readonly description: string | null
    readonly metadata: Readonly<Record<string, string>>
  },
  nowMs: number,
): Intent {
  const id = newIdentifier('pi', nowMs)
  return {
    id,
    object: 'payment_intent',
    allowed_payment_method_types: ['card'],
    amount: request.amount,
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: 'manual',
    client_secret: newClientSecret(id),
    confirmation_method: 'automatic',
    created: Math.floor(nowMs / 1000),
    currency: request.currency,
    customer: null,
    customer_account: null,
    description: request.description,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata: request.metadata,
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: {
      card: {
        installments: null,
        mandate_options: null,
        network: null,
        request_three_d_secure: 'automatic',
      },
    },
    payment_method_types: ['card'],
    payment_record: null,
    processing: null,
    receipt_email: null,
    review: null,
    setup_future_usage: null,
    shipping: null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: 'requires_payment_method',
    transfer_data: null,
    transfer_group: null,
  }
}

/** What a browser sees of a payment. */
export function intentForBrowser(intent: Intent): Pick<Intent, (typeof SHOWN_TO_BROWSERS)[number]> {
  return Object.fromEntries(SHOWN_TO_BROWSERS.map((name) => [name, intent[name]])) as Pick<
    Intent,
    (typeof SHOWN_TO_BROWSERS)[number]
  >
}

/** The payment with its latest charge in full, as `expand` asks. */
export function intentWithCharge(
  intent: Intent,
  charge: Charge | null,
): Omit<Intent, 'latest_charge'> & { readonly latest_charge: Charge | null } {
  return { ...intent, latest_charge: charge }
}
