/** What one book goes through, worked out before the clock starts, so that all books go through the same. */
import { Random } from '../../support/random.ts'
import { makeInstruments, PROJECTS } from './instruments.ts'
import { makeOffers, makeOrders, type Offers } from './offers.ts'

export interface Plan {
  /** Offers in the book after the filling, and about as many ever after. */
  readonly size: number
  readonly batches: number
  /** Operations of one kind in a batch. */
  readonly batch: number
  /** First those of the filling, then those of the steady adds, then those that replace what was sold. */
  readonly offers: Offers
  /** Offers by their place among `offers`, in the order of withdrawing: each batch from what is live after the batch of adds. */
  readonly withdrawals: Int32Array
  /** Tonnes of each market order. */
  readonly orders: Int32Array
  /** By batch of market orders: the offers before this place are in the book once what was sold is replaced. */
  readonly replacedUpTo: Int32Array
}

const BATCHES = 10
/** A batch is so small a part of the book that its size hardly changes. */
const PART = 100
/** Enough for what the orders of all batches take, and to spare. */
const REPLACEMENTS_AN_ORDER = 4

/** A plan for a book of `size` offers at `levels` prices; the same two give the same plan. */
export function makePlan(size: number, levels: number): Plan {
  const random = new Random(size + levels)
  const batch = Math.max(1, Math.floor(size / PART))
  const perKind = batch * BATCHES
  const instruments = makeInstruments(PROJECTS, random)
  const count = size + perKind + perKind * REPLACEMENTS_AN_ORDER
  const offers = makeOffers(count, instruments, levels, random)
  const orders = makeOrders(perKind, random)
  return {
    size,
    batches: BATCHES,
    batch,
    offers,
    withdrawals: pickWithdrawals(size, batch, random),
    orders,
    replacedUpTo: replaceSold(offers, size + perKind, orders, batch),
  }
}

function pickWithdrawals(size: number, batch: number, random: Random): Int32Array {
  const live = Int32Array.from({ length: size + batch * BATCHES }, (_, at) => at)
  const withdrawals = new Int32Array(batch * BATCHES)
  let alive = size
  for (let at = 0; at < withdrawals.length; at++) {
    if (at % batch === 0) {
      for (let added = 0; added < batch; added++) live[alive + added] = size + at + added
      alive += batch
    }
    const place = random.whole(0, alive - 1)
    withdrawals[at] = live[place] as number
    live[place] = live[--alive] as number
  }
  return withdrawals
}

/** As many tonnes are placed after each batch as its orders took. */
function replaceSold(offers: Offers, from: number, orders: Int32Array, batch: number): Int32Array {
  let next = from
  let owed = 0
  return Int32Array.from({ length: BATCHES }, (_, at) => {
    for (const tonnes of orders.subarray(at * batch, (at + 1) * batch)) owed += tonnes
    while (owed > 0 && next < offers.count) owed -= offers.quantityTonnes[next++] as number
    return next
  })
}
