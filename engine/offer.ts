/** An offer as the book keeps it: a plain record that the commands change. */
import type { OfferState } from './state.ts'

export type Offer = { -readonly [Name in keyof OfferState]: OfferState[Name] }

/** What a query may take now: nothing while the offer is suspended. */
export function restingTonnes(offer: Offer): number {
  return offer.suspended ? 0 : offer.availableTonnes
}

/** What may still be sold: available or reserved. */
export function openTonnes(offer: Offer): number {
  return offer.availableTonnes + offer.reservedTonnes
}

/** The least that the whole quantity may be amended to. */
export function settledTonnes(offer: Offer): number {
  return offer.reservedTonnes + offer.soldTonnes + offer.withdrawnTonnes
}
