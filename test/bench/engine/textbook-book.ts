/**
 * The order book of the textbooks, to measure against: a map of the offers by id, a doubly linked queue for each price, and the
 * price levels in a sorted array. One instrument: no filters, no reservations, and input is believed.
 */
export interface TextbookFill {
  readonly id: number
  readonly priceMinor: number
  readonly quantityTonnes: number
}

/** Every operation is O(1) but for a price that appears or vanishes, which moves the dearer or cheaper levels of an array. */
export class TextbookBook {
  readonly #offers = new Map<number, Offer>()
  readonly #levelAt = new Map<number, Level>()
  /** Dearest first, so that the cheapest comes and goes at the end. */
  readonly #levels: Level[] = []

  /** `id` must be new. */
  place(id: number, priceMinor: number, quantityTonnes: number): void {
    const level = this.#levelAt.get(priceMinor) ?? this.#openLevel(priceMinor)
    const offer: Offer = { id, level, quantityTonnes, before: level.last, after: undefined }
    if (level.last) level.last.after = offer
    else level.first = offer
    level.last = offer
    this.#offers.set(id, offer)
  }

  /** False when there is no such offer. */
  withdraw(id: number): boolean {
    const offer = this.#offers.get(id)
    if (!offer) return false
    this.#remove(offer)
    return true
  }

  /** Takes up to so many tonnes, cheapest first, then earliest. */
  take(quantityTonnes: number): TextbookFill[] {
    const fills: TextbookFill[] = []
    let left = quantityTonnes
    let offer = this.#levels.at(-1)?.first
    while (left > 0 && offer) {
      const taken = Math.min(left, offer.quantityTonnes)
      fills.push({ id: offer.id, priceMinor: offer.level.priceMinor, quantityTonnes: taken })
      left -= taken
      offer.quantityTonnes -= taken
      if (offer.quantityTonnes === 0) this.#remove(offer)
      offer = this.#levels.at(-1)?.first
    }
    return fills
  }

  #remove(offer: Offer): void {
    const { level, before, after } = offer
    if (before) before.after = after
    else level.first = after
    if (after) after.before = before
    else level.last = before
    this.#offers.delete(offer.id)
    if (!level.first) this.#closeLevel(level)
  }

  #openLevel(priceMinor: number): Level {
    const level: Level = { priceMinor, first: undefined, last: undefined }
    this.#levels.splice(this.#placeOf(priceMinor), 0, level)
    this.#levelAt.set(priceMinor, level)
    return level
  }

  #closeLevel(level: Level): void {
    this.#levels.splice(this.#placeOf(level.priceMinor), 1)
    this.#levelAt.delete(level.priceMinor)
  }

  /** Where a price stands, or would stand, among the levels. */
  #placeOf(priceMinor: number): number {
    let low = 0
    let high = this.#levels.length
    while (low < high) {
      const middle = (low + high) >>> 1
      const level = this.#levels[middle] as Level
      if (level.priceMinor > priceMinor) low = middle + 1
      else high = middle
    }
    return low
  }
}

interface Level {
  readonly priceMinor: number
  first: Offer | undefined
  last: Offer | undefined
}

interface Offer {
  readonly id: number
  readonly level: Level
  quantityTonnes: number
  before: Offer | undefined
  after: Offer | undefined
}
