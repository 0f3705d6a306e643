/** Many orders that hold their tonnes at once, and let go of them in any order. */
import type { Book } from '@offset-button/engine'
import type { Random } from '../../support/random.ts'
import type { Stopwatch } from '../../support/stopwatch.ts'
import { unexpected } from '../workload/answers.ts'
import type { Ask } from './ask.ts'

export interface ReserveClocks {
  readonly reserve: Stopwatch
  /** Its operations are the orders, all reservations of which are released. */
  readonly release: Stopwatch
}

/** The orders of all batches until now. */
export interface Held {
  orders: number
  /** Orders for which nothing was left. */
  empty: number
}

const EXPIRES_AT = 1_800_000_000_000
/** Room for the reservations of a batch. */
const MOST_FILLS_AN_ORDER = 100

/** Reserves `batch` orders, then releases their reservations in random order; the book is as before. Counts them in `held`. */
export function reserveAndRelease(
  book: Book,
  { query }: Ask,
  tonnes: Int32Array,
  batch: number,
  clocks: ReserveClocks,
  random: Random,
  held: Held,
): void {
  const reservations = new Int32Array(batch * MOST_FILLS_AN_ORDER)
  let count = 0
  const first = held.orders
  clocks.reserve.run(0, batch, (from, to) => {
    for (let at = from; at < to; at++) {
      const number = first + at
      const quantityTonnes = tonnes[number % tonnes.length] as number
      const event = book.apply({
        kind: 'Reserve',
        query: query(number, quantityTonnes),
        expiresAt: EXPIRES_AT,
      })
      held.orders++
      if (event.kind === 'Reserved') {
        for (const fill of event.fills) reservations[count++] = fill.reservation
      } else if (event.kind === 'Rejected' && event.reason === 'NothingAvailable') held.empty++
      else throw unexpected(event)
    }
  })
  random.shuffle(reservations, count)
  const orders = held.orders - first
  clocks.release.run(0, orders, (from, to) => {
    const end = Math.floor((to / orders) * count)
    for (let at = Math.floor((from / orders) * count); at < end; at++) {
      const reservation = reservations[at] as number
      const event = book.apply({ kind: 'ReleaseReservation', reservation })
      if (event.kind !== 'ReservationReleased') throw unexpected(event)
    }
  })
}
