/**
 * What happened to the instruments' offers lately, in order. Sums and queues of instruments are brought up to it only when a
 * query asks for them, or when it is full: then many are touched in a row, and memory is read for several at once.
 */

const LENGTH = 2048
/** So many are settled at a time: what a single command may be held up by. */
const MOST_UNSETTLED = 1024

/** A fill, a release: the tonnes that rest became more or less. */
export const TONNES = 0
/** An offer comes to rest, new at its price. */
export const NEW = 1
/** An offer comes to rest again, and has left its queue meanwhile. */
export const BACK = 2
export type What = typeof TONNES | typeof NEW | typeof BACK

export class Backlog {
  readonly #instruments = new Int32Array(LENGTH)
  readonly #offers = new Float64Array(LENGTH)
  readonly #tonnes = new Float64Array(LENGTH)
  readonly #prices = new Int32Array(LENGTH)
  readonly #homes = new Int32Array(LENGTH)
  /** What it was, and by how many the offers that rest became more, plus 1. */
  readonly #codes = new Uint8Array(LENGTH)
  /** How many entries there ever were; the last LENGTH of them can be read. */
  count = 0
  /** How many of them are settled. */
  settled = 0

  isFull(): boolean {
    return this.count - this.settled >= MOST_UNSETTLED
  }

  /** There has to be room. Offer, price and home are read of what is NEW, the offer also of what is BACK. */
  note(
    what: What,
    instrument: number,
    tonnes: number,
    resting: -1 | 0 | 1,
    offer: number,
    priceMinor: number,
    home: number,
  ): void {
    const at = this.count++ & (LENGTH - 1)
    this.#instruments[at] = instrument
    this.#tonnes[at] = tonnes
    this.#offers[at] = offer
    this.#prices[at] = priceMinor
    this.#homes[at] = home
    this.#codes[at] = what * 4 + resting + 1
  }

  /** Whether every entry from this count on can be read. */
  knows(since: number): boolean {
    return this.count - since <= LENGTH
  }

  what(count: number): What {
    return ((this.#codes[count & (LENGTH - 1)] as number) >>> 2) as What
  }

  resting(count: number): number {
    return ((this.#codes[count & (LENGTH - 1)] as number) & 3) - 1
  }

  instrument(count: number): number {
    return this.#instruments[count & (LENGTH - 1)] as number
  }

  tonnes(count: number): number {
    return this.#tonnes[count & (LENGTH - 1)] as number
  }

  offer(count: number): number {
    return this.#offers[count & (LENGTH - 1)] as number
  }

  priceMinor(count: number): number {
    return this.#prices[count & (LENGTH - 1)] as number
  }

  /** Where the offer was then. */
  home(count: number): number {
    return this.#homes[count & (LENGTH - 1)] as number
  }
}
