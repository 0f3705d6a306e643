import type { Ladder } from './ladder.ts'
import type { IdTable } from './memory/id-table.ts'
import { Float64Pages, Int32Pages } from './memory/pages.ts'
import { NONE, Tree } from './memory/tree.ts'
import { QUEUED } from './offer-records.ts'

const ENTRIES = 32
const FROM = 0
const TO = 1
const LEAF_FIELDS = 2

const ROOT = 0
const ENDED = 1
const SWEEP = 2
const QUEUE_FIELDS = 3

/** After so many of its offers ended, a leaf of a queue is gone through. */
const ENDED_PER_LEAF = 16

export class Queues {
  readonly #ladder: Ladder
  readonly #homes: IdTable
  readonly #tree = new Tree()
  /** For each entry of each leaf the offer, and its price. */
  readonly #offers = new Float64Pages()
  readonly #prices = new Int32Pages()
  /** Entries from … to − 1 of a leaf are in use. */
  readonly #leaves = new Int32Pages()
  /** For each instrument the root of its list of leaves plus 1, and which leaf is gone through next, plus 1. */
  readonly #queues = new Int32Pages()
  readonly #freeLeaves: number[] = []
  #leafCount = 0
  #queueCount = 0
  /** What the last `first` or `next` found: where it stands, its price and sequence, its home. Infinity and 0 for nothing. */
  leaf = NONE
  index = 0
  price = Infinity
  sequence = Infinity
  home = 0

  constructor(ladder: Ladder, homes: IdTable) {
    this.#ladder = ladder
    this.#homes = homes
  }

  /** Finds the first offer of an instrument that rests. */
  first(instrument: number): void {
    const root = this.#root(instrument)
    if (root === NONE) {
      this.#findNothing()
      return
    }
    this.leaf = this.#tree.first(root)
    this.index = this.#from(this.leaf)
    this.#settle(instrument)
  }

  /** Finds the next offer behind an entry that was found before, in a query that has changed nothing since. */
  next(instrument: number, leaf: number, index: number): void {
    this.leaf = leaf
    this.index = index + 1
    this.#settle(instrument)
  }

  /** Puts an offer in: behind all others at its price when it is new there, else back at its place. */
  add(instrument: number, home: number, isNew: boolean): void {
    if (instrument >= this.#queueCount) this.#newQueue(instrument)
    const { records } = this.#ladder
    const price = this.#ladder.price(home)
    const sequence = isNew ? Infinity : records.sequence(home)
    records.addFlag(home, QUEUED)
    let root = this.#root(instrument)
    if (root === NONE) {
      const leaf = this.#newLeaf()
      root = this.#tree.plant(leaf, price)
      this.#setRoot(instrument, root)
    }
    const leaf = this.#tree.find(root, price, sequence)
    this.#insert(instrument, leaf, records.offer(home), price, sequence)
  }

  /** Takes an offer out, before its price, its sequence or its instrument changes. */
  remove(instrument: number, home: number): void {
    const { records } = this.#ladder
    if ((records.flags(home) & QUEUED) === 0) return
    records.removeFlag(home, QUEUED)
    const [price, sequence] = [this.#ladder.price(home), records.sequence(home)]
    const leaf = this.#tree.find(this.#root(instrument), price, sequence)
    const offer = records.offer(home)
    let index = this.#from(leaf)
    while (this.#offers.get(leaf * ENTRIES + index) !== offer) index++
    this.#cut(instrument, leaf, index)
  }

  /** Counts an offer that ends while it stands in its queue, and now and then goes through a leaf to drop such. */
  end(instrument: number): void {
    const at = instrument * QUEUE_FIELDS + ENDED
    const ended = this.#queues.get(at) + 1
    if (ended < ENDED_PER_LEAF) {
      this.#queues.set(at, ended)
      return
    }
    this.#queues.set(at, 0)
    this.#goThroughOne(instrument)
  }

  /** Every offer that stands in the queue of an instrument, dead or alive, with the price it stands at. */
  *entries(instrument: number): Generator<readonly [offer: number, priceMinor: number]> {
    const root = this.#root(instrument)
    for (let leaf = root === NONE ? NONE : this.#tree.first(root); leaf !== NONE; ) {
      for (let index = this.#from(leaf); index < this.#to(leaf); index++) {
        yield [this.#offers.get(leaf * ENTRIES + index), this.#prices.get(leaf * ENTRIES + index)]
      }
      leaf = this.#tree.next(leaf)
    }
  }

  /** Drops what does not rest from the present entry on, until there is one that does. */
  #settle(instrument: number): void {
    for (;;) {
      while (this.index < this.#to(this.leaf)) {
        const at = this.leaf * ENTRIES + this.index
        const home = this.#homes.get(this.#offers.get(at))
        if (home !== 0 && this.#ladder.rests(home)) {
          this.home = home
          this.price = this.#prices.get(at)
          this.sequence = this.#ladder.records.sequence(home)
          return
        }
        if (!this.#drop(instrument)) {
          this.#findNothing()
          return
        }
      }
      const next = this.#tree.next(this.leaf)
      if (next === NONE) {
        this.#findNothing()
        return
      }
      this.leaf = next
      this.index = this.#from(next)
    }
  }

  #findNothing(): void {
    this.home = 0
    this.price = Infinity
    this.sequence = Infinity
  }

  /** Drops all of a leaf that does not rest; false when that was the end of the queue. */
  #drop(instrument: number): boolean {
    const leaf = this.leaf
    const next = this.#tree.next(leaf)
    const before = this.#keep(leaf, this.index, true)
    if (this.#to(leaf) > this.#from(leaf)) {
      this.index = before
      return true
    }
    this.#free(instrument, leaf)
    if (next === NONE) return false
    this.leaf = next
    this.index = this.#from(next)
    return true
  }

  /**
   * Closes the gaps that ended offers leave in a leaf, and with `restingOnly` those of offers that do not rest. Returns
   * where the entry at `index` is then, or the first behind it that was kept.
   */
  #keep(leaf: number, index: number, restingOnly: boolean): number {
    const base = leaf * ENTRIES
    let to = this.#from(leaf)
    let found = -1
    for (let at = to; at < this.#to(leaf); at++) {
      if (at === index) found = to
      const offer = this.#offers.get(base + at)
      const home = this.#homes.get(offer)
      if (home === 0) continue
      if (restingOnly && !this.#ladder.rests(home)) {
        this.#ladder.records.removeFlag(home, QUEUED)
        continue
      }
      this.#offers.set(base + to, offer)
      this.#prices.set(base + to, this.#prices.get(base + at))
      to++
    }
    this.#leaves.set(leaf * LEAF_FIELDS + TO, to)
    return found === -1 ? to : found
  }

