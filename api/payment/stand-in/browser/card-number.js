/** Card numbers: their check digit, their groups, their brand's lengths. */

/** True for 12 to 19 digits whose last is right (Luhn).
 * @param {string} digits
 * @returns {boolean}
 */
export function isCardNumber(digits) {
  if (!/^\d{12,19}$/.test(digits)) return false
  let sum = 0
  for (let place = 0; place < digits.length; place++) {
    const digit = Number(digits[digits.length - 1 - place])
    const weighted = place % 2 === 1 ? digit * 2 : digit
    sum += weighted > 9 ? weighted - 9 : weighted
  }
  return sum % 10 === 0
}

/** The digits of whatever was typed or pasted, no more than the card can have.
 * @param {string} text
 * @returns {string}
 */
export function cardDigits(text) {
  const digits = text.replaceAll(/\D/g, '')
  return digits.slice(0, cardLength(digits))
}

/** How many digits a number that begins so has: 15 for American Express, 16 for the others.
 * @param {string} digits
 * @returns {number}
 */
export function cardLength(digits) {
  return isAmex(digits) ? 15 : 16
}

/** How many digits its security code has.
 * @param {string} digits
 * @returns {number}
 */
export function cvcLength(digits) {
  return isAmex(digits) ? 4 : 3
}

/** In the groups that are printed on the card.
 * @param {string} digits
 * @returns {string}
 */
export function groupedNumber(digits) {
  const groups = isAmex(digits)
    ? [digits.slice(0, 4), digits.slice(4, 10), digits.slice(10)]
    : (digits.match(/.{1,4}/g) ?? [])
  return groups.filter((group) => group !== '').join(' ')
}

/** `MM / YY` of whatever was typed: a first digit over 1 is a month already.
 * @param {string} text
 * @returns {string}
 */
export function groupedExpiry(text) {
  const typed = text.replaceAll(/\D/g, '')
  const digits = (/^[2-9]/.test(typed) ? `0${typed}` : typed).slice(0, 4)
  return digits.length > 2 ? `${digits.slice(0, 2)} / ${digits.slice(2)}` : digits
}

/** @param {string} digits */
function isAmex(digits) {
  return /^3[47]/.test(digits)
}
