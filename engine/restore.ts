/** A book's contents to and from the state that is stored. */
import { isNumbering, isPrice, isQuantity, isTime, isWhole } from './bounds.ts'
import type { Contents } from './contents.ts'
import { areAttributes } from './offer-commands.ts'
import { EXPIRED, SUSPENDED, WITHDRAWN } from './offer-records.ts'
import type { BookState, OfferState, ReservationState } from './state.ts'

/** Copies of every open offer and every held reservation, by ascending id. */
export function stateOf(contents: Contents): BookState {
  const { nextOffer, nextReservation, nextSequence, homes, reservations } = contents
  const offers: OfferState[] = []
  for (const home of homes.places()) offers.push(contents.stateAt(home))
  return {
    nextOffer,
    nextReservation,
    nextSequence,
    offers,
    reservations: [...reservations.states()],
  }
}

/**
 * Fills empty contents with this state; its lists may come in any order, and ended parts are passed over. Throws an Error
 * that names the broken rule when the state is not one of a book: a store that disagrees with itself must not be sold from.
 */
export function restore(contents: Contents, state: BookState): void {
  for (const next of ['nextOffer', 'nextReservation', 'nextSequence'] as const) {
    check(isWhole(state[next], 1), `${next} is not a whole number of 1 or more`)
    contents[next] = state[next]
  }
  const [ids, sequences] = [new Set<number>(), new Set<number>()]
  for (const offer of state.offers) {
    checkOffer(contents, offer)
    check(!ids.has(offer.offer), `offer ${offer.offer} is there twice`)
    check(!sequences.has(offer.sequence), `offer ${offer.offer}: its sequence is another's`)
    ids.add(offer.offer)
    sequences.add(offer.sequence)
  }
  const inOrder = [...state.offers].sort(
    (one, other) => one.priceMinor - other.priceMinor || one.sequence - other.sequence,
  )
  for (const offer of inOrder) addOffer(contents, offer)
  const held = new Map<number, number>()
  const byId = [...state.reservations].sort((one, other) => one.reservation - other.reservation)
  for (const stored of byId) {
    if (stored.status !== 'held') continue
    addReservation(contents, stored)
    held.set(stored.offer, (held.get(stored.offer) ?? 0) + stored.quantityTonnes)
  }
  for (const home of contents.homes.places()) {
    const offer = contents.ladder.records.offer(home)
    const agrees = (held.get(offer) ?? 0) === contents.ladder.records.reserved(home)
    check(agrees, `offer ${offer}: its reservations do not add up to reservedTonnes`)
  }
}

function addOffer(contents: Contents, stored: OfferState): void {
  const open = stored.availableTonnes + stored.reservedTonnes
  if (open === 0) return
  contents.openTonnes += open
  check(Number.isSafeInteger(contents.openTonnes), 'the open tonnes pass the safe integers')
  const flags =
    (stored.suspended ? SUSPENDED : 0) |
    (stored.expired ? EXPIRED : 0) |
    (stored.withdrawn ? WITHDRAWN : 0)
  contents.place(
    stored.offer,
    stored.priceMinor,
    stored.sequence,
    contents.instruments.of(stored.attributes, stored.seller),
    flags,
    stored.quantityTonnes,
    stored.reservedTonnes,
    stored.soldTonnes,
  )
}

function addReservation(contents: Contents, stored: ReservationState): void {
  const { reservation, offer, priceMinor, quantityTonnes, expiresAt } = stored
  const name = `reservation ${reservation}`
  check(isWhole(reservation, 1, contents.nextReservation - 1), `${name} was never given`)
  check(contents.reservations.find(reservation) === 0, `${name} is there twice`)
  check(isPrice(priceMinor), `${name}: priceMinor is out of bounds`)
  check(isQuantity(quantityTonnes), `${name}: quantityTonnes is out of bounds`)
  check(isTime(expiresAt), `${name}: expiresAt is no time`)
  const home = contents.homeOf(offer)
  check(home !== 0, `${name}: its offer is not open`)
  contents.reservations.hold(reservation, offer, home, priceMinor, quantityTonnes, expiresAt)
}

function checkOffer(contents: Contents, stored: OfferState): void {
  const name = `offer ${stored.offer}`
  check(isWhole(stored.offer, 1, contents.nextOffer - 1), `${name} was never given`)
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
  const { suspended, expired, withdrawn } = stored
  check(
    [suspended, expired, withdrawn].every((flag) => typeof flag === 'boolean'),
    `${name}: suspended, expired and withdrawn must be booleans`,
  )
  check(!withdrawn || availableTonnes === 0, `${name} is withdrawn and still available`)
  check(withdrawn || withdrawnTonnes === 0, `${name} is not withdrawn, and part of it is`)
  check(areAttributes(stored.attributes), `${name}: its attributes are malformed`)
}

function check(holds: boolean, sentence: string): asserts holds {
  if (!holds) throw new Error(`This is not the state of a book: ${sentence}.`)
}
