/** Offers to be placed, in the order of placing, as columns that cost the collector nothing. */
import type { OfferAttributes } from '@offset-button/engine'
import type { Random } from '../../support/random.ts'
import { pickSeller } from './instruments.ts'

export interface Offers {
  readonly count: number
  readonly instruments: readonly OfferAttributes[]
  /** By offer: where its instrument stands among these. */
  readonly instrumentOf: Int32Array
  readonly sellerOf: Int32Array
  readonly priceMinor: Int32Array
  readonly quantityTonnes: Int32Array
}

/** How many different prices there are; `distinct` gives every offer its own. */
export type Clustering = number | 'distinct'

/** Tonnes of one offer: 1 to this, all as likely. */
const MOST_TONNES = 100
const LEAST_ORDER_TONNES = 51
const MOST_ORDER_TONNES = 151
const LEAST_PRICE_MINOR = 500
const TICK_MINOR = 5

/** Offers of random instruments at random prices. */
export function makeOffers(
  count: number,
  instruments: readonly OfferAttributes[],
  clustering: Clustering,
  random: Random,
): Offers {
  const instrumentOf = Int32Array.from({ length: count }, () =>
    random.whole(0, instruments.length - 1),
  )
  const levels = clustering === 'distinct' ? random.permutation(count) : undefined
  return {
    count,
    instruments,
    instrumentOf,
    sellerOf: instrumentOf.map((at) => pickSeller(instruments[at]?.project ?? 0, random)),
    priceMinor: Int32Array.from({ length: count }, (_, at) =>
      priceOfLevel(levels?.[at] ?? random.whole(0, Number(clustering) - 1)),
    ),
    quantityTonnes: Int32Array.from({ length: count }, () => random.whole(1, MOST_TONNES)),
  }
}

/** The price of a level, counted from 0, the cheapest. */
export function priceOfLevel(level: number): number {
  return LEAST_PRICE_MINOR + level * TICK_MINOR
}

/** Tonnes of orders, each of which meets about three offers where all are matched. */
export function makeOrders(count: number, random: Random): Int32Array {
  return Int32Array.from({ length: count }, () =>
    random.whole(LEAST_ORDER_TONNES, MOST_ORDER_TONNES),
  )
}
