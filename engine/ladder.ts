/** The offers that a query may take: price levels in ascending order, each a queue in order of sequence. */
import { type Offer, restingTonnes } from './offer.ts'

/** The resting offers at one price. Never empty. */
export type Level = {
  readonly priceMinor: number
  /** The sum of what its offers have available. */
  quantityTonnes: number
  /** Earliest first; every one has something available and none is suspended. */
  readonly queue: Offer[]
}

export class Ladder {
  readonly #levels: Level[] = []

  /** Best price first. */
  get levels(): readonly Level[] {
    return this.#levels
  }

  /**
   * Brings an offer's place and its level's total in step with the offer, which rested with `tonnesBefore` tonnes at the
   * same price and sequence until now. An offer with nothing left leaves; one that comes back gets its own place again.
   */
  refresh(offer: Offer, tonnesBefore: number): void {
    this.#shift(offer, tonnesBefore, restingTonnes(offer))
  }

  /** Takes an offer out, before its price or its sequence changes. */
  remove(offer: Offer): void {
    this.#shift(offer, restingTonnes(offer), 0)
  }

  #shift(offer: Offer, before: number, after: number): void {
    if (before === after) return
    const at = firstIndex(this.#levels, (level) => level.priceMinor >= offer.priceMinor)
    const level = this.#levelAt(at, offer.priceMinor)
    const place = firstIndex(level.queue, (other) => other.sequence >= offer.sequence)
    if (before === 0) level.queue.splice(place, 0, offer)
    if (after === 0) level.queue.splice(place, 1)
    level.quantityTonnes += after - before
    if (level.queue.length === 0) this.#levels.splice(at, 1)
  }

  #levelAt(at: number, priceMinor: number): Level {
    const found = this.#levels[at]
    if (found?.priceMinor === priceMinor) return found
    const level: Level = { priceMinor, quantityTonnes: 0, queue: [] }
    this.#levels.splice(at, 0, level)
    return level
  }
}

/** The first index where `holds` is true, in an array where it is false and then true; the length when nowhere. */
function firstIndex<Item>(items: readonly Item[], holds: (item: Item) => boolean): number {
  let low = 0
  let high = items.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (holds(items[middle] as Item)) high = middle
    else low = middle + 1
  }
  return low
}
