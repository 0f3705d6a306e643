/** The commands of a seller. Each checks everything first, so that a refusal leaves no trace. */
import { isNumbering, isPrice, isQuantity, isRecord } from './bounds.ts'
import type {
  AmendOffer,
  BookEvent,
  ExpireOffer,
  OfferId,
  PlaceOffer,
  Rejected,
  ResumeOffer,
  SuspendOffer,
  WithdrawOffer,
} from './command.ts'
import type { Contents } from './contents.ts'
import type { OfferAttributes } from './filter.ts'
import { EXPIRED, QUEUED, SUSPENDED, WITHDRAWN } from './offer-records.ts'
import { rejected } from './rejection.ts'

export function placeOffer(contents: Contents, command: PlaceOffer): BookEvent | Rejected {
  const { seller, attributes, priceMinor, quantityTonnes } = command
  if (!isQuantity(quantityTonnes) || !hasRoom(contents, quantityTonnes)) {
    return rejected('InvalidQuantity')
  }
  if (!isPrice(priceMinor)) return rejected('InvalidPrice')
  if (!isNumbering(seller)) return rejected('InvalidSeller')
  if (!areAttributes(attributes)) return rejected('InvalidAttributes')
  const instrument = contents.instruments.of(attributes, seller)
  const offer = contents.nextOffer++
  const sequence = contents.nextSequence++
  contents.openTonnes += quantityTonnes
  contents.place(offer, priceMinor, sequence, instrument, 0, quantityTonnes, 0, 0)
  return { kind: 'OfferPlaced', offer, sequence }
}

/** Changing nothing is accepted and keeps the place. */
export function amendOffer(contents: Contents, command: AmendOffer): BookEvent | Rejected {
  const { quantityTonnes, priceMinor, attributes, offer } = command
  if (quantityTonnes !== undefined && !isQuantity(quantityTonnes)) {
    return rejected('InvalidQuantity')
  }
  if (priceMinor !== undefined && !isPrice(priceMinor)) return rejected('InvalidPrice')
  if (attributes !== undefined && !areAttributes(attributes)) return rejected('InvalidAttributes')
  const home = findOffer(contents, offer)
  if (home === 0) return notOpen(contents, offer)
  const { records } = contents.ladder
  const quantity = quantityTonnes ?? records.quantity(home)
  const price = priceMinor ?? contents.ladder.price(home)
  const [reserved, sold] = [records.reserved(home), records.sold(home)]
  const added = quantity - records.quantity(home)
  if (quantity < reserved + sold) return rejected('BelowReservedAndSold')
  if (!hasRoom(contents, added)) return rejected('InvalidQuantity')
  const present = records.instrument(home)
  const instrument = attributes
    ? contents.instruments.of(attributes, contents.instruments.seller(present))
    : present
  contents.openTonnes += added
  const restingBefore = records.resting(home)
  if (added <= 0 && price === contents.ladder.price(home) && instrument === present) {
    const sequence = records.sequence(home)
    records.setTonnes(home, quantity, reserved, sold)
    contents.moved(home, restingBefore)
    contents.closeIfEnded(home)
    return { kind: 'OfferAmended', offer, sequence }
  }
  const sequence = contents.nextSequence++
  const flags = records.flags(home) & ~QUEUED
  records.addFlag(home, SUSPENDED)
  contents.moved(home, restingBefore)
  contents.uproot(home)
  const newHome = contents.place(
    offer,
    price,
    sequence,
    instrument,
    flags,
    quantity,
    reserved,
    sold,
  )
  contents.closeIfEnded(newHome)
  return { kind: 'OfferAmended', offer, sequence }
}

export function withdrawOffer(contents: Contents, command: WithdrawOffer): BookEvent | Rejected {
  const { offer } = command
  const home = findOffer(contents, offer)
  if (home === 0) return notOpen(contents, offer)
  return { kind: 'OfferWithdrawn', offer, withdrawnTonnes: contents.withdraw(home) }
}

export function suspendOffer(contents: Contents, command: SuspendOffer): BookEvent | Rejected {
  const { offer } = command
  const home = findOffer(contents, offer)
  if (home === 0) return notOpen(contents, offer)
  if (hasFlag(contents, home, SUSPENDED)) return rejected('OfferAlreadySuspended')
  addFlag(contents, home, SUSPENDED)
  return { kind: 'OfferSuspended', offer }
}

export function resumeOffer(contents: Contents, command: ResumeOffer): BookEvent | Rejected {
  const { offer } = command
  const home = findOffer(contents, offer)
  if (home === 0) return notOpen(contents, offer)
  if (!hasFlag(contents, home, SUSPENDED)) return rejected('OfferNotSuspended')
  contents.ladder.records.removeFlag(home, SUSPENDED)
  contents.moved(home, 0)
  return { kind: 'OfferResumed', offer }
}

export function expireOffer(contents: Contents, command: ExpireOffer): BookEvent | Rejected {
  const { offer } = command
  const home = findOffer(contents, offer)
  if (home === 0) return notOpen(contents, offer)
  if (hasFlag(contents, home, EXPIRED)) return rejected('OfferAlreadyExpired')
  addFlag(contents, home, EXPIRED)
  return { kind: 'OfferExpired', offer }
}

/** The home of an offer that may still be changed by its seller, or 0. */
function findOffer(contents: Contents, offer: OfferId): number {
  const home = contents.homeOf(offer)
  return home !== 0 && hasFlag(contents, home, WITHDRAWN) ? 0 : home
}

/** Ids are dense and never reused, so every whole number below the next one has been given. */
function notOpen(contents: Contents, offer: unknown): Rejected {
  const given = Number.isSafeInteger(offer) && (offer as number) >= 1
  return rejected(given && (offer as number) < contents.nextOffer ? 'OfferEnded' : 'UnknownOffer')
}

function hasFlag(contents: Contents, home: number, flag: number): boolean {
  return (contents.ladder.records.flags(home) & flag) !== 0
}

function addFlag(contents: Contents, home: number, flag: number): void {
  const restingBefore = contents.ladder.records.resting(home)
  contents.ladder.records.addFlag(home, flag)
  contents.moved(home, restingBefore)
}

/** Whether the book's open tonnes stay a safe integer with so many more. */
function hasRoom(contents: Contents, addedTonnes: number): boolean {
  return contents.openTonnes <= Number.MAX_SAFE_INTEGER - addedTonnes
}

/** Whether each attribute is there, and a number of a name. */
export function areAttributes(attributes: unknown): attributes is OfferAttributes {
  if (!isRecord(attributes)) return false
  const { project, host, scope, technology, methodology, vintage, unitType } =
    attributes as OfferAttributes
  return (
    isNumbering(project) &&
    isNumbering(host) &&
    isNumbering(scope) &&
    isNumbering(technology) &&
    isNumbering(methodology) &&
    isNumbering(vintage) &&
    isNumbering(unitType)
  )
}
