/** The reservations that are held, and the one that ended last. */
import type { OfferId, ReservationId } from './command.ts'
import { IdTable } from './memory/id-table.ts'
import { PAGE_MASK, PAGE_SHIFT, RecordPages } from './memory/record-pages.ts'
import type { ReservationState, ReservationStatus } from './state.ts'

const RESERVATION = 0
const OFFER = 1
const QUANTITY = 2
const EXPIRES = 3
const DOUBLES = 5
const PRICE = 8
const HOME = 9

/** Held ones have a place, from 1; places are used again, ids never. */
export class Reservations {
  readonly #places = new IdTable()
  readonly #pages = new RecordPages(DOUBLES)
  #length = 1
  /** Places that are free form a chain by their HOME. */
  #free = 0
  #lastPlace = 0
  #lastStatus: ReservationStatus = 'held'

  /** The place of a held reservation, or 0. Anything but an id that was given has none. */
  find(reservation: unknown): number {
    if (typeof reservation !== 'number') return 0
    const place = this.#places.get(reservation)
    return place !== 0 && this.#pages.double(place, RESERVATION) === reservation ? place : 0
  }

  /** Holds so many tonnes of an offer, which is at this home now. */
  hold(
    reservation: ReservationId,
    offer: OfferId,
    home: number,
    priceMinor: number,
    quantityTonnes: number,
    expiresAt: number,
  ): void {
    const place = this.#free === 0 ? this.#newPlace() : this.#free
    const doubles = this.#pages.doubles[place >>> PAGE_SHIFT] as Float64Array
    const words = this.#pages.words[place >>> PAGE_SHIFT] as Int32Array
    const at = (place & PAGE_MASK) * DOUBLES
    this.#free = words[at * 2 + HOME] as number
    doubles[at + RESERVATION] = reservation
    doubles[at + OFFER] = offer
    doubles[at + QUANTITY] = quantityTonnes
    doubles[at + EXPIRES] = expiresAt
    words[at * 2 + PRICE] = priceMinor
    words[at * 2 + HOME] = home
    this.#places.add(reservation, place)
  }

  offer(place: number): OfferId {
    return this.#pages.double(place, OFFER)
  }

  /** Where its offer was when it was reserved. A guess, to be checked. */
  home(place: number): number {
    return this.#pages.word(place, HOME)
  }

  quantity(place: number): number {
    return this.#pages.double(place, QUANTITY)
  }

  expiresAt(place: number): number {
    return this.#pages.double(place, EXPIRES)
  }

  extend(place: number, expiresAt: number): void {
    this.#pages.setDouble(place, EXPIRES, expiresAt)
  }

  /** Its state can be read until the next one ends or is held. */
  end(place: number, status: ReservationStatus): void {
    this.#places.remove(this.#pages.double(place, RESERVATION))
    if (this.#lastPlace !== 0) this.#setFree(this.#lastPlace)
    this.#lastPlace = place
    this.#lastStatus = status
  }

  /** A held reservation, or the one that ended last. */
  state(reservation: ReservationId): ReservationState | undefined {
    const place = this.find(reservation)
    if (place !== 0) return this.#stateAt(place, 'held')
    const last = this.#lastPlace
    return last !== 0 && this.#pages.double(last, RESERVATION) === reservation
      ? this.#stateAt(last, this.#lastStatus)
      : undefined
  }

  /** Held ones, by ascending id. */
  *states(): Generator<ReservationState> {
    for (const place of this.#places.places()) yield this.#stateAt(place, 'held')
  }

  #stateAt(place: number, status: ReservationStatus): ReservationState {
    return {
      reservation: this.#pages.double(place, RESERVATION),
      offer: this.offer(place),
      priceMinor: this.#pages.word(place, PRICE),
      quantityTonnes: this.quantity(place),
      expiresAt: this.expiresAt(place),
      status,
    }
  }

  #newPlace(): number {
    this.#pages.reserve(this.#length + 1)
    return this.#length++
  }

  #setFree(place: number): void {
    this.#pages.setWord(place, HOME, this.#free)
    this.#free = place
  }
}
