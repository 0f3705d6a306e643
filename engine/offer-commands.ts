/** The commands of a seller. Each checks everything first, so that a refusal leaves no trace. */
import { isNumbering, isPrice, isQuantity } from './bounds.ts'
import type {
  AmendOffer,
  BookEvent,
  PlaceOffer,
  Rejected,
  ResumeOffer,
  SuspendOffer,
  WithdrawOffer,
} from './command.ts'
import { type Contents, closeIfEnded, findOffer } from './contents.ts'
import { readAttributes } from './matcher.ts'
import { type Offer, settledTonnes } from './offer.ts'
import { isRejected, rejected } from './rejection.ts'

export function placeOffer(contents: Contents, command: PlaceOffer): BookEvent | Rejected {
  const { seller, priceMinor, quantityTonnes } = command
  if (!isQuantity(quantityTonnes) || !hasRoom(contents, quantityTonnes)) {
    return rejected('InvalidQuantity')
  }
  if (!isPrice(priceMinor)) return rejected('InvalidPrice')
  if (!isNumbering(seller)) return rejected('InvalidSeller')
  const attributes = readAttributes(command.attributes)
  if (!attributes) return rejected('InvalidAttributes')
  const offer: Offer = {
    offer: contents.nextOffer++,
    seller,
    attributes,
    priceMinor,
    sequence: contents.nextSequence++,
    quantityTonnes,
    reservedTonnes: 0,
    soldTonnes: 0,
    withdrawnTonnes: 0,
    availableTonnes: quantityTonnes,
    suspended: false,
    withdrawn: false,
  }
  contents.offers.set(offer.offer, offer)
  contents.openTonnes += quantityTonnes
  contents.ladder.refresh(offer, 0)
  return { kind: 'OfferPlaced', offer: offer.offer, sequence: offer.sequence }
}

/** Changing nothing is accepted and keeps the place. */
export function amendOffer(contents: Contents, command: AmendOffer): BookEvent | Rejected {
  const { quantityTonnes, priceMinor } = command
  if (quantityTonnes !== undefined && !isQuantity(quantityTonnes)) {
    return rejected('InvalidQuantity')
  }
  if (priceMinor !== undefined && !isPrice(priceMinor)) return rejected('InvalidPrice')
  const offer = findOffer(contents, command.offer)
  if (isRejected(offer)) return offer
  const quantity = quantityTonnes ?? offer.quantityTonnes
  const price = priceMinor ?? offer.priceMinor
  const available = quantity - settledTonnes(offer)
  const added = quantity - offer.quantityTonnes
  if (available < 0) return rejected('BelowReservedAndSold')
  if (!hasRoom(contents, added)) return rejected('InvalidQuantity')
  contents.ladder.remove(offer)
  if (added > 0 || price !== offer.priceMinor) offer.sequence = contents.nextSequence++
  offer.priceMinor = price
  offer.quantityTonnes = quantity
  offer.availableTonnes = available
  contents.openTonnes += added
  contents.ladder.refresh(offer, 0)
  closeIfEnded(contents, offer)
  return { kind: 'OfferAmended', offer: offer.offer, sequence: offer.sequence }
}

export function withdrawOffer(contents: Contents, command: WithdrawOffer): BookEvent | Rejected {
  const offer = findOffer(contents, command.offer)
  if (isRejected(offer)) return offer
  const withdrawnTonnes = offer.availableTonnes
  contents.ladder.remove(offer)
  offer.withdrawn = true
  offer.availableTonnes = 0
  offer.withdrawnTonnes += withdrawnTonnes
  contents.openTonnes -= withdrawnTonnes
  closeIfEnded(contents, offer)
  return { kind: 'OfferWithdrawn', offer: offer.offer, withdrawnTonnes }
}

export function suspendOffer(contents: Contents, command: SuspendOffer): BookEvent | Rejected {
  const offer = findOffer(contents, command.offer)
  if (isRejected(offer)) return offer
  if (offer.suspended) return rejected('OfferAlreadySuspended')
  contents.ladder.remove(offer)
  offer.suspended = true
  return { kind: 'OfferSuspended', offer: offer.offer }
}

export function resumeOffer(contents: Contents, command: ResumeOffer): BookEvent | Rejected {
  const offer = findOffer(contents, command.offer)
  if (isRejected(offer)) return offer
  if (!offer.suspended) return rejected('OfferNotSuspended')
  offer.suspended = false
  contents.ladder.refresh(offer, 0)
  return { kind: 'OfferResumed', offer: offer.offer }
}

/** Whether the book's open tonnes stay a safe integer with so many more. */
function hasRoom(contents: Contents, addedTonnes: number): boolean {
  return contents.openTonnes <= Number.MAX_SAFE_INTEGER - addedTonnes
}
