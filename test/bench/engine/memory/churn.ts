/** A book of steady size that is used for a long time: placed, withdrawn, reserved, committed and released. */
import type { Book, BookEvent, Command, Query } from '@offset-button/engine'
import type { Random } from '../../support/random.ts'
import { unexpected } from '../workload/answers.ts'
import { makeOrders, type Offers } from '../workload/offers.ts'
import { placeOffers } from '../workload/place-offers.ts'

/** Reservations that stay held for a while. */
const MOST_HELD = 10_000
const ORDERS = 4096
const NOWHERE = -1
const EXPIRES_AT = 1_800_000_000_000

/** Knows what a caller knows of its offers, in columns that are there before the book is. */
export class Churn {
  readonly #offers: Offers
  readonly #random: Random
  readonly #tonnes: Int32Array
  /** Ids of the offers that are neither withdrawn nor sold out, in any order. */
  readonly #live: Int32Array
  /** By their place among the offers: the id under which each was placed last. */
  readonly #ids: Int32Array
  #alive = 0
  /** By id: where it stands among the live, and the tonnes that are not sold. */
  readonly #placeOf: Int32Array
  readonly #unsold: Int32Array
  readonly #held = {
    reservations: new Int32Array(MOST_HELD),
    offers: new Int32Array(MOST_HELD),
    tonnes: new Int32Array(MOST_HELD),
    count: 0,
  }
  #applied = 0

  /** Offers are placed as these, over and over; at most `mostIds` of them. */
  constructor(offers: Offers, mostIds: number, random: Random) {
    this.#offers = offers
    this.#random = random
    this.#tonnes = makeOrders(ORDERS, random)
    this.#live = new Int32Array(offers.count)
    this.#ids = new Int32Array(offers.count)
    this.#placeOf = new Int32Array(mostIds + 1)
    this.#unsold = new Int32Array(mostIds + 1)
  }

  /** Places all offers in an empty book. */
  fill(book: Book): void {
    placeOffers(book.apply, this.#offers, 0, this.#offers.count, this.#ids)
    for (let at = 0; at < this.#offers.count; at++) this.#enter(at)
  }

  /** At least so many commands, and a few more until the book has its size again. */
  run(book: Book, commands: number): void {
    const end = this.#applied + commands
    while (this.#applied < end) {
      if (this.#random.whole(1, 3) === 1) this.#withdraw(book)
      else this.#order(book)
      while (this.#alive < this.#offers.count) this.#place(book)
    }
  }

  #place(book: Book): void {
    const at = this.#random.whole(0, this.#offers.count - 1)
    placeOffers(book.apply, this.#offers, at, at + 1, this.#ids)
    this.#applied++
    this.#enter(at)
  }

  #withdraw(book: Book): void {
    const offer = this.#live[this.#random.whole(0, this.#alive - 1)] as number
    this.#apply(book, { kind: 'WithdrawOffer', offer }, 'OfferWithdrawn')
    this.#leave(offer)
  }

  /** Of its fills, half are committed at once and a quarter are released; the others stay held for a while. */
  #order(book: Book): void {
    const event = book.apply({ kind: 'Reserve', query: this.#query(), expiresAt: EXPIRES_AT })
    this.#applied++
    if (event.kind === 'Rejected' && event.reason === 'NothingAvailable') return
    if (event.kind !== 'Reserved') throw unexpected(event)
    for (const { reservation, offer, quantityTonnes } of event.fills) {
      const end = this.#random.whole(1, 4)
      if (end <= 2) this.#commit(book, reservation, offer, quantityTonnes)
      else if (end === 3) this.#release(book, reservation)
      else this.#hold(book, reservation, offer, quantityTonnes)
    }
  }

  /** One order in two wants the units of one project. */
  #query(): Query {
    const at = this.#random.whole(0, this.#offers.count - 1)
    const quantityTonnes = this.#tonnes[at % ORDERS] as number
    if (at % 2 === 0) return { quantityTonnes, allOrNone: false }
    const project = this.#offers.instruments[this.#offers.instrumentOf[at] as number]?.project ?? 0
    return { quantityTonnes, allOrNone: false, filter: { project: [project] } }
  }

  /** Keeps a reservation, in the place of another one where there are many already. */
  #hold(book: Book, reservation: number, offer: number, quantityTonnes: number): void {
    const held = this.#held
    let at = held.count
    if (at < MOST_HELD) held.count++
    else {
      at = this.#random.whole(0, MOST_HELD - 1)
      const [other, from, tonnes] = [held.reservations[at], held.offers[at], held.tonnes[at]]
      if (this.#random.whole(0, 1) === 0) this.#release(book, other as number)
      else this.#commit(book, other as number, from as number, tonnes as number)
    }
    held.reservations[at] = reservation
    held.offers[at] = offer
    held.tonnes[at] = quantityTonnes
  }

  #commit(book: Book, reservation: number, offer: number, quantityTonnes: number): void {
    this.#apply(book, { kind: 'CommitReservation', reservation }, 'ReservationCommitted')
    const unsold = (this.#unsold[offer] as number) - quantityTonnes
    this.#unsold[offer] = unsold
    if (unsold === 0) this.#leave(offer)
  }

  #release(book: Book, reservation: number): void {
    this.#apply(book, { kind: 'ReleaseReservation', reservation }, 'ReservationReleased')
  }

  #apply(book: Book, command: Command, expected: BookEvent['kind']): void {
    const event = book.apply(command)
    this.#applied++
    if (event.kind !== expected) throw unexpected(event)
  }

  /** An offer that was placed as the one at this place is live. */
  #enter(at: number): void {
    const offer = this.#ids[at] as number
    this.#live[this.#alive] = offer
    this.#placeOf[offer] = this.#alive++
    this.#unsold[offer] = this.#offers.quantityTonnes[at] as number
  }

  /** A live offer is no more; one that was withdrawn before is passed over. */
  #leave(offer: number): void {
    const place = this.#placeOf[offer] as number
    if (place === NOWHERE) return
    const last = this.#live[--this.#alive] as number
    this.#live[place] = last
    this.#placeOf[last] = place
    this.#placeOf[offer] = NOWHERE
  }
}