  #goThroughOne(instrument: number): void {
    const at = instrument * QUEUE_FIELDS + SWEEP
    const root = this.#root(instrument)
    if (root === NONE) return
    const due = this.#queues.get(at) - 1
    const first = this.#tree.first(root)
    const leaf = due === NONE ? first : due
    const next = this.#tree.next(leaf)
    this.#queues.set(at, next + 1)
    this.#keep(leaf, 0, false)
    if (this.#to(leaf) === this.#from(leaf)) this.#free(instrument, leaf)
    else if (next !== NONE) this.#join(instrument, leaf, next)
  }

  /** Joins two neighbours whose entries are few. */
  #join(instrument: number, leaf: number, next: number): void {
    const count = this.#to(next) - this.#from(next)
    if (this.#to(leaf) - this.#from(leaf) + count > (ENTRIES * 3) / 4) return
    this.#pushDown(leaf)
    const [base, source] = [leaf * ENTRIES, next * ENTRIES + this.#from(next)]
    const to = this.#to(leaf)
    for (let at = 0; at < count; at++) {
      this.#offers.set(base + to + at, this.#offers.get(source + at))
      this.#prices.set(base + to + at, this.#prices.get(source + at))
    }
    this.#leaves.set(leaf * LEAF_FIELDS + TO, to + count)
    this.#free(instrument, next)
  }

  #insert(instrument: number, leaf: number, offer: number, price: number, sequence: number): void {
    if (this.#to(leaf) === ENTRIES) {
      if (this.#from(leaf) > 0) this.#pushDown(leaf)
      else {
        this.#insertIntoFull(instrument, leaf, offer, price, sequence)
        return
      }
    }
    const index = this.#indexFor(leaf, price, sequence)
    const base = leaf * ENTRIES
    for (let at = this.#to(leaf); at > index; at--) {
      this.#offers.set(base + at, this.#offers.get(base + at - 1))
      this.#prices.set(base + at, this.#prices.get(base + at - 1))
    }
    this.#offers.set(base + index, offer)
    this.#prices.set(base + index, price)
    this.#leaves.set(leaf * LEAF_FIELDS + TO, this.#to(leaf) + 1)
  }

  #insertIntoFull(
    instrument: number,
    leaf: number,
    offer: number,
    price: number,
    sequence: number,
  ): void {
    this.#keep(leaf, 0, false)
    if (this.#to(leaf) === ENTRIES) {
      const late = this.#part(instrument, leaf)
      const behind = this.#isBefore(late, 0, price, sequence)
      this.#insert(instrument, behind ? late : leaf, offer, price, sequence)
    } else this.#insert(instrument, leaf, offer, price, sequence)
  }

