/**
 * The test cards. Numbers, payment method names and what they do are those that Stripe documents for
 * its test mode, except where `CAPTURE_REFUSED` says otherwise. Every other number is declined, so a
 * real card pays nothing here; no number is kept, only its last four digits.
 */

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

export type Expiry = { readonly month: number; readonly year: number }

const DECLINED = 'Your card was declined.'
const decline = (declineCode: string, message = DECLINED, code = 'card_declined'): Decline => ({
  code,
  declineCode,
  message,
})
const works: CardBehaviour = { challenge: false, authorise: 'ok', capture: 'ok' }
const declines = (reason: Decline): CardBehaviour => ({ ...works, authorise: reason })

const GENERIC = decline('generic_decline')
const NO_FUNDS = decline('insufficient_funds', 'Your card has insufficient funds.')
const EXPIRED = decline('expired_card', 'Your card has expired.', 'expired_card')
const WRONG_CVC = decline(
  'incorrect_cvc',
  "Your card's security code is incorrect.",
  'incorrect_cvc',
)
const PROCESSING = decline(
  'processing_error',
  'An error occurred while processing your card. Try again in a little bit.',
  'processing_error',
)
const NOT_A_TEST_CARD = decline(
  'test_mode_live_card',
  'Your card was declined. Your request was in test mode, but used a non test card.',
)

/**
 * The stand-in's own meaning for a card: it is authorised, and its capture is refused. (At Stripe the
 * same number can be saved and is declined at its first charge; no documented card refuses a capture.)
 */
const CAPTURE_REFUSED = '4000000000000341'

/** By number: Stripe's names for it as a payment method, and what it does. */
const CARDS: Readonly<Record<string, { names: readonly string[]; behaviour: CardBehaviour }>> = {
  '4242424242424242': { names: ['pm_card_visa'], behaviour: works },
  '4000056655665556': { names: ['pm_card_visa_debit'], behaviour: works },
  '5555555555554444': { names: ['pm_card_mastercard'], behaviour: works },
  '378282246310005': { names: ['pm_card_amex'], behaviour: works },
  '4000000000000002': {
    names: ['pm_card_chargeDeclined', 'pm_card_visa_chargeDeclined'],
    behaviour: declines(GENERIC),
  },
  '4000000000009995': {
    names: [
      'pm_card_chargeDeclinedInsufficientFunds',
      'pm_card_visa_chargeDeclinedInsufficientFunds',
    ],
    behaviour: declines(NO_FUNDS),
  },
  '4000000000009987': {
    names: ['pm_card_chargeDeclinedLostCard', 'pm_card_visa_chargeDeclinedLostCard'],
    behaviour: declines(decline('lost_card')),
  },
  '4000000000009979': {
    names: ['pm_card_chargeDeclinedStolenCard', 'pm_card_visa_chargeDeclinedStolenCard'],
    behaviour: declines(decline('stolen_card')),
  },
  '4000000000000069': {
    names: ['pm_card_chargeDeclinedExpiredCard'],
    behaviour: declines(EXPIRED),
  },
  '4000000000000127': {
    names: ['pm_card_chargeDeclinedIncorrectCvc'],
    behaviour: declines(WRONG_CVC),
  },
  '4000000000000119': {
    names: ['pm_card_chargeDeclinedProcessingError'],
    behaviour: declines(PROCESSING),
  },
  '4000002760003184': {
    names: ['pm_card_authenticationRequired'],
    behaviour: { ...works, challenge: true },
  },
  '4000000000003220': {
    names: ['pm_card_threeDSecure2Required'],
    behaviour: { ...works, challenge: true },
  },
  '4000008400001629': {
    names: ['pm_card_threeDSecureRequiredChargeDeclined'],
    behaviour: { ...declines(GENERIC), challenge: true },
  },
  [CAPTURE_REFUSED]: {
    names: ['pm_card_chargeCustomerFail'],
    behaviour: { ...works, capture: GENERIC },
  },
}

/** What the card with this number does. */
export function cardBehaviour(number: string): CardBehaviour {
  return CARDS[number]?.behaviour ?? declines(NOT_A_TEST_CARD)
}

/** The number behind one of Stripe's `pm_card_…` names, or null. */
export function numberOfNamedCard(name: string): string | null {
  const found = Object.entries(CARDS).find(([, card]) => card.names.includes(name))
  return found === undefined ? null : found[0]
}

/** The card as it is shown and kept. */
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
