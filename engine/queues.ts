/**
 * Each instrument's offers by price, then sequence, for queries that look inside a filter. Kept lazily: a query without a
 * filter does not touch them. What cannot be taken is dropped when a query meets it, and comes back when it can be taken
 * again; what has ended is dropped in passing.
 */
import { BACK, type Backlog, ENDED, NEW } from './backlog.ts'
import { type Instruments, QUEUE_WORDS } from './instruments.ts'
import type { Ladder } from './ladder.ts'
import type { IdTable } from './memory/id-table.ts'
import { RecordPages } from './memory/record-pages.ts'
import { NONE } from './memory/tree.ts'
import { QUEUED } from './offer-records.ts'
import { ENTRIES, QueueLeaves } from './queue-leaves.ts'

const { root: ROOT, ended: ENDED_COUNT, due: DUE, fresh: FRESH } = QUEUE_WORDS

/** New offers of an instrument that wait to be put in their places together. */
const MOST_FRESH = 16
const FRESH_OFFER = 0
const FRESH_PRICE = 2

/** After so many of its offers ended, a leaf of a queue is gone through. */
const ENDED_PER_LEAF = 16
/** Two neighbours with so few entries become one. */
const FEW = 24

export class Queues {
  readonly #ladder: Ladder
  readonly #homes: IdTable
  readonly #instruments: Instruments
  readonly #backlog: Backlog
  readonly #leaves = new QueueLeaves()
  /** For each instrument its new offers with their prices, in the order in which they came. */
  readonly #fresh = new RecordPages(2)
  #queues = 0
  /** What the last `first` or `next` found: where it stands, its price and sequence, its home. Infinity and 0 for nothing. */
  leaf = NONE
  index = 0
  price = Infinity
  sequence = Infinity
  home = 0

  constructor(ladder: Ladder, homes: IdTable, instruments: Instruments, backlog: Backlog) {
    this.#ladder = ladder
    this.#homes = homes
    this.#instruments = instruments
    this.#backlog = backlog
  }

  /** Brings the sums and the queues of the instruments up to the backlog. Before any of them is read. */
  settle(): void {
    const backlog = this.#backlog
    if (this.#queues < this.#instruments.length) {
      this.#queues = this.#instruments.length
      this.#fresh.reserve(this.#queues * MOST_FRESH)
    }
    for (let at = backlog.settled; at < backlog.count; at++) {
      const instrument = backlog.instrument(at)
      const what = backlog.what(at)
      if (what === ENDED) {
        this.#end(instrument)
        continue
      }
      this.#instruments.rest(instrument, backlog.tonnes(at), backlog.resting(at))
      if (what === NEW) this.#note(instrument, backlog.offer(at), backlog.priceMinor(at))
      else if (what === BACK) this.#putBack(instrument, backlog.offer(at))
    }
    backlog.settled = backlog.count
  }

  /** Finds the first offer of an instrument that rests. */
  first(instrument: number): void {
    this.#sortIn(instrument)
    const root = this.#root(instrument)
    if (root === NONE) {
      this.#findNothing()
      return
    }
    this.leaf = this.#leaves.tree.first(root)
    this.index = this.#leaves.from(this.leaf)
    this.#find(instrument)
  }

  /** Finds the next offer behind an entry that was found before, in a query that has changed nothing since. */
  next(instrument: number, leaf: number, index: number): void {
    this.leaf = leaf
    this.index = index + 1
    this.#find(instrument)
  }

  /** Takes an offer out, before its price, its sequence or its instrument changes. */
  remove(instrument: number, home: number): void {
    const { records } = this.#ladder
    if ((records.flags(home) & QUEUED) === 0) return
    this.settle()
    this.#sortIn(instrument)
    records.removeFlag(home, QUEUED)
    const leaves = this.#leaves
    const leaf = this.#leafFor(instrument, this.#ladder.price(home), records.sequence(home))
    let index = leaves.from(leaf)
    while (leaves.offer(leaf, index) !== records.offer(home)) index++
    leaves.cut(leaf, index)
    if (leaves.isEmpty(leaf)) this.#free(instrument, leaf)
  }

  /** Every offer that stands in the queue of an instrument, ended ones too, with the price it stands at. */
  *entries(instrument: number): Generator<readonly [offer: number, priceMinor: number]> {
    this.settle()
    this.#sortIn(instrument)
    const leaves = this.#leaves
    const root = this.#root(instrument)
    for (let leaf = root === NONE ? NONE : leaves.tree.first(root); leaf !== NONE; ) {
      for (let index = leaves.from(leaf); index < leaves.to(leaf); index++) {
        yield [leaves.offer(leaf, index), leaves.price(leaf, index)]
      }
      leaf = leaves.tree.next(leaf)
    }
  }

