/** A card: what its bank does, and how it is shown. */

import { newIdentifier } from './identifier.ts'

/** What the card's bank does. */
export type CardBehaviour = {
  /** Asks the visitor first. */
  readonly challenge: boolean
  readonly authorise: 'ok' | Decline
  readonly capture: 'ok' | Decline
}

export type Decline = {
  readonly code: string
  readonly declineCode: string
  readonly message: string
}

/** A card as Stripe shows it: never its number. */
export type PaymentMethod = {
  readonly id: string
  readonly object: 'payment_method'
  readonly billing_details: {
    readonly address: null
    readonly email: null
    readonly name: null
    readonly phone: null
    readonly tax_id: null
  }
  readonly allow_redisplay: 'unspecified'
  readonly card: {
    readonly brand: string
    readonly checks: {
      readonly address_line1_check: null
      readonly address_postal_code_check: null
      readonly cvc_check: 'pass'
    }
    readonly country: 'US'
    readonly display_brand: string
    readonly exp_month: number
    readonly exp_year: number
    readonly funding: 'credit'
    readonly generated_from: null
    readonly last4: string
    readonly networks: { readonly available: string[]; readonly preferred: null }
    readonly regulated_status: null
    readonly three_d_secure_usage: { readonly supported: boolean }
    readonly wallet: null
  }
  readonly created: number
  readonly customer: null
  readonly customer_account: null
  readonly livemode: false
  readonly metadata: Record<string, string>
  readonly type: 'card'
}

type Expiry = { readonly month: number; readonly year: number }

/** The test card with this public number as it is shown and kept: by its brand and last four digits. */
export function paymentMethod(number: string, expiry: Expiry, nowMs: number): PaymentMethod {
  const brand = cardBrand(number)
  return {
    id: newIdentifier('pm', nowMs),
    object: 'payment_method',
    billing_details: { address: null, email: null, name: null, phone: null, tax_id: null },
    allow_redisplay: 'unspecified',
    card: {
      brand,
      checks: {
        address_line1_check: null,
        address_postal_code_check: null,
        cvc_check: 'pass',
      },
      country: 'US',
      display_brand: brand,
      exp_month: expiry.month,
      exp_year: expiry.year,
      funding: 'credit',
      generated_from: null,
      last4: number.slice(-4),
      networks: { available: [brand], preferred: null },
      regulated_status: null,
      three_d_secure_usage: { supported: true },
      wallet: null,
    },
    created: Math.floor(nowMs / 1000),
    customer: null,
    customer_account: null,
    livemode: false,
    metadata: {},
    type: 'card',
  }
}

function cardBrand(number: string): string {
  if (/^3[47]/.test(number)) return 'amex'
  if (/^(5[1-5]|2[2-7])/.test(number)) return 'mastercard'
  return 'visa'
}
