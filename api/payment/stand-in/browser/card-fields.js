/** What is typed into the card form: how it is written, and what is wrong with it. */

import {
  cardDigits,
  cardLength,
  cvcLength,
  groupedExpiry,
  groupedNumber,
  isCardNumber,
} from './card-number.js'

/** @typedef {{ number: string, expiry: string, cvc: string }} Typed
 * @typedef {keyof Typed} FieldName
 * @typedef {import('./card-words.js').Word} Word */

/** A field's text as it is shown.
 * @param {FieldName} name @param {string} text @param {string} number
 * @returns {string}
 */
export function written(name, text, number) {
  if (name === 'number') return groupedNumber(cardDigits(text))
  if (name === 'expiry') return groupedExpiry(text)
  return text.replaceAll(/\D/g, '').slice(0, cvcLength(cardDigits(number)))
}

/** What is wrong with a field, or null. `now` decides what is past.
 * @param {FieldName} name @param {Typed} typed @param {Date} now
 * @returns {Word | null}
 */
export function mistake(name, typed, now) {
  const digits = cardDigits(typed.number)
  if (name === 'number') {
    if (digits.length < cardLength(digits)) return 'incomplete_number'
    return isCardNumber(digits) ? null : 'invalid_number'
  }
  if (name === 'cvc') return typed.cvc.length < cvcLength(digits) ? 'incomplete_cvc' : null
  const { month, year } = expiryOf(typed.expiry)
  if (month !== null && (month < 1 || month > 12)) return 'invalid_expiry_month'
  if (month === null || year === null) return 'incomplete_expiry'
  const [thisYear, thisMonth] = [now.getFullYear(), now.getMonth() + 1]
  if (year < thisYear || (year === thisYear && month < thisMonth)) return 'invalid_expiry_year_past'
  return year > thisYear + 50 ? 'invalid_expiry_year' : null
}

/** True where nothing more can be typed, so that a mistake may be told before the field is left.
 * @param {FieldName} name @param {Typed} typed
 */
export function isFull(name, typed) {
  const digits = cardDigits(typed.number)
  if (name === 'number') return digits.length === cardLength(digits)
  if (name === 'cvc') return typed.cvc.length === cvcLength(digits)
  return typed.expiry.length === 'MM / YY'.length
}

/** @param {string} text @returns {{ month: number | null, year: number | null }} */
function expiryOf(text) {
  const digits = text.replaceAll(/\D/g, '')
  return {
    month: digits.length >= 2 ? Number(digits.slice(0, 2)) : null,
    year: digits.length === 4 ? 2000 + Number(digits.slice(2)) : null,
  }
}