  /** Drops what does not rest from the present entry on, until there is one that does. */
  #find(instrument: number): void {
    const leaves = this.#leaves
    for (;;) {
      while (this.index < leaves.to(this.leaf)) {
        const home = this.#homes.get(leaves.offer(this.leaf, this.index))
        if (home !== 0 && this.#ladder.rests(home)) {
          this.home = home
          this.price = leaves.price(this.leaf, this.index)
          this.sequence = this.#ladder.records.sequence(home)
          return
        }
        if (!this.#drop(instrument)) {
          this.#findNothing()
          return
        }
      }
      const next = leaves.tree.next(this.leaf)
      if (next === NONE) {
        this.#findNothing()
        return
      }
      this.leaf = next
      this.index = leaves.from(next)
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
    const next = this.#leaves.tree.next(leaf)
    const index = this.#keep(leaf, this.index, true)
    if (!this.#leaves.isEmpty(leaf)) {
      this.index = index
      return true
    }
    this.#free(instrument, leaf)
    if (next === NONE) return false
    this.leaf = next
    this.index = this.#leaves.from(next)
    return true
  }

  /**
   * Closes the gaps that ended offers leave in a leaf, and with `restingOnly` those of offers that do not rest. Returns
   * where the entry at `index` is then, or the first behind it that was kept.
   */
  #keep(leaf: number, index: number, restingOnly: boolean): number {
    const leaves = this.#leaves
    let to = leaves.from(leaf)
    let found = -1
    for (let at = to; at < leaves.to(leaf); at++) {
      if (at === index) found = to
      const offer = leaves.offer(leaf, at)
      if (!this.#homes.has(offer)) continue
      if (restingOnly) {
        const home = this.#homes.get(offer)
        if (!this.#ladder.rests(home)) {
          this.#ladder.records.removeFlag(home, QUEUED)
          continue
        }
      }
      if (to < at) leaves.move(leaf, at, leaf, to)
      to++
    }
    leaves.setTo(leaf, to)
    return found === -1 ? to : found
  }

  /** Counts an offer that ended, and now and then goes through the next leaf in turn to drop such. */
  #end(instrument: number): void {
    const { lines } = this.#instruments
    const ended = lines.word(instrument, ENDED_COUNT) + 1
    lines.setWord(instrument, ENDED_COUNT, ended % ENDED_PER_LEAF)
    const root = this.#root(instrument)
    if (ended < ENDED_PER_LEAF || root === NONE) return
    const { tree } = this.#leaves
    const due = lines.word(instrument, DUE) - 1
    const leaf = due === NONE ? tree.first(root) : due
    const next = tree.next(leaf)
    lines.setWord(instrument, DUE, next + 1)
    this.#keep(leaf, 0, false)
    if (this.#leaves.isEmpty(leaf)) this.#free(instrument, leaf)
    else if (next !== NONE && this.#leaves.count(leaf) + this.#leaves.count(next) <= FEW) {
      this.#leaves.pour(next, leaf)
      this.#free(instrument, next)
    }
  }

