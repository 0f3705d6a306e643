import type { Book, OfferAttributes } from '@offset-button/engine'
import { unexpected } from './answers.ts'
import type { Offers } from './offers.ts'

/** Places the offers `from` … `to − 1` and keeps their ids. Each command is built here, as a caller builds it from a request. */
export function placeOffers(
  apply: Book['apply'],
  offers: Offers,
  from: number,
  to: number,
  ids: Int32Array,
): void {
  const { instruments, instrumentOf, sellerOf, priceMinor, quantityTonnes } = offers
  for (let at = from; at < to; at++) {
    const instrument = instruments[instrumentOf[at] as number] as OfferAttributes
    const event = apply({
      kind: 'PlaceOffer',
      seller: sellerOf[at] as number,
      attributes: {
        project: instrument.project,
        host: instrument.host,
        scope: instrument.scope,
        technology: instrument.technology,
        methodology: instrument.methodology,
        vintage: instrument.vintage,
        unitType: instrument.unitType,
      },
      priceMinor: priceMinor[at] as number,
      quantityTonnes: quantityTonnes[at] as number,
    })
    if (event.kind !== 'OfferPlaced') throw unexpected(event)
    ids[at] = event.offer
  }
}
