/**
 * The test cards: their public numbers, and Stripe's names for them as payment methods. The card form
 * turns a number into its first name and sends that alone; the stand-in knows what each name does.
 */

export const TEST_CARDS = /** @type {const} */ ({
  4242424242424242: ['pm_card_visa'],
  4000056655665556: ['pm_card_visa_debit'],
  5555555555554444: ['pm_card_mastercard'],
  378282246310005: ['pm_card_amex'],
  4000000000000002: ['pm_card_chargeDeclined', 'pm_card_visa_chargeDeclined'],
  4000000000009995: [
    'pm_card_chargeDeclinedInsufficientFunds',
    'pm_card_visa_chargeDeclinedInsufficientFunds',
  ],
  4000000000009987: ['pm_card_chargeDeclinedLostCard', 'pm_card_visa_chargeDeclinedLostCard'],
  4000000000009979: ['pm_card_chargeDeclinedStolenCard', 'pm_card_visa_chargeDeclinedStolenCard'],
  4000000000000069: ['pm_card_chargeDeclinedExpiredCard'],
  4000000000000127: ['pm_card_chargeDeclinedIncorrectCvc'],
  4000000000000119: ['pm_card_chargeDeclinedProcessingError'],
  4000002760003184: ['pm_card_authenticationRequired'],
  4000000000003220: ['pm_card_threeDSecure2Required'],
  4000008400001629: ['pm_card_threeDSecureRequiredChargeDeclined'],
  4000000000000341: ['pm_card_chargeCustomerFail'],
})

/** The name of the test card with this number, or null where no test card has it.
 * @param {string} digits
 * @returns {string | null}
 */
export function testCardName(digits) {
  const found = Object.entries(TEST_CARDS).find(([number]) => number === digits)
  return found === undefined ? null : found[1][0]
}
