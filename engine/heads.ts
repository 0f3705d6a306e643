import { RecordPages } from './memory/record-pages.ts'

const CHANGE = 0
const PRICE = 1
const SEQUENCE = 2
const DOUBLES = 3

/** The price and the sequence of the first offer of each instrument, as they were at a change of the instrument. */
export class Heads {
  readonly #pages = new RecordPages(DOUBLES)
  #known = 0

  /** Whether what is remembered is as of this change; nothing rests before the first, which has number 0. */
  isOf(instrument: number, change: number): boolean {
    this.#reserve(instrument)
    return this.#pages.double(instrument, CHANGE) === change
  }

  /** Minor units a tonne; Infinity where nothing rests. */
  price(instrument: number): number {
    return this.#pages.double(instrument, PRICE) || Infinity
  }

  /** Infinity where nothing rests. */
  sequence(instrument: number): number {
    return this.#pages.double(instrument, SEQUENCE) || Infinity
  }

  set(instrument: number, change: number, price: number, sequence: number): void {
    this.#reserve(instrument)
    this.#pages.setDouble(instrument, CHANGE, change)
    this.#pages.setDouble(instrument, PRICE, price)
    this.#pages.setDouble(instrument, SEQUENCE, sequence)
  }

  #reserve(instrument: number): void {
    if (instrument < this.#known) return
    this.#known = instrument + 1
    this.#pages.reserve(this.#known)
  }
}
