import { Float64Pages, Int32Pages } from './memory/pages.ts'
import { NONE } from './memory/tree.ts'

const RECENT = 4096

/** The price levels: what rests at each price, and the numbers by which offers name their price. */
export class Levels {
  /** Minor units a tonne; 0 for a level that is not used. */
  readonly prices = new Int32Pages()
  /** Tonnes that a query can take at the level. */
  readonly tonnes = new Float64Pages()
  /** Offers that a query can take something of. */
  readonly resting = new Int32Pages()
  /** Offers that have not ended. */
  readonly offers = new Int32Pages()
  /** Where the level's last offer was when it was placed. A guess, to be checked. */
  readonly lastLeaves = new Int32Pages()
  readonly #columns = [this.prices, this.tonnes, this.resting, this.offers, this.lastLeaves]
  readonly #free: number[] = []
  /** The level that was last found at a price with these last bits, plus 1. A guess, to be checked. */
  readonly #recent = new Int32Array(RECENT)
  #length = 0

  /** The level at this price if it was found lately; else NONE, which says nothing. */
  recent(priceMinor: number): number {
    const level = (this.#recent[priceMinor & (RECENT - 1)] as number) - 1
    return level !== NONE && this.prices.get(level) === priceMinor ? level : NONE
  }

  note(level: number): void {
    this.#recent[this.prices.get(level) & (RECENT - 1)] = level + 1
  }

  /** A new level without offers. */
  open(priceMinor: number): number {
    const level = this.#free.pop() ?? this.#length++
    for (const column of this.#columns) column.reserve(level + 1)
    this.prices.set(level, priceMinor)
    this.tonnes.set(level, 0)
    this.resting.set(level, 0)
    this.offers.set(level, 0)
    this.lastLeaves.set(level, NONE)
    return level
  }

  /** The level goes with its last offer. */
  removeOffer(level: number): void {
    const left = this.offers.get(level) - 1
    this.offers.set(level, left)
    if (left > 0) return
    this.prices.set(level, 0)
    this.#free.push(level)
  }
}
