import { RecordPages } from './memory/record-pages.ts'
import { NONE } from './memory/tree.ts'

const TONNES = 0
const DOUBLES = 3
const PRICE = 2
const OPEN = 3
const RESTING = 4
const LAST_LEAF = 5

const RECENT = 4096

/** The price levels: what rests at each price, and the numbers by which offers name their price. */
export class Levels {
  readonly #levels = new RecordPages(DOUBLES)
  readonly #free: number[] = []
  /** The level that was last found at a price with these last bits, plus 1. A guess, to be checked. */
  readonly #recent = new Int32Array(RECENT)
  #length = 0

  /** The level at this price if it was found lately; else NONE, which says nothing. */
  recent(priceMinor: number): number {
    const level = (this.#recent[priceMinor % RECENT] as number) - 1
    return level !== NONE && this.price(level) === priceMinor ? level : NONE
  }

  note(level: number): void {
    this.#recent[this.price(level) % RECENT] = level + 1
  }

  /** A new level without offers. */
  open(priceMinor: number): number {
    const level = this.#free.pop() ?? this.#length++
    this.#levels.reserve(level + 1)
    this.#levels.setWord(level, PRICE, priceMinor)
    this.#levels.setWord(level, OPEN, 0)
    this.#levels.setWord(level, RESTING, 0)
    this.#levels.setWord(level, LAST_LEAF, NONE)
    this.#levels.setDouble(level, TONNES, 0)
    return level
  }

  price(level: number): number {
    return this.#levels.word(level, PRICE)
  }

  /** Tonnes that a query can take at the level. */
  tonnes(level: number): number {
    return this.#levels.double(level, TONNES)
  }

  /** Offers that a query can take something of. */
  resting(level: number): number {
    return this.#levels.word(level, RESTING)
  }

  /** Offers that have not ended. */
  offers(level: number): number {
    return this.#levels.word(level, OPEN)
  }

  /** Where the level's last offer was when it was placed. A guess, to be checked. */
  lastLeaf(level: number): number {
    return this.#levels.word(level, LAST_LEAF)
  }

  setLastLeaf(level: number, leaf: number): void {
    this.#levels.setWord(level, LAST_LEAF, leaf)
  }

  rest(level: number, tonnes: number, offers: number): void {
    const levels = this.#levels
    levels.setDouble(level, TONNES, levels.double(level, TONNES) + tonnes)
    if (offers !== 0) levels.setWord(level, RESTING, levels.word(level, RESTING) + offers)
  }

  addOffer(level: number): void {
    this.#levels.setWord(level, OPEN, this.#levels.word(level, OPEN) + 1)
  }

  /** The level goes with its last offer. */
  removeOffer(level: number): void {
    const left = this.#levels.word(level, OPEN) - 1
    this.#levels.setWord(level, OPEN, left)
    if (left > 0) return
    this.#levels.setWord(level, PRICE, 0)
    this.#free.push(level)
  }
}
