/** The reservations that are held, and the one that ended last. */
import type { OfferId, ReservationId } from './command.ts'
import type { ReservationState, ReservationStatus } from './state.ts'

/** So many records lie on a page. */
const SHIFT = 8
const SIZE = 1 << SHIFT
const MASK = SIZE - 1

/** The fields of a record: doubles, and words behind them. */
const RESERVATION = 0
const OFFER = 1
const QUANTITY = 2
const EXPIRES = 3
const DOUBLES = 5
const PRICE = 8
const HOME = 9

class Page {
  readonly doubles = new Float64Array(SIZE * DOUBLES)
  readonly words = new Int32Array(this.doubles.buffer)
  held = 0
}

/** Pages that are kept for the ids to come, once nothing on them is held. */
const MOST_SPARE = 16
const NOWHERE = new Page()

/**
 * A record lies where its id says: ids ascend and are never used again, so that those of an order lie together. A page is
 * dropped when nothing on it is held and later ids were given: memory follows what is held.
 */
export class Reservations {
  readonly #pages: Page[] = []
  readonly #spare: Page[] = []
  /** The page with the highest id that was held. */
  #latest = 0
  /** The one that ended last: its record stays until another ends. */
  #last: ReservationId = Number.NaN
  #lastStatus: Exclude<ReservationStatus, 'held'> = 'released'

  /** The id of a held reservation; 0 for anything else. */
  find(reservation: unknown): ReservationId {
    if (typeof reservation !== 'number') return 0
    const { doubles } = this.#pageOf(reservation)
    return doubles[fieldsOf(reservation) + RESERVATION] === reservation ? reservation : 0
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
    let page = this.#pageOf(reservation)
    if (page === NOWHERE) page = this.#open(numberOf(reservation))
    const { doubles, words } = page
    const at = fieldsOf(reservation)
    doubles[at + RESERVATION] = reservation
    doubles[at + OFFER] = offer
    doubles[at + QUANTITY] = quantityTonnes
    doubles[at + EXPIRES] = expiresAt
    words[at * 2 + PRICE] = priceMinor
    words[at * 2 + HOME] = home
    page.held++
  }

  offer(reservation: ReservationId): OfferId {
    return this.#pageOf(reservation).doubles[fieldsOf(reservation) + OFFER] as number
  }

  /** Where its offer was when it was reserved. A guess, to be checked. */
  home(reservation: ReservationId): number {
    return this.#pageOf(reservation).words[fieldsOf(reservation) * 2 + HOME] as number
  }

  quantity(reservation: ReservationId): number {
    return this.#pageOf(reservation).doubles[fieldsOf(reservation) + QUANTITY] as number
  }

  expiresAt(reservation: ReservationId): number {
    return this.#pageOf(reservation).doubles[fieldsOf(reservation) + EXPIRES] as number
  }

  extend(reservation: ReservationId, expiresAt: number): void {
    this.#pageOf(reservation).doubles[fieldsOf(reservation) + EXPIRES] = expiresAt
  }

  /** Ends a held one. What it was can be read until the next one ends. */
  end(reservation: ReservationId, status: Exclude<ReservationStatus, 'held'>): void {
    const page = this.#pageOf(reservation)
    page.doubles[fieldsOf(reservation) + RESERVATION] = 0
    page.held--
    const before = this.#last
    this.#last = reservation
    this.#lastStatus = status
    if (numberOf(before) !== numberOf(reservation)) this.#dropIfDone(numberOf(before))
  }

  /** A held reservation, or the one that ended last. */
  state(reservation: ReservationId): ReservationState | undefined {
    const status = this.find(reservation) !== 0 ? 'held' : this.#lastStatus
    if (status !== 'held' && reservation !== this.#last) return undefined
    return stateOn(this.#pageOf(reservation), reservation, status)
  }

  /** Held ones, by ascending id. */
  *states(): Generator<ReservationState> {
    for (const page of Object.values(this.#pages)) {
      if (page.held === 0) continue
      for (let at = 0; at < SIZE * DOUBLES; at += DOUBLES) {
        const reservation = page.doubles[at + RESERVATION] as number
        if (reservation !== 0) yield stateOn(page, reservation, 'held')
      }
    }
  }

  #pageOf(reservation: ReservationId): Page {
    return this.#pages[numberOf(reservation)] ?? NOWHERE
  }

  #open(number: number): Page {
    const page = this.#spare.pop() ?? new Page()
    this.#pages[number] = page
    const before = this.#latest
    this.#latest = Math.max(before, number)
    if (before !== numberOf(this.#last)) this.#dropIfDone(before)
    return page
  }

  /** Of a page on which nothing is held all ids are 0. The latest stays, as other ids of it are still to come. */
  #dropIfDone(number: number): void {
    const page = this.#pages[number] ?? NOWHERE
    if (page === NOWHERE || page.held > 0 || number === this.#latest) return
    this.#pages[number] = NOWHERE
    if (this.#spare.length < MOST_SPARE) this.#spare.push(page)
  }
}

function stateOn(
  { doubles, words }: Page,
  reservation: ReservationId,
  status: ReservationStatus,
): ReservationState {
  const at = fieldsOf(reservation)
  return {
    reservation,
    offer: doubles[at + OFFER] as number,
    priceMinor: words[at * 2 + PRICE] as number,
    quantityTonnes: doubles[at + QUANTITY] as number,
    expiresAt: doubles[at + EXPIRES] as number,
    status,
  }
}

/** The number of the page on which an id lies. */
function numberOf(reservation: ReservationId): number {
  return reservation <= 0x7fffffff ? reservation >>> SHIFT : Math.floor(reservation / SIZE)
}

/** Where the record of an id begins on its page. */
function fieldsOf(reservation: ReservationId): number {
  return (reservation & MASK) * DOUBLES
}
