/** The commands of an order: tonnes are reserved, and each reservation ends exactly once. */
import { isTime } from './bounds.ts'
import type {
  BookEvent,
  CommitReservation,
  ExpireReservation,
  ExtendReservation,
  Rejected,
  ReleaseReservation,
  Reserve,
  ReservedFill,
} from './command.ts'
import {
  type Contents,
  closeIfEnded,
  endReservation,
  findReservation,
  type Reservation,
} from './contents.ts'
import { match } from './matching.ts'
import { restingTonnes } from './offer.ts'
import { readQuery } from './query.ts'
import { isRejected, rejected } from './rejection.ts'

/** Refused as `readQuery` and `match` refuse, or as InvalidTime. */
export function reserve(
  contents: Contents,
  command: Reserve,
  maxFills: number,
): BookEvent | Rejected {
  const { query, expiresAt } = command
  const wanted = readQuery(query)
  if (isRejected(wanted)) return wanted
  if (!isTime(expiresAt)) return rejected('InvalidTime')
  const matched = match(contents.ladder, wanted, maxFills)
  if (isRejected(matched)) return matched
  const fills: ReservedFill[] = []
  for (const { from, offer, priceMinor, quantityTonnes } of matched.fills) {
    const reservation = contents.nextReservation++
    const tonnesBefore = restingTonnes(from)
    from.availableTonnes -= quantityTonnes
    from.reservedTonnes += quantityTonnes
    contents.ladder.refresh(from, tonnesBefore)
    contents.reservations.set(reservation, {
      reservation,
      offer,
      priceMinor,
      quantityTonnes,
      expiresAt,
      status: 'held',
    })
    fills.push({ reservation, offer, priceMinor, quantityTonnes })
  }
  const { quantityTonnes, costMinor } = matched
  return { kind: 'Reserved', fills, quantityTonnes, costMinor }
}

/** Allowed as long as the reservation is held, also when its time has come: only a command expires it. */
export function commitReservation(
  contents: Contents,
  command: CommitReservation,
): BookEvent | Rejected {
  const found = findReservation(contents, command.reservation)
  if (isRejected(found)) return found
  const offer = endReservation(contents, found, 'committed')
  offer.reservedTonnes -= found.quantityTonnes
  offer.soldTonnes += found.quantityTonnes
  contents.openTonnes -= found.quantityTonnes
  closeIfEnded(contents, offer)
  return { kind: 'ReservationCommitted', reservation: found.reservation }
}

export function releaseReservation(
  contents: Contents,
  command: ReleaseReservation,
): BookEvent | Rejected {
  const found = findReservation(contents, command.reservation)
  if (isRejected(found)) return found
  giveBack(contents, found, 'released')
  return { kind: 'ReservationReleased', reservation: found.reservation }
}

export function extendReservation(
  contents: Contents,
  command: ExtendReservation,
): BookEvent | Rejected {
  if (!isTime(command.expiresAt)) return rejected('InvalidTime')
  const found = findReservation(contents, command.reservation)
  if (isRejected(found)) return found
  if (command.expiresAt < found.expiresAt) return rejected('ExpiryMovedBack')
  found.expiresAt = command.expiresAt
  return { kind: 'ReservationExtended', reservation: found.reservation }
}

export function expireReservation(
  contents: Contents,
  command: ExpireReservation,
): BookEvent | Rejected {
  if (!isTime(command.now)) return rejected('InvalidTime')
  const found = findReservation(contents, command.reservation)
  if (isRejected(found)) return found
  if (command.now < found.expiresAt) return rejected('ReservationNotYetExpired')
  giveBack(contents, found, 'expired')
  return { kind: 'ReservationExpired', reservation: found.reservation }
}

/** Returns the tonnes to the offer's place, or to withdrawn when the offer has been withdrawn meanwhile. */
function giveBack(
  contents: Contents,
  reservation: Reservation,
  status: 'released' | 'expired',
): void {
  const offer = endReservation(contents, reservation, status)
  const tonnesBefore = restingTonnes(offer)
  offer.reservedTonnes -= reservation.quantityTonnes
  if (offer.withdrawn) {
    offer.withdrawnTonnes += reservation.quantityTonnes
    contents.openTonnes -= reservation.quantityTonnes
  } else {
    offer.availableTonnes += reservation.quantityTonnes
  }
  contents.ladder.refresh(offer, tonnesBefore)
  closeIfEnded(contents, offer)
}
