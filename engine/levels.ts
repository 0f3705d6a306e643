import { NONE } from './memory/tree.ts'

const RECENT = 4096

/** The price levels: what rests at each price, and the numbers by which offers name their price. */
export class Levels {
  /** Minor units a tonne; 0 for a level that is not used. */
  prices = new Int32Array(64)
  /** Tonnes that a query can take at the level. */
  tonnes = new Float64Array(64)
  /** Offers that a query can take something of. */
  resting = new Int32Array(64)
  /** Offers that have not ended. */
  offers = new Int32Array(64)
  /** Where the level's last offer was when it was placed. A guess, to be checked. */
  lastLeaves = new Int32Array(64)
  readonly #free: number[] = []
  /** The level that was last found at a price with these last bits, plus 1. A guess, to be checked. */
  readonly #recent = new Int32Array(RECENT)
  #length = 0

  /** The level at this price if it was found lately; else NONE, which says nothing. */
  recent(priceMinor: number): number {
    const level = (this.#recent[priceMinor & (RECENT - 1)] as number) - 1
    return level !== NONE && this.prices[level] === priceMinor ? level : NONE
  }

  note(level: number): void {
    this.#recent[(this.prices[level] as number) & (RECENT - 1)] = level + 1
  }

  /** A new level without offers. */
  open(priceMinor: number): number {
    const level = this.#free.pop() ?? this.#length++
    if (level === this.prices.length) this.#grow()
    this.prices[level] = priceMinor
    this.tonnes[level] = 0
    this.resting[level] = 0
    this.offers[level] = 0
    this.lastLeaves[level] = NONE
    return level
  }

  /** The level goes with its last offer. */
  removeOffer(level: number): void {
    const left = (this.offers[level] as number) - 1
    this.offers[level] = left
    if (left > 0) return
    this.prices[level] = 0
    this.#free.push(level)
  }

  #grow(): void {
    const length = this.prices.length * 2
    this.prices = longer(new Int32Array(length), this.prices)
    this.tonnes = longer(new Float64Array(length), this.tonnes)
    this.resting = longer(new Int32Array(length), this.resting)
    this.offers = longer(new Int32Array(length), this.offers)
    this.lastLeaves = longer(new Int32Array(length), this.lastLeaves)
  }
}

function longer<Column extends Int32Array | Float64Array>(to: Column, from: Column): Column {
  to.set(from)
  return to
}
