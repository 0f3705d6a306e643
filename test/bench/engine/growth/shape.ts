/** How the offers of a book lie, at any size. */
import { type Book, createBook, type OfferAttributes } from '@offset-button/engine'
import { Random } from '../../support/random.ts'
import { unexpected } from '../workload/answers.ts'
import { LARGE_HYDRO } from '../workload/instruments.ts'
import { type Clustering, makeOffers, type Offers } from '../workload/offers.ts'
import { placeOffers } from '../workload/place-offers.ts'

export const ARRANGEMENTS = {
  plain: 'everything available, prices at random',
  behind: 'large hydro cheaper and earlier than all others',
  reserved: 'the first tenth of the offers fully reserved',
  own: "the first tenth of the offers the buyer's own",
} as const
export type Arrangement = keyof typeof ARRANGEMENTS

export interface Shape {
  readonly clustering: Clustering
  readonly arrangement: Arrangement
  readonly instruments: number
}

/** The seller who has the first tenth where they are a buyer's own. */
export const OWN_SELLER = 1_000_000
const EXPIRES_AT = 1_800_000_000_000
const FIRST_PART = 10
/** Tonnes of one order that reserves: well below the most fills that a book allows an order. */
const RESERVED_AT_ONCE = 20_000

/** The offers of a shape, in the order of placing. */
export function offersOf(
  { clustering, arrangement }: Shape,
  size: number,
  instruments: readonly OfferAttributes[],
): Offers {
  const random = new Random(size)
  const offers = makeOffers(size, instruments, clustering, random)
  if (arrangement === 'behind') return withLargeHydroFirst(offers, random)
  if (arrangement === 'own') {
    for (const at of inOrderOfMatching(offers).subarray(0, size / FIRST_PART)) {
      offers.sellerOf[at] = OWN_SELLER
    }
  }
  return offers
}

/** A book with these offers of that shape; their ids are kept in `ids`, where that is given. */
export function openBook(
  { arrangement }: Shape,
  offers: Offers,
  ids = new Int32Array(offers.count),
): Book {
  const book = createBook()
  placeOffers(book.apply, offers, 0, offers.count, ids)
  if (arrangement === 'reserved') reserveFirst(book, offers)
  return book
}

/** Offers by their place, cheapest first, then earliest. */
function inOrderOfMatching({ count, priceMinor }: Offers): Int32Array {
  const keys = Float64Array.from(priceMinor, (price, at) => price * count + at).sort()
  return Int32Array.from(keys, (key) => key % count)
}

/** The same prices dealt out anew: large hydro gets the cheapest, and is placed first. */
function withLargeHydroFirst(offers: Offers, random: Random): Offers {
  const isLargeHydro = (at: number): boolean =>
    offers.instruments[offers.instrumentOf[at] as number]?.technology === LARGE_HYDRO
  const order = Int32Array.from(offers.instrumentOf, (_, at) => at)
  const front = order.filter(isLargeHydro)
  const back = order.filter((at) => !isLargeHydro(at))
  const dealt = Int32Array.from(offers.priceMinor).sort()
  random.shuffle(dealt.subarray(0, front.length), front.length)
  random.shuffle(dealt.subarray(front.length), back.length)
  const inOrder = Int32Array.from([...front, ...back])
  const rearranged = (column: Int32Array): Int32Array => inOrder.map((at) => column[at] as number)
  return {
    ...offers,
    instrumentOf: rearranged(offers.instrumentOf),
    sellerOf: rearranged(offers.sellerOf),
    quantityTonnes: rearranged(offers.quantityTonnes),
    priceMinor: dealt,
  }
}

function reserveFirst(book: Book, offers: Offers): void {
  let tonnes = 0
  for (const at of inOrderOfMatching(offers).subarray(0, offers.count / FIRST_PART)) {
    tonnes += offers.quantityTonnes[at] as number
  }
  while (tonnes > 0) {
    const query = { quantityTonnes: Math.min(tonnes, RESERVED_AT_ONCE), allOrNone: true }
    const event = book.apply({ kind: 'Reserve', query, expiresAt: EXPIRES_AT })
    if (event.kind !== 'Reserved') throw unexpected(event)
    tonnes -= event.quantityTonnes
  }
}
