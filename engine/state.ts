/** The state of a book's parts as it is stored and restored. */
import type { OfferId, ReservationId, SellerId } from './command.ts'
import type { OfferAttributes } from './filter.ts'

/** Always: quantity = available + reserved + sold + withdrawn, and none is negative. */
export type OfferState = {
  readonly offer: OfferId
  readonly seller: SellerId
  readonly attributes: OfferAttributes
  readonly priceMinor: number
  /** Place in the queue at its price: lower is earlier. Never reused. */
  readonly sequence: number
  readonly quantityTonnes: number
  readonly reservedTonnes: number
  readonly soldTonnes: number
  readonly withdrawnTonnes: number
  /** What a query can still take. Kept also while suspended or expired. */
  readonly availableTonnes: number
  readonly suspended: boolean
  /** True once its units have expired: no query takes it again. */
  readonly expired: boolean
  /** True once withdrawn: nothing becomes available again. */
  readonly withdrawn: boolean
}

export type ReservationStatus = 'held' | 'committed' | 'released' | 'expired'

export type ReservationState = {
  readonly reservation: ReservationId
  readonly offer: OfferId
  /** The price it was reserved at. */
  readonly priceMinor: number
  readonly quantityTonnes: number
  /** Epoch milliseconds. */
  readonly expiresAt: number
  readonly status: ReservationStatus
}

/** Offers at one price. */
export type PriceLevel = {
  readonly priceMinor: number
  readonly quantityTonnes: number
  readonly offers: number
}

/** All that a book needs to go on where another stopped. Offers that ended, with no open reservation, may be left out. */
export type BookState = {
  /** Both 1 … 2^43. */
  readonly nextOffer: OfferId
  readonly nextReservation: ReservationId
  readonly nextSequence: number
  readonly offers: readonly OfferState[]
  /** Held ones; ended ones may be left out. Ending one of those again is refused as ReservationEnded all the same. */
  readonly reservations: readonly ReservationState[]
}

/** The same as a store gives it: in any order, and its offers perhaps packed, as StoredOffers. */
export type StoredState = Omit<BookState, 'offers'> & { readonly offers: Iterable<OfferState> }
