/** Offers as a store gives them, packed: what a book of a million is restored from, without an object for each. */
import { isNumbering, isPrice, isQuantity, isWhole } from './bounds.ts'
import type { OfferId, SellerId } from './command.ts'
import type { OfferAttributes } from './filter.ts'
import { RecordPages } from './memory/record-pages.ts'
import { sortedIndices } from './memory/sort.ts'
import { areAttributes } from './offer-commands.ts'
import { EXPIRED, SUSPENDED, WITHDRAWN } from './offer-records.ts'
import type { OfferState } from './state.ts'

/** The fields of a record: doubles, and words behind them. */
const OFFER = 0
const SEQUENCE = 1
const QUANTITY = 2
const RESERVED = 3
const SOLD = 4
const WITHDRAWN_TONNES = 5
const DOUBLES = 8
const PRICE = 12
const SELLER = 13
const FLAGS = 14

/** Offers by index from 0, in the order in which they were added: 72 bytes each. */
export class StoredOffers implements Iterable<OfferState> {
  readonly #pages = new RecordPages(DOUBLES)
  readonly #attributes: OfferAttributes[] = []

  get length(): number {
    return this.#attributes.length
  }

  /**
   * Copies an offer. Its attributes are kept as they are, and best shared with those that are alike. Throws an Error that names
   * the rule of a book which this offer breaks.
   */
  add(offer: OfferState): void {
    const fault = faultOf(offer)
    if (fault !== undefined) throw notOfABook(`offer ${offer.offer}: ${fault}`)
    const index = this.#attributes.push(offer.attributes) - 1
    const pages = this.#pages
    pages.reserve(index + 1)
    pages.setDouble(index, OFFER, offer.offer)
    pages.setDouble(index, SEQUENCE, offer.sequence)
    pages.setDouble(index, QUANTITY, offer.quantityTonnes)
    pages.setDouble(index, RESERVED, offer.reservedTonnes)
    pages.setDouble(index, SOLD, offer.soldTonnes)
    pages.setDouble(index, WITHDRAWN_TONNES, offer.withdrawnTonnes)
    pages.setWord(index, PRICE, offer.priceMinor)
    pages.setWord(index, SELLER, offer.seller)
    const { suspended, expired, withdrawn } = offer
    const flags =
      (suspended ? SUSPENDED : 0) | (expired ? EXPIRED : 0) | (withdrawn ? WITHDRAWN : 0)
    pages.setWord(index, FLAGS, flags)
  }

  /** Their indices by ascending sequence. Throws an Error where two have the same. */
  bySequence(): Uint32Array {
    const sequences = new Float64Array(this.length)
    for (let index = 0; index < this.length; index++) sequences[index] = this.sequence(index)
    const order = sortedIndices(sequences)
    for (let at = 1; at < order.length; at++) {
      const [before, index] = [order[at - 1] as number, order[at] as number]
      if (sequences[before] !== sequences[index]) continue
      const offer = this.offer(index)
      const fault = this.offer(before) === offer ? ' is there twice' : ": its sequence is another's"
      throw notOfABook(`offer ${offer}${fault}`)
    }
    return order
  }

  offer(index: number): OfferId {
    return this.#pages.double(index, OFFER)
  }

  seller(index: number): SellerId {
    return this.#pages.word(index, SELLER)
  }

  attributes(index: number): OfferAttributes {
    return this.#attributes[index] as OfferAttributes
  }

  priceMinor(index: number): number {
    return this.#pages.word(index, PRICE)
  }

  sequence(index: number): number {
    return this.#pages.double(index, SEQUENCE)
  }

  quantity(index: number): number {
    return this.#pages.double(index, QUANTITY)
  }

  reserved(index: number): number {
    return this.#pages.double(index, RESERVED)
  }

  sold(index: number): number {
    return this.#pages.double(index, SOLD)
  }

  withdrawnTonnes(index: number): number {
    return this.#pages.double(index, WITHDRAWN_TONNES)
  }

  /** Tonnes that are available or reserved. */
  open(index: number): number {
    return this.quantity(index) - this.sold(index) - this.withdrawnTonnes(index)
  }

  /** SUSPENDED, EXPIRED and WITHDRAWN, as far as they are set. */
  flags(index: number): number {
    return this.#pages.word(index, FLAGS)
  }

  *[Symbol.iterator](): Generator<OfferState> {
    for (let index = 0; index < this.length; index++) {
      const flags = this.flags(index)
      yield {
        offer: this.offer(index),
        seller: this.seller(index),
        attributes: this.attributes(index),
        priceMinor: this.priceMinor(index),
        sequence: this.sequence(index),
        quantityTonnes: this.quantity(index),
        reservedTonnes: this.reserved(index),
        soldTonnes: this.sold(index),
        withdrawnTonnes: this.withdrawnTonnes(index),
        availableTonnes: this.open(index) - this.reserved(index),
        suspended: (flags & SUSPENDED) !== 0,
        expired: (flags & EXPIRED) !== 0,
        withdrawn: (flags & WITHDRAWN) !== 0,
      }
    }
  }
}

/** The error of a store that disagrees with itself. */
export function notOfABook(what: string): Error {
  return new Error(`This is not the state of a book: ${what}.`)
}

/** The rule that an offer breaks, whatever else is stored. No text is made of one that breaks none. */
export function faultOf(offer: OfferState): string | undefined {
  const { quantityTonnes, availableTonnes, reservedTonnes, soldTonnes, withdrawnTonnes } = offer
  if (!isWhole(offer.offer, 1)) return 'was never given'
  if (!isWhole(offer.sequence, 1)) return 'sequence never given'
  if (!isNumbering(offer.seller)) return 'seller is no number'
  if (!isPrice(offer.priceMinor)) return 'priceMinor is out of bounds'
  if (!isQuantity(quantityTonnes)) return 'quantityTonnes is out of bounds'
  if (
    !isWhole(availableTonnes, 0) ||
    !isWhole(reservedTonnes, 0) ||
    !isWhole(soldTonnes, 0) ||
    !isWhole(withdrawnTonnes, 0)
  ) {
    return 'a part of it is no number of tonnes'
  }
  if (availableTonnes + reservedTonnes + soldTonnes + withdrawnTonnes !== quantityTonnes) {
    return 'its parts do not add up to its quantity'
  }
  const { suspended, expired, withdrawn } = offer
  if (
    typeof suspended !== 'boolean' ||
    typeof expired !== 'boolean' ||
    typeof withdrawn !== 'boolean'
  ) {
    return 'suspended, expired and withdrawn must be booleans'
  }
  if (withdrawn && availableTonnes > 0) return 'is withdrawn and still available'
  if (!withdrawn && withdrawnTonnes > 0) return 'is not withdrawn, and part of it is'
  if (!areAttributes(offer.attributes)) return 'its attributes are malformed'
  return undefined
}
