/** From ids that are given in ascending order and never reused to places that are. */

import { lowestBit } from './tree.ts'

const SHIFT = 12
const SIZE = 1 << SHIFT
const MASK = SIZE - 1
const EMPTY = new Int32Array(SIZE)
const NO_BITS = new Int32Array(SIZE >>> 5)

/**
 * Each id from 1 to 2^53 − 1 has a place, a whole number of 1 … 2^31 − 1, or none, told as 0. A page of ids is dropped when
 * none of them has a place any more and later ones were given, so that memory follows what is open.
 */
export class IdTable {
  readonly #pages: Int32Array[] = []
  /** A bit an id that has a place: what asks only for that stays in a cache near the processor. */
  readonly #bits: Int32Array[] = []
  readonly #counts: number[] = []
  #latest = 0
  /** How many ids have a place. */
  size = 0

  get(id: number): number {
    const page = pageOf(id)
    const bits = this.#bits[page]
    if (bits === undefined) return 0
    if ((((bits[(id & MASK) >>> 5] as number) >>> (id & 31)) & 1) === 0) return 0
    return (this.#pages[page] as Int32Array)[id & MASK] as number
  }

  /** Whether an id has a place. */
  has(id: number): boolean {
    const bits = this.#bits[pageOf(id)] ?? NO_BITS
    return (((bits[(id & MASK) >>> 5] as number) >>> (id & 31)) & 1) !== 0
  }

  /** For an id that has no place yet. */
  add(id: number, place: number): void {
    const page = pageOf(id)
    let places = this.#pages[page]
    if (places === undefined || places === EMPTY) {
      places = this.#open(page)
    }
    places[id & MASK] = place
    this.#flip(page, id)
    this.#counts[page] = (this.#counts[page] as number) + 1
    this.size++
  }

  /** For an id that has a place. */
  move(id: number, place: number): void {
    ;(this.#pages[pageOf(id)] as Int32Array)[id & MASK] = place
  }

  /** For an id that has a place. The place is left where it is: only the bit says whether it counts, and that one is near. */
  remove(id: number): void {
    const page = pageOf(id)
    this.#flip(page, id)
    const count = (this.#counts[page] as number) - 1
    this.#counts[page] = count
    this.size--
    if (count === 0 && page !== this.#latest) this.#drop(page)
  }

  /** Every place, by ascending id. */
  *places(): Generator<number> {
    for (const page of Object.keys(this.#pages)) {
      const places = this.#pages[Number(page)] as Int32Array
      for (const [word, bits] of (this.#bits[Number(page)] as Int32Array).entries()) {
        for (let left = bits; left !== 0; left &= left - 1) {
          yield places[word * 32 + lowestBit(left)] as number
        }
      }
    }
  }

  #flip(page: number, id: number): void {
    const bits = this.#bits[page] as Int32Array
    const word = (id & MASK) >>> 5
    bits[word] = (bits[word] as number) ^ (1 << (id & 31))
  }

  #open(page: number): Int32Array {
    const before = this.#latest
    this.#latest = page
    if (before !== page && this.#counts[before] === 0) this.#drop(before)
    const places = new Int32Array(SIZE)
    this.#pages[page] = places
    this.#bits[page] = new Int32Array(SIZE >>> 5)
    this.#counts[page] = 0
    return places
  }

  #drop(page: number): void {
    this.#pages[page] = EMPTY
    this.#bits[page] = NO_BITS
  }
}

function pageOf(id: number): number {
  return id <= 0x7fffffff ? id >>> SHIFT : Math.floor(id / SIZE)
}
