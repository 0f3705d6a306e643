import { Float64Pages, Int32Pages } from './memory/pages.ts'
import { NONE } from './memory/tree.ts'

const PRICE = 0
const OPEN = 1
const RESTING = 2
const LAST_LEAF = 3
const FIELDS = 4

const RECENT = 4096

/** The price levels: what rests at each price, and the numbers by which offers name their price. */
export class Levels {
  readonly #fields = new Int32Pages()
  readonly #tonnes = new Float64Pages()
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
    this.#fields.reserve((level + 1) * FIELDS)
    this.#tonnes.reserve(level + 1)
    const at = level * FIELDS
    this.#fields.set(at + PRICE, priceMinor)
    this.#fields.set(at + OPEN, 0)
    this.#fields.set(at + RESTING, 0)
    this.#fields.set(at + LAST_LEAF, NONE)
    this.#tonnes.set(level, 0)
    return level
  }

  price(level: number): number {
    return this.#fields.get(level * FIELDS + PRICE)
  }

  /** Tonnes that a query can take at the level. */
  tonnes(level: number): number {
    return this.#tonnes.get(level)
  }

  /** Offers that a query can take something of. */
  resting(level: number): number {
    return this.#fields.get(level * FIELDS + RESTING)
  }

  /** Offers that have not ended. */
  offers(level: number): number {
    return this.#fields.get(level * FIELDS + OPEN)
  }

  /** Where the level's last offer was when it was placed. A guess, to be checked. */
  lastLeaf(level: number): number {
    return this.#fields.get(level * FIELDS + LAST_LEAF)
  }

  setLastLeaf(level: number, leaf: number): void {
    this.#fields.set(level * FIELDS + LAST_LEAF, leaf)
  }

  rest(level: number, tonnes: number, offers: number): void {
    this.#tonnes.set(level, this.#tonnes.get(level) + tonnes)
    if (offers === 0) return
    const at = level * FIELDS + RESTING
    this.#fields.set(at, this.#fields.get(at) + offers)
  }

  addOffer(level: number): void {
    const at = level * FIELDS + OPEN
    this.#fields.set(at, this.#fields.get(at) + 1)
  }

  /** The level goes with its last offer. */
  removeOffer(level: number): void {
    const at = level * FIELDS + OPEN
    const left = this.#fields.get(at) - 1
    this.#fields.set(at, left)
    if (left > 0) return
    this.#fields.set(level * FIELDS + PRICE, 0)
    this.#free.push(level)
  }
}
