/** What a book is told, what it answers, and why it refuses. All numbers are safe integers. */
import type { Filter, OfferAttributes } from './filter.ts'

/** Dense, assigned by the book in order of placing, from 1, never reused. */
export type OfferId = number
/** Dense, assigned by the book, from 1, never reused. One reservation is one fill. */
export type ReservationId = number
/** A seller's number, given by the caller: 0 … MAX_NUMBER. */
export type SellerId = number

/**
 * Places a standing offer. `priceMinor`: 1 … MAX_PRICE_MINOR a tonne. `quantityTonnes`: 1 … MAX_QUANTITY_TONNES, and at most
 * what keeps the sum of all available and reserved tonnes of the book a safe integer; else InvalidQuantity.
 */
export type PlaceOffer = {
  readonly kind: 'PlaceOffer'
  readonly seller: SellerId
  readonly attributes: OfferAttributes
  readonly priceMinor: number
  readonly quantityTonnes: number
}

/**
 * Changes price, quantity (the whole quantity ever offered, not what is left of it) or attributes. Less keeps priority;
 * more, another price or another attribute goes behind the offers already at the price. Reserved tonnes keep the terms they
 * were reserved at.
 */
export type AmendOffer = {
  readonly kind: 'AmendOffer'
  readonly offer: OfferId
  readonly priceMinor?: number
  readonly quantityTonnes?: number
  readonly attributes?: OfferAttributes
}

/** Withdraws what is available; tonnes released later go to withdrawn, a commit still sells. */
export type WithdrawOffer = { readonly kind: 'WithdrawOffer'; readonly offer: OfferId }

/** Takes an offer out of every match until it is resumed at its old place. Open reservations are untouched. */
export type SuspendOffer = { readonly kind: 'SuspendOffer'; readonly offer: OfferId }
export type ResumeOffer = { readonly kind: 'ResumeOffer'; readonly offer: OfferId }
/**
 * Takes an offer out of every match for good, because its units have expired (tCER, lCER). It stays until it is withdrawn, so
 * that an explanation can name it. Open reservations are untouched; the registry judges them.
 */
export type ExpireOffer = { readonly kind: 'ExpireOffer'; readonly offer: OfferId }

/** What a buyer wants: exactly one of `quantityTonnes` and `budgetMinor`. */
export type Query = {
  readonly quantityTonnes?: number
  /** The most the fills may cost together, 1 or more. Takes as many whole tonnes, best price first, as this pays for. */
  readonly budgetMinor?: number
  /** Absent matches every offer. */
  readonly filter?: Filter
  /** Inclusive, 1 … MAX_PRICE_MINOR a tonne, for each fill. */
  readonly maxPriceMinor?: number
  /** Inclusive, minor units, 1 or more, for the sum of the fills. Passing it refuses; it never shortens the fill. */
  readonly maxTotalMinor?: number
  /**
   * True: the whole quantity or nothing; with a budget, nothing when the offers end while the money would still pay for
   * another tonne at the last price. False: as much as there is, at least one tonne.
   */
  readonly allOrNone: boolean
  /** A seller whose own offers are passed over. */
  readonly buyer?: SellerId
}

/** Fills a query and holds each fill as a reservation until `expiresAt` (epoch milliseconds). */
export type Reserve = {
  readonly kind: 'Reserve'
  readonly query: Query
  readonly expiresAt: number
}
export type CommitReservation = {
  readonly kind: 'CommitReservation'
  readonly reservation: ReservationId
}
export type ReleaseReservation = {
  readonly kind: 'ReleaseReservation'
  readonly reservation: ReservationId
}
/** Moves the expiry; never to an earlier time. */
export type ExtendReservation = {
  readonly kind: 'ExtendReservation'
  readonly reservation: ReservationId
  readonly expiresAt: number
}
/** Expires a reservation whose time has come: allowed when `now >= expiresAt`, refused before. */
export type ExpireReservation = {
  readonly kind: 'ExpireReservation'
  readonly reservation: ReservationId
  readonly now: number
}

export type Command =
  | PlaceOffer
  | AmendOffer
  | WithdrawOffer
  | SuspendOffer
  | ResumeOffer
  | ExpireOffer
  | Reserve
  | CommitReservation
  | ReleaseReservation
  | ExtendReservation
  | ExpireReservation

/** One order meets one offer, at the offer's price. */
export type Fill = {
  readonly offer: OfferId
  readonly priceMinor: number
  readonly quantityTonnes: number
}

export type ReservedFill = Fill & { readonly reservation: ReservationId }

/** What a query would take now. `costMinor` is exact, and may pass 2^53. */
export type Quote = {
  readonly fills: readonly Fill[]
  readonly quantityTonnes: number
  readonly costMinor: bigint
}

export type BookEvent =
  | { readonly kind: 'OfferPlaced'; readonly offer: OfferId; readonly sequence: number }
  | { readonly kind: 'OfferAmended'; readonly offer: OfferId; readonly sequence: number }
  | { readonly kind: 'OfferWithdrawn'; readonly offer: OfferId; readonly withdrawnTonnes: number }
  | { readonly kind: 'OfferSuspended'; readonly offer: OfferId }
  | { readonly kind: 'OfferResumed'; readonly offer: OfferId }
  | { readonly kind: 'OfferExpired'; readonly offer: OfferId }
  | {
      readonly kind: 'Reserved'
      readonly fills: readonly ReservedFill[]
      readonly quantityTonnes: number
      readonly costMinor: bigint
    }
  | { readonly kind: 'ReservationCommitted'; readonly reservation: ReservationId }
  | { readonly kind: 'ReservationReleased'; readonly reservation: ReservationId }
  | { readonly kind: 'ReservationExtended'; readonly reservation: ReservationId }
  | { readonly kind: 'ReservationExpired'; readonly reservation: ReservationId }

/** Why a command or a query is refused, in order of precedence. A refusal changes nothing. */
export const REJECTION_REASONS = [
  'InvalidQuantity',
  'InvalidPrice',
  'InvalidSeller',
  'InvalidAttributes',
  'InvalidFilter',
  'InvalidLimit',
  'InvalidTime',
  'UnknownOffer',
  'OfferEnded',
  'OfferAlreadySuspended',
  'OfferNotSuspended',
  'OfferAlreadyExpired',
  'BelowReservedAndSold',
  'UnknownReservation',
  'ReservationEnded',
  'ReservationNotYetExpired',
  'ExpiryMovedBack',
  'NothingAvailable',
  'NotEnoughAvailable',
  'TooManyFills',
  'TotalLimitExceeded',
  'BudgetTooSmall',
] as const
export type RejectionReason = (typeof REJECTION_REASONS)[number]

/** A refusal. How much there would be instead is answered by a quote that is not all-or-none. */
export type Rejected = { readonly kind: 'Rejected'; readonly reason: RejectionReason }

/** 10^9 minor units a tonne. */
export const MAX_PRICE_MINOR = 1_000_000_000
/** 10^12 tonnes, an offer or an order; 10^3 such offers still sum safely. */
export const MAX_QUANTITY_TONNES = 1_000_000_000_000
/** The largest number of a seller, or of an attribute's name: 2^31 − 1. */
export const MAX_NUMBER = 2_147_483_647
