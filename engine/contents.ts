/** What a book holds, and how its parts are looked up and closed. */
import type { OfferId, Rejected, ReservationId } from './command.ts'
import { Ladder } from './ladder.ts'
import { type Offer, openTonnes } from './offer.ts'
import { rejected } from './rejection.ts'
import type { OfferState, ReservationState, ReservationStatus } from './state.ts'

export type Reservation = { -readonly [Name in keyof ReservationState]: ReservationState[Name] }

export type Contents = {
  nextOffer: OfferId
  nextReservation: ReservationId
  nextSequence: number
  /** Available and reserved tonnes of all offers; kept a safe integer, so that every sum below it is one. */
  openTonnes: number
  /** Open ones only, so that memory follows what is open and not what has been. */
  readonly offers: Map<OfferId, Offer>
  /** Held ones only. */
  readonly reservations: Map<ReservationId, Reservation>
  readonly ladder: Ladder
  /** The last to end stay readable, so that whoever stores the book sees their final state. */
  lastEndedOffer: Offer | undefined
  lastEndedReservation: Reservation | undefined
}

export function emptyContents(): Contents {
  return {
    nextOffer: 1,
    nextReservation: 1,
    nextSequence: 1,
    openTonnes: 0,
    offers: new Map(),
    reservations: new Map(),
    ladder: new Ladder(),
    lastEndedOffer: undefined,
    lastEndedReservation: undefined,
  }
}

/** An offer that may still be amended, withdrawn, suspended or resumed. Refused as UnknownOffer or OfferEnded. */
export function findOffer(contents: Contents, offer: OfferId): Offer | Rejected {
  const found = contents.offers.get(offer)
  if (found) return found.withdrawn ? rejected('OfferEnded') : found
  return rejected(wasGiven(offer, contents.nextOffer) ? 'OfferEnded' : 'UnknownOffer')
}

/** A held reservation. Refused as UnknownReservation or ReservationEnded. */
export function findReservation(
  contents: Contents,
  reservation: ReservationId,
): Reservation | Rejected {
  const found = contents.reservations.get(reservation)
  if (found) return found
  const given = wasGiven(reservation, contents.nextReservation)
  return rejected(given ? 'ReservationEnded' : 'UnknownReservation')
}

/** A copy of an open offer, or of the last that ended. */
export function offerState(contents: Contents, offer: OfferId): OfferState | undefined {
  const ended = contents.lastEndedOffer
  const found = contents.offers.get(offer) ?? (ended?.offer === offer ? ended : undefined)
  return found && { ...found }
}

/** A copy of a held reservation, or of the last that ended. */
export function reservationState(
  contents: Contents,
  reservation: ReservationId,
): ReservationState | undefined {
  const ended = contents.lastEndedReservation
  const found =
    contents.reservations.get(reservation) ??
    (ended?.reservation === reservation ? ended : undefined)
  return found && { ...found }
}

/** Ends a held reservation and returns its offer, whose reserved tonnes the caller has to move on. */
export function endReservation(
  contents: Contents,
  reservation: Reservation,
  status: Exclude<ReservationStatus, 'held'>,
): Offer {
  reservation.status = status
  contents.reservations.delete(reservation.reservation)
  contents.lastEndedReservation = reservation
  return contents.offers.get(reservation.offer) as Offer
}

/** Drops an offer once nothing of it is available or reserved: it is exhausted or withdrawn for good. */
export function closeIfEnded(contents: Contents, offer: Offer): void {
  if (openTonnes(offer) > 0) return
  contents.offers.delete(offer.offer)
  contents.lastEndedOffer = offer
}

/** Ids are dense and never reused, so every whole number below the next one has been given. */
function wasGiven(id: unknown, next: number): boolean {
  return Number.isSafeInteger(id) && (id as number) >= 1 && (id as number) < next
}