  #note(instrument: number, offer: number, price: number): void {
    const { lines } = this.#instruments
    let count = lines.word(instrument, FRESH)
    if (count === MOST_FRESH) {
      this.#sortIn(instrument)
      count = 0
    }
    const at = instrument * MOST_FRESH + count
    this.#fresh.setDouble(at, FRESH_OFFER, offer)
    this.#fresh.setWord(at, FRESH_PRICE, price)
    lines.setWord(instrument, FRESH, count + 1)
  }

  /** Puts the new offers of an instrument in their places. */
  #sortIn(instrument: number): void {
    const count = this.#instruments.lines.word(instrument, FRESH)
    if (count === 0) return
    this.#instruments.lines.setWord(instrument, FRESH, 0)
    const { tree } = this.#leaves
    const fresh = this.#fresh
    const to = this.#sortFresh(instrument * MOST_FRESH, count)
    for (let at = instrument * MOST_FRESH; at < to; ) {
      const leaf = this.#leafFor(instrument, fresh.word(at, FRESH_PRICE), Infinity)
      const next = tree.next(leaf)
      const limit = next === NONE ? Infinity : tree.beginsAt(next)
      let end = at + 1
      while (end < to && fresh.word(end, FRESH_PRICE) < limit) end++
      if (this.#mergeIn(leaf, at, end)) at = end
      else this.#part(instrument, leaf)
    }
  }

  /** Sorts new offers by price, those at one price as they came, and drops such as have ended. Returns their end. */
  #sortFresh(from: number, count: number): number {
    const fresh = this.#fresh
    let to = from
    for (let at = from; at < from + count; at++) {
      const offer = fresh.double(at, FRESH_OFFER)
      if (!this.#homes.has(offer)) continue
      const price = fresh.word(at, FRESH_PRICE)
      let index = to++
      for (; index > from && fresh.word(index - 1, FRESH_PRICE) > price; index--) {
        fresh.copy(index - 1, index)
      }
      fresh.setDouble(index, FRESH_OFFER, offer)
      fresh.setWord(index, FRESH_PRICE, price)
    }
    return to
  }

  /** Merges new offers into a leaf; false where it is too full, without ended offers, for all of them. */
  #mergeIn(leaf: number, from: number, end: number): boolean {
    const leaves = this.#leaves
    const added = end - from
    if (leaves.to(leaf) + added > ENTRIES) {
      leaves.pushDown(leaf)
      if (leaves.to(leaf) + added > ENTRIES) this.#keep(leaf, 0, false)
      if (leaves.to(leaf) + added > ENTRIES) return false
    }
    const first = leaves.from(leaf)
    let old = leaves.to(leaf) - 1
    let late = end - 1
    leaves.setTo(leaf, leaves.to(leaf) + added)
    for (let to = old + added; late >= from; to--) {
      const price = this.#fresh.word(late, FRESH_PRICE)
      if (old >= first && leaves.price(leaf, old) > price) leaves.move(leaf, old--, leaf, to)
      else leaves.set(leaf, to, this.#fresh.double(late--, FRESH_OFFER), price)
    }
    return true
  }

  /** An offer that rests again goes back to its place; it may have ended, or left again, meanwhile. */
  #putBack(instrument: number, offer: number): void {
    const home = this.#homes.get(offer)
    if (home === 0) return
    this.#sortIn(instrument)
    const price = this.#ladder.price(home)
    const sequence = this.#ladder.records.sequence(home)
    let leaf = this.#leafFor(instrument, price, sequence)
    if (this.#leaves.to(leaf) === ENTRIES) leaf = this.#roomFor(instrument, leaf, price, sequence)
    let index = this.#leaves.to(leaf)
    const from = this.#leaves.from(leaf)
    while (index > from && !this.#isBefore(leaf, index - 1, price, sequence)) index--
    this.#leaves.insert(leaf, index, offer, price)
  }

  /** Makes room in a leaf without room behind its last entry; the leaf where the offer belongs then. */
  #roomFor(instrument: number, leaf: number, price: number, sequence: number): number {
    this.#leaves.pushDown(leaf)
    if (this.#leaves.to(leaf) === ENTRIES) this.#keep(leaf, 0, false)
    if (this.#leaves.to(leaf) < ENTRIES) return leaf
    const late = this.#part(instrument, leaf)
    return this.#isBefore(late, 0, price, sequence) ? late : leaf
  }

  /**
   * Whether an entry comes before an offer. Only at the same price sequences are looked up; an entry that ended has none any
   * more and lets the offer pass, as nothing is taken there.
   */
  #isBefore(leaf: number, index: number, price: number, sequence: number): boolean {
    const other = this.#leaves.price(leaf, index)
    if (other !== price) return other < price
    const home = this.#homes.get(this.#leaves.offer(leaf, index))
    return home !== 0 && this.#ladder.records.sequence(home) < sequence
  }

  /** Moves the later half of a leaf without ended offers, which begins at its beginning, to a new leaf. */
  #part(instrument: number, leaf: number): number {
    const leaves = this.#leaves
    const late = leaves.open()
    const [half, to] = [leaves.to(leaf) >>> 1, leaves.to(leaf)]
    for (let at = half; at < to; at++) leaves.move(leaf, at, late, at - half)
    leaves.setTo(late, to - half)
    leaves.setTo(leaf, half)
    const sequence = this.#ladder.records.sequence(this.#homes.get(leaves.offer(late, 0)))
    const root = this.#root(instrument)
    const price = leaves.price(late, 0)
    this.#setRoot(instrument, leaves.tree.insertAfter(root, leaf, late, price, sequence))
    return late
  }

  /** The leaf in which an offer belongs, the first one if need be. */
  #leafFor(instrument: number, price: number, sequence: number): number {
    const root = this.#root(instrument)
    if (root !== NONE) return this.#leaves.tree.find(root, price, sequence)
    const leaf = this.#leaves.open()
    this.#setRoot(instrument, this.#leaves.tree.plant(leaf, price))
    return leaf
  }

  #free(instrument: number, leaf: number): void {
    const { lines } = this.#instruments
    const { tree } = this.#leaves
    if (lines.word(instrument, DUE) - 1 === leaf)
      lines.setWord(instrument, DUE, tree.next(leaf) + 1)
    this.#setRoot(instrument, tree.remove(this.#root(instrument), leaf))
    this.#leaves.close(leaf)
  }

  /** Roots are stored plus 1, so that what was never set reads NONE; ~node shifts alike. */
  #root(instrument: number): number {
    return this.#instruments.lines.word(instrument, ROOT) - 1
  }

  #setRoot(instrument: number, root: number): void {
    this.#instruments.lines.setWord(instrument, ROOT, root + 1)
  }
}
