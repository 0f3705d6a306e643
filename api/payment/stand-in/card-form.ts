/** Reads the card that a browser sends from the stand-in's own frame, or one of Stripe's named cards. */

import { isCardNumber } from './browser/card-number.js'
import { wholeNumber } from './call.ts'
import { cardBehaviour, numberOfNamedCard, paymentMethod } from './card.ts'
import { type Form, field } from './form.ts'
import type { GivenCard } from './payment-step.ts'
import { invalidParameter, missingParameter, noSuch, StripeProblem } from './problem.ts'

/** The card of a confirmation. Its number is looked at here and nowhere kept. */
export function givenCard(form: Form, nowMs: number): GivenCard {
  const named = field(form, 'payment_method')
  const thisYear = new Date(nowMs).getUTCFullYear()
  if (named !== undefined) {
    const number = numberOfNamedCard(named)
    if (number === null) throw noSuch('PaymentMethod', named)
    return card(number, { month: 12, year: thisYear + 3 }, nowMs)
  }
  const type = field(form, 'payment_method_data', 'type')
  if (type === undefined) throw missingParameter('payment_method')
  if (type !== 'card') {
    throw invalidParameter('payment_method_data[type]', 'The stand-in knows cards only.')
  }
  const part = (name: string) => field(form, 'payment_method_data', 'card', name)
  const number = (part('number') ?? '').replaceAll(' ', '')
  if (!isCardNumber(number)) throw cardMistake('incorrect_number', 'Your card number is incorrect.')
  const month = wholeNumber('exp_month', part('exp_month')) ?? 0
  const year = wholeNumber('exp_year', part('exp_year')) ?? 0
  if (month < 1 || month > 12) {
    throw cardMistake('invalid_expiry_month', "Your card's expiration month is invalid.")
  }
  const isPast = year < thisYear || (year === thisYear && month < new Date(nowMs).getUTCMonth() + 1)
  if (isPast || year > thisYear + 50) {
    throw cardMistake('invalid_expiry_year', "Your card's expiration year is invalid.")
  }
  if (!/^\d{3,4}$/.test(part('cvc') ?? '')) {
    throw cardMistake('invalid_cvc', "Your card's security code is invalid.")
  }
  return card(number, { month, year }, nowMs)
}

function card(number: string, expiry: { month: number; year: number }, nowMs: number): GivenCard {
  return { method: paymentMethod(number, expiry, nowMs), behaviour: cardBehaviour(number) }
}

function cardMistake(code: string, message: string): StripeProblem {
  return new StripeProblem(402, { type: 'card_error', code, message })
}
