/**
 * The first few offers of each instrument that a query can take, as they were at a change of the instrument: who asks again
 * before the next change does not go to the queue, nor to the offers.
 */
import type { Instruments } from './instruments.ts'
import type { Ladder } from './ladder.ts'
import { PAGE_MASK, PAGE_SHIFT, RecordPages } from './memory/record-pages.ts'
import { NONE } from './memory/tree.ts'
import { ENTRIES } from './queue-leaves.ts'
import type { Queues } from './queues.ts'

/** So many offers are remembered of an instrument. */
const MOST = 4
/**
 * The change; in words how many offers are remembered, and where the last of them stood in the queue, or NONE where no other
 * rests behind it; then the offers.
 */
const CHANGE = 0
const KNOWN = 2
const LAST = 3
const OFFERS = 2
/** An offer: doubles, and words behind them. */
const OFFER = 0
const SEQUENCE = 1
const AVAILABLE = 2
const PRICE = 6
const HOME = 7
const EACH = 4
const DOUBLES = OFFERS + MOST * EACH

export class Fronts {
  readonly #queues: Queues
  readonly #instruments: Instruments
  readonly #ladder: Ladder
  readonly #pages = new RecordPages(DOUBLES)
  #length = 0
  /** What the last `find` found: 0 and Infinity for nothing. */
  offer = 0
  price = Infinity
  sequence = Infinity
  /** Tonnes that a query can take. */
  available = 0
  /** Where the offer was when it was remembered. A guess, to be checked. */
  home = 0
  /** Where it stands in its queue; NONE where it was remembered. */
  leaf = NONE
  index = 0

  constructor(queues: Queues, instruments: Instruments, ladder: Ladder) {
    this.#queues = queues
    this.#instruments = instruments
    this.#ladder = ladder
  }

  /**
   * Finds the resting offer of an instrument with so many before it. `leaf` and `index` say where the one before it stands, as
   * found in a query that has changed nothing since; NONE where that is not known. The queues have to be settled.
   */
  find(instrument: number, before: number, leaf: number, index: number): this {
    if (this.#length <= instrument) this.#enlarge(instrument)
    const doubles = this.#pages.doubles[instrument >>> PAGE_SHIFT] as Float64Array
    const words = this.#pages.words[instrument >>> PAGE_SHIFT] as Int32Array
    const front = (instrument & PAGE_MASK) * DOUBLES
    const change = this.#instruments.changed(instrument)
    if (doubles[front + CHANGE] !== change) {
      doubles[front + CHANGE] = change
      words[front * 2 + KNOWN] = 0
      // Nothing rests before the first change.
      words[front * 2 + LAST] = change === 0 ? NONE : 0
    }
    const known = words[front * 2 + KNOWN] as number
    if (before < known) {
      const at = front + OFFERS + before * EACH
      this.leaf = NONE
      this.offer = doubles[at + OFFER] as number
      this.sequence = doubles[at + SEQUENCE] as number
      this.available = doubles[at + AVAILABLE] as number
      this.price = words[at * 2 + PRICE] as number
      this.home = words[at * 2 + HOME] as number
      return this
    }
    const last = words[front * 2 + LAST] as number
    if (last === NONE) {
      this.#findNothing()
      return this
    }
    const mayGoOn = leaf === NONE && known > 0 && before === known
    const latest = mayGoOn ? (doubles[front + OFFERS + (known - 1) * EACH + OFFER] as number) : 0
    if (mayGoOn && this.#queues.isAt(instrument, last, latest)) this.#lookBehind(instrument, last)
    else this.#lookUp(instrument, before, leaf, index)
    if (before !== known) return this
    // An end found further on says nothing of what follows the offers that are remembered.
    if (this.offer === 0) words[front * 2 + LAST] = NONE
    else if (before < MOST) {
      const at = front + OFFERS + before * EACH
      doubles[at + OFFER] = this.offer
      doubles[at + SEQUENCE] = this.sequence
      doubles[at + AVAILABLE] = this.available
      words[at * 2 + PRICE] = this.price
      words[at * 2 + HOME] = this.home
      words[front * 2 + KNOWN] = known + 1
      words[front * 2 + LAST] = this.leaf * ENTRIES + this.index
    }
    return this
  }

  /** How many offers of an instrument are remembered as of its last change. */
  known(instrument: number): number {
    if (this.#length <= instrument) return 0
    const isLatest =
      this.#pages.double(instrument, CHANGE) === this.#instruments.changed(instrument)
    return isLatest ? this.#pages.word(instrument, KNOWN) : 0
  }

  #lookUp(instrument: number, before: number, leaf: number, index: number): void {
    const queues = this.#queues
    if (leaf !== NONE) queues.next(instrument, leaf, index)
    else {
      queues.first(instrument)
      for (let left = before; left > 0 && queues.home !== 0; left--) {
        queues.next(instrument, queues.leaf, queues.index)
      }
    }
    this.#show()
  }

  #lookBehind(instrument: number, entry: number): void {
    this.#queues.next(instrument, Math.floor(entry / ENTRIES), entry % ENTRIES)
    this.#show()
  }

  /** What the queues found. */
  #show(): void {
    const queues = this.#queues
    if (queues.home === 0) {
      this.#findNothing()
      return
    }
    const { records } = this.#ladder
    this.leaf = queues.leaf
    this.index = queues.index
    this.home = queues.home
    this.price = queues.price
    this.sequence = queues.sequence
    this.offer = records.offer(queues.home)
    this.available = records.unspoken(queues.home)
  }

  #findNothing(): void {
    this.leaf = NONE
    this.offer = 0
    this.price = Infinity
    this.sequence = Infinity
    this.available = 0
    this.home = 0
  }

  #enlarge(instrument: number): void {
    this.#length = instrument + 1
    this.#pages.reserve(this.#length)
  }
}
