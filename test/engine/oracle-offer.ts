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
  withdrawn: boolean
  reservations: Held[]
}

export const reserved = (offer: Posted): number => held(offer, 'held')
export const sold = (offer: Posted): number => held(offer, 'committed')
const unspoken = (offer: Posted): number => offer.quantity - held(offer, 'held', 'committed')
export const available = (offer: Posted): number => (offer.withdrawn ? 0 : unspoken(offer))
export const ended = (offer: Posted): boolean => available(offer) === 0 && reserved(offer) === 0

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
    withdrawnTonnes: unspoken(offer) - available(offer),
    availableTonnes: available(offer),
    suspended: offer.suspended,
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

export const total = (tonnes: number[]): number => tonnes.reduce((sum, one) => sum + one, 0)

function held(offer: Posted, ...statuses: ReservationStatus[]): number {
  return total(
    offer.reservations
      .filter(({ status }) => statuses.includes(status))
      .map(({ tonnes }) => tonnes),
  )
}
