/** The commands of an order: tonnes are reserved, and each reservation ends exactly once. */
import { isTime } from './bounds.ts'
import type {
  BookEvent,
  CommitReservation,
  ExpireReservation,
  ExtendReservation,
  OfferId,
  Rejected,
  ReleaseReservation,
  ReservationId,
  Reserve,
  ReservedFill,
} from './command.ts'
import type { Contents } from './contents.ts'
import type { Matching } from './matching.ts'
import { rejected } from './rejection.ts'

/** Refused as a match is, or as InvalidTime where the query is well formed. */
export function reserve(
  contents: Contents,
  matching: Matching,
  command: Reserve,
): BookEvent | Rejected {
  const { query, expiresAt } = command
  const refusal = matching.match(query)
  if (!isTime(expiresAt) && !refusal?.startsWith('Invalid')) {
    return rejected('InvalidTime')
  }
  if (refusal) return rejected(refusal)
  const fills = new Array<ReservedFill>(matching.fills)
  for (let fill = 0; fill < matching.fills; fill++) {
    const quantityTonnes = matching.tonnes[fill] as number
    const priceMinor = matching.prices[fill] as number
    const reservation = contents.nextReservation++
    const offer = matching.offers[fill] as number
    const home = homeOf(contents, offer, matching.homes[fill] as number)
    contents.reservations.hold(reservation, offer, home, priceMinor, quantityTonnes, expiresAt)
    contents.hold(home, quantityTonnes, matching.available[fill] as number)
    fills[fill] = { reservation, offer, priceMinor, quantityTonnes }
  }
  const { quantityTonnes, costMinor } = matching
  return { kind: 'Reserved', fills, quantityTonnes, costMinor }
}

/** Allowed as long as the reservation is held, also when its time has come: only a command expires it. */
export function commitReservation(
  contents: Contents,
  command: CommitReservation,
): BookEvent | Rejected {
  const { reservation } = command
  if (contents.reservations.find(reservation) === 0) return notHeld(contents, reservation)
  const home = homeAt(contents, reservation)
  contents.reservations.end(reservation, 'committed')
  contents.sell(home, contents.reservations.quantity(reservation))
  return { kind: 'ReservationCommitted', reservation }
}

export function releaseReservation(
  contents: Contents,
  command: ReleaseReservation,
): BookEvent | Rejected {
  const { reservation } = command
  if (contents.reservations.find(reservation) === 0) return notHeld(contents, reservation)
  giveBack(contents, reservation, 'released')
  return { kind: 'ReservationReleased', reservation }
}

export function extendReservation(
  contents: Contents,
  command: ExtendReservation,
): BookEvent | Rejected {
  const { reservation, expiresAt } = command
  if (!isTime(expiresAt)) return rejected('InvalidTime')
  if (contents.reservations.find(reservation) === 0) return notHeld(contents, reservation)
  if (expiresAt < contents.reservations.expiresAt(reservation)) return rejected('ExpiryMovedBack')
  contents.reservations.extend(reservation, expiresAt)
  return { kind: 'ReservationExtended', reservation }
}

export function expireReservation(
  contents: Contents,
  command: ExpireReservation,
): BookEvent | Rejected {
  const { reservation, now } = command
  if (!isTime(now)) return rejected('InvalidTime')
  if (contents.reservations.find(reservation) === 0) return notHeld(contents, reservation)
  if (now < contents.reservations.expiresAt(reservation))
    return rejected('ReservationNotYetExpired')
  giveBack(contents, reservation, 'expired')
  return { kind: 'ReservationExpired', reservation }
}

/** Returns the tonnes to the offer's place, or to withdrawn when the offer has been withdrawn meanwhile. */
function giveBack(
  contents: Contents,
  reservation: ReservationId,
  status: 'released' | 'expired',
): void {
  const home = homeAt(contents, reservation)
  contents.reservations.end(reservation, status)
  contents.giveBack(home, contents.reservations.quantity(reservation))
}

/** Where the offer of a held reservation is: mostly where it was when it was reserved. */
function homeAt(contents: Contents, reservation: ReservationId): number {
  const { reservations } = contents
  return homeOf(contents, reservations.offer(reservation), reservations.home(reservation))
}

function homeOf(contents: Contents, offer: OfferId, guess: number): number {
  return contents.ladder.records.offer(guess) === offer ? guess : contents.homes.get(offer)
}

/** Ids are dense and never reused, so every whole number below the next one has been given. */
function notHeld(contents: Contents, reservation: unknown): Rejected {
  const given = Number.isSafeInteger(reservation) && (reservation as number) >= 1
  const ended = given && (reservation as number) < contents.nextReservation
  return rejected(ended ? 'ReservationEnded' : 'UnknownReservation')
}
