/** A book's contents to and from the state that is stored. */
import { isPrice, isQuantity, isTime, isWhole } from './bounds.ts'
import type { OfferId } from './command.ts'
import { Contents } from './contents.ts'
import { SLOTS } from './ladder.ts'
import { lowestBit, NONE } from './memory/tree.ts'
import { QUEUED } from './offer-records.ts'
import type { BookState, OfferState, ReservationState, StoredState } from './state.ts'
import { notOfABook, StoredOffers } from './stored-offers.ts'

/** The highest that each may be. Of ids, pages are found by a number of 32 bits; from here they last for any market. */
const NEXT = [
  ['nextOffer', 2 ** 43],
  ['nextReservation', 2 ** 43],
  ['nextSequence', Number.MAX_SAFE_INTEGER],
] as const

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
export function restore(contents: Contents, state: StoredState): void {
  for (const [next, most] of NEXT) {
    if (!isWhole(state[next], 1, most))
      throw notOfABook(`${next} is not a whole number of 1 … ${most}`)
    contents[next] = state[next]
  }
  const offers = state.offers instanceof StoredOffers ? state.offers : packed(state.offers)
  const unheld = addOffers(contents, offers)
  const held = state.reservations.filter(({ status }) => status === 'held')
  for (const stored of held.sort((one, other) => one.reservation - other.reservation)) {
    addReservation(contents, stored)
    unheld.set(stored.offer, (unheld.get(stored.offer) ?? 0) - stored.quantityTonnes)
  }
  for (const [offer, tonnes] of unheld) {
    if (tonnes === 0) continue
    throw notOfABook(`offer ${offer}: its reservations do not add up to reservedTonnes`)
  }
  readyAll(contents)
}

/** The same contents once more. They need no check, and are gone through in the order in which they are placed. */
export function copyOf(from: Contents, maxCachedFilters: number): Contents {
  const contents = new Contents(maxCachedFilters)
  contents.nextOffer = from.nextOffer
  contents.nextReservation = from.nextReservation
  contents.nextSequence = from.nextSequence
  contents.openTonnes = from.openTonnes
  const { ladder } = from
  for (let leaf = ladder.first(); leaf !== NONE; leaf = ladder.next(leaf)) {
    for (let used = ladder.used(leaf); used !== 0; used &= used - 1) {
      copyOffer(contents, from, leaf * SLOTS + lowestBit(used) + 1)
    }
  }
  for (const held of from.reservations.states()) {
    const { reservation, offer, priceMinor, quantityTonnes, expiresAt } = held
    const home = contents.homes.get(offer)
    contents.reservations.hold(reservation, offer, home, priceMinor, quantityTonnes, expiresAt)
  }
  readyAll(contents)
  return contents
}

/** Puts all offers in their queues and finds the first of each, so that no query has to do all of that at once. */
function readyAll({ queues, fronts, instruments }: Contents): void {
  queues.settle()
  for (let one = 0; one < instruments.length; one++) fronts.find(one, 0, NONE, 0)
}

function copyOffer(contents: Contents, { ladder, instruments }: Contents, home: number): void {
  const { records } = ladder
  const instrument = records.instrument(home)
  contents.place(
    records.offer(home),
    ladder.price(home),
    records.sequence(home),
    contents.instruments.of(instruments.attributes(instrument), instruments.seller(instrument)),
    records.flags(home) & ~QUEUED,
    records.quantity(home),
    records.reserved(home),
    records.sold(home),
  )
}

function packed(states: Iterable<OfferState>): StoredOffers {
  const offers = new StoredOffers()
  for (const state of states) offers.add(state)
  return offers
}

/** Places them in the order in which they once were; tells how many tonnes of which are reserved. */
function addOffers(contents: Contents, offers: StoredOffers): Map<OfferId, number> {
  const reserved = new Map<OfferId, number>()
  const ended = new Set<OfferId>()
  for (const index of offers.bySequence()) {
    const offer = offers.offer(index)
    if (contents.homes.has(offer) || ended.has(offer))
      throw notOfABook(`offer ${offer} is there twice`)
    if (offer >= contents.nextOffer) throw notOfABook(`offer ${offer} was never given`)
    if (offers.sequence(index) >= contents.nextSequence) {
      throw notOfABook(`offer ${offer}: sequence never given`)
    }
    const open = offers.open(index)
    if (open === 0) {
      ended.add(offer)
      continue
    }
    contents.openTonnes += open
    if (!Number.isSafeInteger(contents.openTonnes)) {
      throw notOfABook('the open tonnes pass the safe integers')
    }
    if (offers.reserved(index) > 0) reserved.set(offer, offers.reserved(index))
    contents.place(
      offer,
      offers.priceMinor(index),
      offers.sequence(index),
      contents.instruments.of(offers.attributes(index), offers.seller(index)),
      offers.flags(index),
      offers.quantity(index),
      offers.reserved(index),
      offers.sold(index),
    )
  }
  return reserved
}

function addReservation(contents: Contents, stored: ReservationState): void {
  const home = contents.homeOf(stored.offer)
  const fault = faultOf(contents, stored, home)
  if (fault !== undefined) throw notOfABook(`reservation ${stored.reservation}: ${fault}`)
  const { reservation, offer, priceMinor, quantityTonnes, expiresAt } = stored
  contents.reservations.hold(reservation, offer, home, priceMinor, quantityTonnes, expiresAt)
}

function faultOf(contents: Contents, stored: ReservationState, home: number): string | undefined {
  const { reservation } = stored
  if (!isWhole(reservation, 1, contents.nextReservation - 1)) return 'was never given'
  if (contents.reservations.find(reservation) !== 0) return 'is there twice'
  if (!isPrice(stored.priceMinor)) return 'priceMinor is out of bounds'
  if (!isQuantity(stored.quantityTonnes)) return 'quantityTonnes is out of bounds'
  if (!isTime(stored.expiresAt)) return 'expiresAt is no time'
  if (home === 0) return 'its offer is not open'
  return undefined
}