  /** Moves the later half of a full leaf without ended offers to a new leaf. */
  #part(instrument: number, leaf: number): number {
    const late = this.#newLeaf()
    const half = ENTRIES / 2
    const [base, to] = [leaf * ENTRIES, late * ENTRIES]
    for (let at = 0; at < half; at++) {
      this.#offers.set(to + at, this.#offers.get(base + half + at))
      this.#prices.set(to + at, this.#prices.get(base + half + at))
    }
    this.#leaves.set(late * LEAF_FIELDS + TO, half)
    this.#leaves.set(leaf * LEAF_FIELDS + TO, half)
    const first = this.#homes.get(this.#offers.get(to))
    const sequence = this.#ladder.records.sequence(first)
    const root = this.#tree.insertAfter(
      this.#root(instrument),
      leaf,
      late,
      this.#prices.get(to),
      sequence,
    )
    this.#setRoot(instrument, root)
    return late
  }

  /** Where an offer goes in a leaf with room. */
  #indexFor(leaf: number, price: number, sequence: number): number {
    const from = this.#from(leaf)
    let index = this.#to(leaf)
    while (index > from && !this.#isBefore(leaf, index - 1, price, sequence)) index--
    return index
  }

  /**
   * Whether an entry comes before an offer. Only at the same price, and only for an offer that is not new, sequences are
   * looked up; an entry that ended has none any more and lets the offer pass, as nothing is taken there.
   */
  #isBefore(leaf: number, index: number, price: number, sequence: number): boolean {
    const other = this.#prices.get(leaf * ENTRIES + index)
    if (other !== price || sequence === Infinity) return other <= price
    const home = this.#homes.get(this.#offers.get(leaf * ENTRIES + index))
    return home !== 0 && this.#ladder.records.sequence(home) < sequence
  }

  /** Moves the entries of a leaf to its beginning. */
  #pushDown(leaf: number): void {
    const from = this.#from(leaf)
    if (from === 0) return
    const base = leaf * ENTRIES
    const count = this.#to(leaf) - from
    for (let at = 0; at < count; at++) {
      this.#offers.set(base + at, this.#offers.get(base + from + at))
      this.#prices.set(base + at, this.#prices.get(base + from + at))
    }
    this.#leaves.set(leaf * LEAF_FIELDS + FROM, 0)
    this.#leaves.set(leaf * LEAF_FIELDS + TO, count)
  }

  #cut(instrument: number, leaf: number, index: number): void {
    const base = leaf * ENTRIES
    const to = this.#to(leaf) - 1
    for (let at = index; at < to; at++) {
      this.#offers.set(base + at, this.#offers.get(base + at + 1))
      this.#prices.set(base + at, this.#prices.get(base + at + 1))
    }
    this.#leaves.set(leaf * LEAF_FIELDS + TO, to)
    if (to === this.#from(leaf)) this.#free(instrument, leaf)
  }

  #free(instrument: number, leaf: number): void {
    const due = instrument * QUEUE_FIELDS + SWEEP
    if (this.#queues.get(due) - 1 === leaf) this.#queues.set(due, this.#tree.next(leaf) + 1)
    this.#setRoot(instrument, this.#tree.remove(this.#root(instrument), leaf))
    this.#freeLeaves.push(leaf)
  }

  #newQueue(instrument: number): void {
    this.#queueCount = instrument + 1
    this.#queues.reserve(this.#queueCount * QUEUE_FIELDS)
  }

  #newLeaf(): number {
    const leaf = this.#freeLeaves.pop() ?? this.#leafCount++
    this.#offers.reserve((leaf + 1) * ENTRIES)
    this.#prices.reserve((leaf + 1) * ENTRIES)
    this.#leaves.reserve((leaf + 1) * LEAF_FIELDS)
    this.#tree.reserve(leaf + 1)
    this.#leaves.set(leaf * LEAF_FIELDS + FROM, 0)
    this.#leaves.set(leaf * LEAF_FIELDS + TO, 0)
    return leaf
  }

  /** Roots are stored plus 1, so that what was never set reads NONE; ~node shifts alike. */
  #root(instrument: number): number {
    return instrument < this.#queueCount
      ? this.#queues.get(instrument * QUEUE_FIELDS + ROOT) - 1
      : NONE
  }

  #setRoot(instrument: number, root: number): void {
    this.#queues.set(instrument * QUEUE_FIELDS + ROOT, root + 1)
  }

  #from(leaf: number): number {
    return this.#leaves.get(leaf * LEAF_FIELDS + FROM)
  }

  #to(leaf: number): number {
    return this.#leaves.get(leaf * LEAF_FIELDS + TO)
  }
}
