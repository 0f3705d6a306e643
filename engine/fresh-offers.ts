import { type Instruments, QUEUE_WORDS } from './instruments.ts'
import type { IdTable } from './memory/id-table.ts'
import { NONE } from './memory/tree.ts'
import { ENTRIES, type QueueLeaves } from './queue-leaves.ts'

const { fresh: FRESH, freshCount: COUNT } = QUEUE_WORDS

/** So many new offers of an instrument, still open, are better put in their places than kept without order. */
const MOST = 2048
/** Above every index among new offers; a price times this, and an index, are a safe integer. */
const INDEX = 2 ** 22

/**
 * New offers of each instrument, as they came, until a query asks for them in order: most are gone by then. They lie in
 * leaves like those of the queues, chained, the latest first.
 */
export class FreshOffers {
  readonly #leaves: QueueLeaves
  readonly #instruments: Instruments
  readonly #homes: IdTable
  /** What `gather` took out, as it came. */
  offers = new Float64Array(64)
  /** Where each was when it was placed: guesses. */
  places = new Int32Array(64)
  /** Its prices; once sorted, prices and indexes in the order of taking. */
  keys = new Float64Array(64)

  constructor(leaves: QueueLeaves, instruments: Instruments, homes: IdTable) {
    this.#leaves = leaves
    this.#instruments = instruments
    this.#homes = homes
  }

  /** Takes an offer; false where there are so many now that they have to be gathered. */
  add(instrument: number, offer: number, price: number, home: number): boolean {
    const { lines } = this.#instruments
    const count = lines.word(instrument, COUNT)
    const few = 2 * this.#instruments.resting(instrument) + ENTRIES
    if (count >= few && count % ENTRIES === 0) this.dropEnded(instrument)
    this.#append(instrument, offer, price, home)
    return lines.word(instrument, COUNT) < MOST
  }

  /** Leaves out what has ended. */
  dropEnded(instrument: number): void {
    const count = this.gather(instrument)
    for (let at = 0; at < count; at++) {
      const [offer, price] = [this.offers[at] as number, this.keys[at] as number]
      this.#append(instrument, offer, price, this.places[at] as number)
    }
  }

  /** Takes the offers of an instrument that are open out, with their prices as keys; tells how many. */
  gather(instrument: number): number {
    const { lines } = this.#instruments
    const leaves = this.#leaves
    const most = lines.word(instrument, COUNT)
    if (most === 0) return 0
    if (most > this.offers.length) {
      this.offers = new Float64Array(most * 2)
      this.keys = new Float64Array(most * 2)
      this.places = new Int32Array(most * 2)
    }
    let first = most
    let count = ((most - 1) % ENTRIES) + 1
    for (let leaf = lines.word(instrument, FRESH) - 1; leaf !== NONE; count = ENTRIES) {
      for (let index = count - 1; index >= 0; index--) {
        const offer = leaves.offer(leaf, index)
        if (!this.#homes.has(offer)) continue
        first--
        this.offers[first] = offer
        this.keys[first] = leaves.price(leaf, index)
        this.places[first] = leaves.home(leaf, index)
      }
      const next = leaves.chained(leaf) - 1
      leaves.close(leaf)
      leaf = next
    }
    lines.setWord(instrument, FRESH, 0)
    lines.setWord(instrument, COUNT, 0)
    this.offers.copyWithin(0, first, most)
    this.keys.copyWithin(0, first, most)
    this.places.copyWithin(0, first, most)
    return most - first
  }

  /** Sorts what was gathered by price, those at one price as they came: `priceOf` and `indexOf` read the keys then. */
  sort(count: number): void {
    const keys = this.keys.subarray(0, count)
    for (let at = 0; at < count; at++) keys[at] = (keys[at] as number) * INDEX + at
    keys.sort()
  }

  #append(instrument: number, offer: number, price: number, home: number): void {
    const { lines } = this.#instruments
    const leaves = this.#leaves
    const before = lines.word(instrument, FRESH)
    const count = lines.word(instrument, COUNT)
    // All leaves but the latest are full.
    const to = count % ENTRIES
    let leaf = before - 1
    if (to === 0) {
      leaf = leaves.open()
      leaves.chain(leaf, before)
      leaves.setFreshOwner(leaf, instrument)
      lines.setWord(instrument, FRESH, leaf + 1)
    }
    leaves.set(leaf, to, offer, price, home)
    lines.setWord(instrument, COUNT, count + 1)
  }
}

/** The price of a sorted key. */
export function priceOf(key: number): number {
  return Math.floor(key / INDEX)
}

/** Where the offer of a sorted key is among those that were gathered. */
export function indexOf(key: number): number {
  return key % INDEX
}
