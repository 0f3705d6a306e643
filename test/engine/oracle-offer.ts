/** The oracle's offers and reservations; whatever can be derived from them is summed each time. */
import type {
  OfferAttributes,
  OfferState,
  ReservationState,
  ReservationStatus,
} from '@offset-button/engine'

export type Held = {
  id: number
  offer: Posted
  price: number
  tonnes: number
  expiresAt: number
  status: ReservationStatus
}

export type Posted = {
  id: number
  seller: number
  attributes: OfferAttributes
  price: number
  sequence: number
  quantity: number
  suspended: boolean
  expired: boolean
  withdrawn: boolean
  /** Held and committed ones; what was given back is as if it had never been reserved. */
  reservations: Held[]
}

export const reserved = (offer: Posted): number => sumOf(offer, 'held')
export const sold = (offer: Posted): number => sumOf(offer, 'committed')
const unspoken = (offer: Posted): number => offer.quantity - reserved(offer) - sold(offer)
export const available = (offer: Posted): number => (offer.withdrawn ? 0 : unspoken(offer))
export const withdrawn = (offer: Posted): number => (offer.withdrawn ? unspoken(offer) : 0)
export const ended = (offer: Posted): boolean => available(offer) === 0 && reserved(offer) === 0
/** Whether a query can take of it. */
export const takeable = (offer: Posted): boolean =>
  !offer.suspended && !offer.expired && available(offer) > 0

/** Best price first, then earliest. */
export const inTurn = (one: Posted, other: Posted): number =>
  one.price - other.price || one.sequence - other.sequence

export function offerState(offer: Posted): OfferState {
  return {
    offer: offer.id,
    seller: offer.seller,
    attributes: offer.attributes,
    priceMinor: offer.price,
    sequence: offer.sequence,
    quantityTonnes: offer.quantity,
    reservedTonnes: reserved(offer),
    soldTonnes: sold(offer),
    withdrawnTonnes: withdrawn(offer),
    availableTonnes: available(offer),
    suspended: offer.suspended,
    expired: offer.expired,
    withdrawn: offer.withdrawn,
  }
}

export function heldState(one: Held): ReservationState {
  return {
    reservation: one.id,
    offer: one.offer.id,
    priceMinor: one.price,
    quantityTonnes: one.tonnes,
    expiresAt: one.expiresAt,
    status: one.status,
  }
}

export const total = (tonnes: readonly number[]): number =>
  tonnes.reduce((sum, one) => sum + one, 0)

function sumOf(offer: Posted, wanted: ReservationStatus): number {
  let sum = 0
  for (const { status, tonnes } of offer.reservations) if (status === wanted) sum += tonnes
  return sum
}
