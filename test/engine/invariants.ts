/** What must hold of a book by itself, whatever happened to it. */
import type { Book, OfferState, PriceLevel } from '@offset-button/engine'
import * as assert from 'uvu/assert'

/** Conservation, and every sum equal to the sum over the offers. Throws where it does not hold. */
export function holdsTogether(book: Book): void {
  isConserved(book)
  sumsAgree(book)
}

/** Posted is available, reserved, sold and withdrawn, of each offer and in sum. */
export function isConserved(book: Book): void {
  const { offers, reservations, nextOffer, nextSequence, nextReservation } = book.state()
  const heldBy = new Map<number, number>()
  for (const one of reservations) {
    heldBy.set(one.offer, (heldBy.get(one.offer) ?? 0) + one.quantityTonnes)
    assert.ok(one.reservation < nextReservation)
    assert.equal(book.reservation(one.reservation), one)
  }
  for (const offer of offers) {
    const { availableTonnes, reservedTonnes, soldTonnes, withdrawnTonnes } = offer
    const parts = [availableTonnes, reservedTonnes, soldTonnes, withdrawnTonnes]
    assert.ok(parts.every((part) => Number.isSafeInteger(part) && part >= 0))
    assert.is(sum(parts), offer.quantityTonnes, 'posted is available, reserved, sold and withdrawn')
    assert.is(heldBy.get(offer.offer) ?? 0, reservedTonnes, 'what is held is what is reserved')
    assert.ok(offer.offer < nextOffer && offer.sequence < nextSequence)
    assert.equal(book.offer(offer.offer), offer)
  }
  assert.is(new Set(offers.map(({ sequence }) => sequence)).size, offers.length)
}

/** Levels, depth and the best price are those of the offers; no level is empty. */
export function sumsAgree(book: Book): void {
  const { offers } = book.state()
  const levels = levelsOf(offers)
  assert.equal(book.depth(), levels, 'the levels are the sums over the offers')
  assert.equal(book.depth({}), levels, 'so they are when every offer is looked at')
  for (const filter of [undefined, {}]) assert.equal(book.depth(filter, 2), levels.slice(0, 2))
  const best = book.quote({ quantityTonnes: 1, allOrNone: true })
  if ('reason' in best) assert.is(levels.length, 0)
  else assert.is(best.fills[0]?.priceMinor, levels[0]?.priceMinor, 'the best price is not stale')
}

/** The sums over offers, price by price. */
export function levelsOf(offers: readonly OfferState[]): PriceLevel[] {
  const levels = new Map<number, PriceLevel>()
  for (const { suspended, expired, availableTonnes, priceMinor } of offers) {
    if (suspended || expired || availableTonnes === 0) continue
    const level = levels.get(priceMinor) ?? { priceMinor, quantityTonnes: 0, offers: 0 }
    const quantityTonnes = level.quantityTonnes + availableTonnes
    levels.set(priceMinor, { priceMinor, quantityTonnes, offers: level.offers + 1 })
  }
  return [...levels.values()].sort((one, other) => one.priceMinor - other.priceMinor)
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0)
