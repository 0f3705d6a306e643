/** What the test cards do, by Stripe's names for them; but for one that is the stand-in's own. */

import { TEST_CARDS } from './browser/test-cards.js'
import { type CardBehaviour, type Decline, paymentMethod } from './card.ts'
import type { GivenCard } from './payment-step.ts'

/** A card's first name: the one that the card form sends. */
type CardName = (typeof TEST_CARDS)[keyof typeof TEST_CARDS][0]

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

const BEHAVIOURS: Readonly<Record<CardName, CardBehaviour>> = {
  pm_card_visa: works,
  pm_card_visa_debit: works,
  pm_card_mastercard: works,
  pm_card_amex: works,
  pm_card_chargeDeclined: declines(GENERIC),
  pm_card_chargeDeclinedInsufficientFunds: declines(NO_FUNDS),
  pm_card_chargeDeclinedLostCard: declines(decline('lost_card')),
  pm_card_chargeDeclinedStolenCard: declines(decline('stolen_card')),
  pm_card_chargeDeclinedExpiredCard: declines(EXPIRED),
  pm_card_chargeDeclinedIncorrectCvc: declines(WRONG_CVC),
  pm_card_chargeDeclinedProcessingError: declines(PROCESSING),
  pm_card_authenticationRequired: { ...works, challenge: true },
  pm_card_threeDSecure2Required: { ...works, challenge: true },
  pm_card_threeDSecureRequiredChargeDeclined: { ...declines(GENERIC), challenge: true },
  /**
   * The stand-in's own meaning for a card: it is authorised, and its capture is refused. (At Stripe it
   * can be saved and is declined at its first charge; no documented card refuses a capture.)
   */
  pm_card_chargeCustomerFail: { ...works, capture: GENERIC },
}

const VALID_FOR_YEARS = 3

/** The test card with one of Stripe's `pm_card_…` names, or null. */
export function namedCard(name: string, nowMs: number): GivenCard | null {
  const cards: readonly [string, readonly [CardName, ...string[]]][] = Object.entries(TEST_CARDS)
  const found = cards.find(([, names]) => names.includes(name))
  if (found === undefined) return null
  const [number, [first]] = found
  const expiry = { month: 12, year: new Date(nowMs).getUTCFullYear() + VALID_FOR_YEARS }
  return { method: paymentMethod(number, expiry, nowMs), behaviour: BEHAVIOURS[first] }
}
