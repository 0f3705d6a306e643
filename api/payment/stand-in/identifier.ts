/** Identifiers in Stripe's manner: a prefix, then letters and digits that begin with the time. */

import { randomBytes } from 'node:crypto'

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const TIME_DIGITS = 8

/** A new identifier; `now` in milliseconds since 1970. Later ones sort later. */
export function newIdentifier(prefix: string, now: number): string {
  return `${prefix}_${timeDigits(now)}${randomDigits(16)}`
}

/** What a browser proves with that it was given this payment. */
export function newClientSecret(intent: string): string {
  return `${intent}_secret_${randomDigits(25)}`
}

function timeDigits(now: number): string {
  let digits = ''
  for (let rest = now; digits.length < TIME_DIGITS; rest = Math.floor(rest / ALPHABET.length)) {
    digits = ALPHABET.charAt(rest % ALPHABET.length) + digits
  }
  return digits
}

function randomDigits(count: number): string {
  return Array.from(randomBytes(count), (byte) => ALPHABET.charAt(byte % ALPHABET.length)).join('')
}
