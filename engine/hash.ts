/** A fingerprint of a book's state: equal states have equal ones, whatever they came from. */
import type { BookState } from './state.ts'

/** 64 bits as 16 hexadecimal digits. It tells books apart that went different ways; it is no proof against forgery. */
export function hashOf(state: BookState): string {
  const hash = new Hash()
  for (const next of [state.nextOffer, state.nextReservation, state.nextSequence]) hash.add(next)
  for (const offer of state.offers) {
    const { attributes, suspended, expired, withdrawn } = offer
    hash.add(offer.offer)
    hash.add(offer.seller)
    hash.add(offer.priceMinor)
    hash.add(offer.sequence)
    hash.add(offer.quantityTonnes)
    hash.add(offer.reservedTonnes)
    hash.add(offer.soldTonnes)
    hash.add(offer.withdrawnTonnes)
    hash.add((suspended ? 1 : 0) + (expired ? 2 : 0) + (withdrawn ? 4 : 0))
    hash.add(attributes.project)
    hash.add(attributes.host)
    hash.add(attributes.scope)
    hash.add(attributes.technology)
    hash.add(attributes.methodology)
    hash.add(attributes.vintage)
    hash.add(attributes.unitType)
  }
  for (const one of state.reservations) {
    hash.add(one.reservation)
    hash.add(one.offer)
    hash.add(one.priceMinor)
    hash.add(one.quantityTonnes)
    hash.add(one.expiresAt)
  }
  return hash.text()
}

/** Two lanes of multiply and rotate, each over both halves of a safe integer. */
class Hash {
  #one = 0x243f6a88
  #other = 0x13198a2e

  add(value: number): void {
    this.#mix(value | 0)
    this.#mix((value / 2 ** 32) | 0)
  }

  text(): string {
    return hex(finished(this.#one ^ (this.#other >>> 7))) + hex(finished(this.#other ^ this.#one))
  }

  #mix(word: number): void {
    this.#one = Math.imul(rotated(this.#one ^ word, 13), 0x85ebca6b) + 0x165667b1
    this.#other = Math.imul(rotated(this.#other + word, 17), 0xc2b2ae35) ^ this.#one
  }
}

function rotated(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits))
}

function finished(word: number): number {
  const once = Math.imul(word ^ (word >>> 16), 0x7feb352d)
  return once ^ (once >>> 15)
}

function hex(word: number): string {
  return (word >>> 0).toString(16).padStart(8, '0')
}
