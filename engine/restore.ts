/** A book's contents to and from the state that is stored. */
import { isNumbering, isPrice, isQuantity, isTime, isWhole } from './bounds.ts'
import { type Contents, emptyContents } from './contents.ts'
import { readAttributes } from './matcher.ts'
import { type Offer, openTonnes } from './offer.ts'
import type { BookState, OfferState, ReservationState } from './state.ts'

/** Copies of every open offer and every held reservation, by ascending id. */
export function stateOf(contents: Contents): BookState {
  const { nextOffer, nextReservation, nextSequence, offers, reservations } = contents
  return {
    nextOffer,
    nextReservation,
    nextSequence,
    offers: [...offers.values()].map((offer) => ({ ...offer })),
    reservations: [...reservations.values()].map((reservation) => ({ ...reservation })),
  }
}

/**
 * The contents that gave this state; lists may come in any order, and ended parts are passed over. Throws an Error that
 * names the broken rule when the state is not one of a book: a store that disagrees with itself must not be sold from.
 */
export function contentsOf(state: BookState): Contents {
  const contents = emptyContents()
  for (const next of ['nextOffer', 'nextReservation', 'nextSequence'] as const) {
    check(isWhole(state[next], 1), `${next} is not a whole number of 1 or more`)
    contents[next] = state[next]
  }
  const sequences = new Set<number>()
  for (const stored of byId(state.offers, (offer) => offer.offer)) {
    const offer = readOffer(contents, stored)
    check(!sequences.has(offer.sequence), `offer ${offer.offer}: its sequence is another's`)
    sequences.add(offer.sequence)
    addOffer(contents, offer)
  }
  const held = new Map<Offer, number>()
  for (const stored of byId(state.reservations, (reservation) => reservation.reservation)) {
    if (stored.status !== 'held') continue
    const offer = addReservation(contents, stored)
    held.set(offer, (held.get(offer) ?? 0) + stored.quantityTonnes)
  }
  for (const offer of contents.offers.values()) {
    const agrees = (held.get(offer) ?? 0) === offer.reservedTonnes
    check(agrees, `offer ${offer.offer}: its reservations do not add up to reservedTonnes`)
  }
  return contents
}

function addOffer(contents: Contents, offer: Offer): void {
  if (openTonnes(offer) === 0) return
  contents.offers.set(offer.offer, offer)
  contents.openTonnes += openTonnes(offer)
  check(Number.isSafeInteger(contents.openTonnes), 'the open tonnes pass the safe integers')
  contents.ladder.refresh(offer, 0)
}

function addReservation(contents: Contents, stored: ReservationState): Offer {
  const { reservation, priceMinor, quantityTonnes, expiresAt } = stored
  const name = `reservation ${reservation}`
  check(isWhole(reservation, 1, contents.nextReservation - 1), `${name} was never given`)
  check(!contents.reservations.has(reservation), `${name} is there twice`)
  check(isPrice(priceMinor), `${name}: priceMinor is out of bounds`)
  check(isQuantity(quantityTonnes), `${name}: quantityTonnes is out of bounds`)
  check(isTime(expiresAt), `${name}: expiresAt is no time`)
  const offer = contents.offers.get(stored.offer)
  check(offer !== undefined, `${name}: its offer is not open`)
  contents.reservations.set(reservation, { ...stored })
  return offer
}

function readOffer(contents: Contents, stored: OfferState): Offer {
  const name = `offer ${stored.offer}`
  check(isWhole(stored.offer, 1, contents.nextOffer - 1), `${name} was never given`)
  check(!contents.offers.has(stored.offer), `${name} is there twice`)
  check(isWhole(stored.sequence, 1, contents.nextSequence - 1), `${name}: sequence never given`)
  check(isNumbering(stored.seller), `${name}: seller is no number`)
  check(isPrice(stored.priceMinor), `${name}: priceMinor is out of bounds`)
  check(isQuantity(stored.quantityTonnes), `${name}: quantityTonnes is out of bounds`)
  const { availableTonnes, reservedTonnes, soldTonnes, withdrawnTonnes } = stored
  const parts = [availableTonnes, reservedTonnes, soldTonnes, withdrawnTonnes]
  check(
    parts.every((part) => isWhole(part, 0)),
    `${name}: a part of it is no number of tonnes`,
  )
  const posted = parts.reduce((sum, part) => sum + part, 0)
  check(posted === stored.quantityTonnes, `${name}: its parts do not add up to its quantity`)
  check(
    typeof stored.suspended === 'boolean' && typeof stored.withdrawn === 'boolean',
    `${name}: suspended and withdrawn must be booleans`,
  )
  check(!stored.withdrawn || availableTonnes === 0, `${name} is withdrawn and still available`)
  const attributes = readAttributes(stored.attributes)
  check(attributes !== undefined, `${name}: its attributes are malformed`)
  return { ...stored, attributes }
}

function byId<Item>(items: readonly Item[], id: (item: Item) => number): Item[] {
  return [...items].sort((one, other) => id(one) - id(other))
}

function check(holds: boolean, sentence: string): asserts holds {
  if (!holds) throw new Error(`This is not the state of a book: ${sentence}.`)
}
