/** Why a query takes what it takes, and where an offer stands. */
import type { OfferId, Quote, Rejected } from './command.ts'

/**
 * Why an offer that comes before the last fill was not taken, the first that holds: outside the filter, the buyer's own,
 * withdrawn, its units expired, suspended, all that is left of it held by others' reservations. A withdrawn offer is open as
 * long as some of it is reserved. Of offers that ended, which have to be given, as from a journal, those inside the filter
 * and not the buyer's own are told: withdrawn or exhausted.
 */
export const PASSED_OVER_REASONS = [
  'OutsideFilter',
  'OwnOffer',
  'UnitsExpired',
  'Suspended',
  'Reserved',
  'Exhausted',
  'Withdrawn',
] as const
export type PassedOverReason = (typeof PASSED_OVER_REASONS)[number]

/** So many offers, and tonnes of them. */
export type OfferTally = { readonly offers: number; readonly quantityTonnes: number }

export type PassedOver = {
  readonly offer: OfferId
  readonly reason: PassedOverReason
  readonly priceMinor: number
  /** What is available of it; of a Reserved one what is reserved, of an Exhausted one what was sold, of a Withdrawn one that. */
  readonly quantityTonnes: number
}

/**
 * The offers at better prices, or earlier at the price of the last fill, that a query passed over; where it took nothing, or
 * a partial order took all there was, all up to its price limit.
 */
export type Explanation = {
  /** What was taken, in the order of taking. */
  readonly answer: Quote | Rejected
  readonly passedOver: Readonly<Record<PassedOverReason, OfferTally>>
  /** The first of them, best price first, then earliest; at most MAX_EXAMPLES. */
  readonly examples: readonly PassedOver[]
}
export const MAX_EXAMPLES = 20

/** What a query would take before it comes to an offer. */
export type Standing = {
  /** At better prices. */
  readonly better: OfferTally
  /** Earlier at its own price. */
  readonly earlier: OfferTally
}
