/**
 * Each instrument's offers by price, then sequence, for queries that look inside a filter. Kept lazily: a query without a
 * filter does not touch them. What cannot be taken is dropped when a query meets it, and comes back when it can be taken
 * again; what has ended is dropped in passing.
 */
import { BACK, type Backlog, NEW } from './backlog.ts'
import { FreshOffers, indexOf, priceOf } from './fresh-offers.ts'
import { type Instruments, QUEUE_WORDS } from './instruments.ts'
import type { Ladder } from './ladder.ts'
import type { IdTable } from './memory/id-table.ts'
import { NONE } from './memory/tree.ts'
import { QUEUED } from './offer-records.ts'
import { ENTRIES, QueueLeaves } from './queue-leaves.ts'

const { root: ROOT, fresh: FRESH, first: FIRST } = QUEUE_WORDS

/** After so many offers ended, the next leaf is gone through, whosever it is: they lie in memory one after the other. */
const ENDED_PER_LEAF = 16
/** With so many leaves more than open offers, most of them hold only what has ended: then two go for each that ends. */
const MOST_SPARE = 1024
/** Two neighbours with so few entries become one. */
const FEW = 24

export class Queues {
  readonly #ladder: Ladder
  readonly #homes: IdTable
  readonly #instruments: Instruments
  readonly #backlog: Backlog
  readonly #leaves = new QueueLeaves()
  readonly #fresh: FreshOffers
  /** Offers in queues that ended, as yet without a leaf that was gone through for them. */
  ended = 0
  /** The leaf that is gone through next. */
  #due = 0
  /** A leaf while it is written anew. */
  readonly #merged = {
    offers: new Float64Array(0),
    prices: new Int32Array(0),
    homes: new Int32Array(0),
  }
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
    this.#fresh = new FreshOffers(this.#leaves, instruments, homes)
  }

  /** Brings the sums and the queues of the instruments up to the backlog. Before any of them is read. */
  settle(): void {
    const backlog = this.#backlog
    for (let at = backlog.settled; at < backlog.count; at++) {
      const instrument = backlog.instrument(at)
      const what = backlog.what(at)
      this.#instruments.rest(instrument, backlog.tonnes(at), backlog.resting(at), at + 1)
      if (what === NEW) {
        const [offer, price] = [backlog.offer(at), backlog.priceMinor(at)]
        const isKept = this.#fresh.add(instrument, offer, price, backlog.home(at))
        if (!isKept) this.#sortIn(instrument)
      }
      if (what === BACK) this.#putBack(instrument, backlog.offer(at))
    }
    backlog.settled = backlog.count
    while (this.ended >= ENDED_PER_LEAF) {
      this.ended -= ENDED_PER_LEAF
      const isWaste = this.#leaves.inUse > this.#homes.size + MOST_SPARE
      for (let left = isWaste ? ENDED_PER_LEAF * 2 : 1; left > 0; left--) this.#goThroughNext()
    }
  }

  /** Finds the first offer of an instrument that rests. */
  first(instrument: number): void {
    this.#sortIn(instrument)
    this.leaf = this.#instruments.lines.word(instrument, FIRST) - 1
    if (this.leaf === NONE) {
      this.#findNothing()
      return
    }
    this.index = this.#leaves.from(this.leaf)
    this.#find(instrument)
  }

  /** Finds the next offer behind an entry that was found before, in a query that has changed nothing since. */
  next(instrument: number, leaf: number, index: number): void {
    this.leaf = leaf
    this.index = index + 1
    this.#find(instrument)
  }

  /** Whether an offer stands in the queue of an instrument at this entry of its leaves. */
  isAt(instrument: number, entry: number, offer: number): boolean {
    const leaves = this.#leaves
    const [leaf, index] = [Math.floor(entry / ENTRIES), entry % ENTRIES]
    return (
      leaves.owner(leaf) === instrument &&
      index >= leaves.from(leaf) &&
      index < leaves.to(leaf) &&
      leaves.offer(leaf, index) === offer
    )
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
    const { records } = this.#ladder
    for (;;) {
      while (this.index < leaves.to(this.leaf)) {
        const home = this.#homeAt(this.leaf, this.index)
        if (home !== 0 && records.resting(home) > 0) {
          this.home = home
          this.price = leaves.price(this.leaf, this.index)
          this.sequence = records.sequence(home)
          return
        }
        if (home !== 0) records.removeFlag(home, QUEUED)
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

  /** Where the offer of an entry is now, or 0. Mostly it is where it was found last. */
  #homeAt(leaf: number, index: number): number {
    const leaves = this.#leaves
    const offer = leaves.offer(leaf, index)
    const guess = leaves.home(leaf, index)
    if (this.#ladder.records.offer(guess) === offer) return guess
    const home = this.#homes.get(offer)
    leaves.setHome(leaf, index, home || guess)
    return home
  }

  #findNothing(): void {
    this.home = 0
    this.price = Infinity
    this.sequence = Infinity
  }

  /** Drops the present entry; false when that was the end of the queue. */
  #drop(instrument: number): boolean {
    const leaves = this.#leaves
    const leaf = this.leaf
    if (this.index === leaves.from(leaf)) {
      leaves.shift(leaf)
      this.index++
    } else leaves.cut(leaf, this.index)
    if (!leaves.isEmpty(leaf)) return true
    const next = leaves.tree.next(leaf)
    this.#free(instrument, leaf)
    if (next === NONE) return false
    this.leaf = next
    this.index = leaves.from(next)
    return true
  }

  /** Drops what has ended from the next leaf in turn. */
  #goThroughNext(): void {
    const leaves = this.#leaves
    const leaf = this.#due % Math.max(1, leaves.length)
    this.#due = leaf + 1
    if (leaf >= leaves.length) return
    const newIn = leaves.freshOwner(leaf)
    if (newIn >= 0 && this.#instruments.lines.word(newIn, FRESH) - 1 === leaf) {
      this.#fresh.dropEnded(newIn)
    }
    const instrument = leaves.owner(leaf)
    if (instrument < 0) return
    this.#leaves.keepOpen(leaf, this.#homes)
    const next = leaves.tree.next(leaf)
    if (leaves.isEmpty(leaf)) this.#free(instrument, leaf)
    else if (next !== NONE && leaves.count(leaf) + leaves.count(next) <= FEW) {
      leaves.pour(next, leaf)
      this.#free(instrument, next)
    }
  }

  /** Puts the new offers of an instrument in their places. */
  #sortIn(instrument: number): void {
    const count = this.#fresh.gather(instrument)
    if (count > 0) this.#sortInGathered(instrument, count)
  }

  #sortInGathered(instrument: number, count: number): void {
    this.#fresh.sort(count)
    const { keys } = this.#fresh
    const { tree } = this.#leaves
    for (let at = 0; at < count; ) {
      const price = priceOf(keys[at] as number)
      const leaf = this.#leafFor(instrument, price, Infinity)
      const next = tree.next(leaf)
      const limit = next === NONE ? Infinity : tree.beginsAt(next)
      let end = at + 1
      while (end < count && priceOf(keys[end] as number) < limit) end++
      this.#mergeIn(instrument, leaf, at, end)
      at = end
    }
  }

  /** Merges new offers in their order into a leaf, and into more leaves behind it where they do not fit. */
  #mergeIn(instrument: number, leaf: number, from: number, end: number): void {
    const leaves = this.#leaves
    const added = end - from
    leaves.pushDown(leaf)
    if (leaves.to(leaf) + added > ENTRIES) leaves.keepOpen(leaf, this.#homes)
    if (leaves.to(leaf) + added > ENTRIES) {
      this.#spread(instrument, leaf, from, end)
      return
    }
    const { offers, keys, places } = this.#fresh
    let old = leaves.to(leaf) - 1
    let late = end - 1
    leaves.setTo(leaf, old + 1 + added)
    for (let to = old + added; late >= from; to--) {
      const key = keys[late] as number
      const price = priceOf(key)
      if (old >= 0 && leaves.price(leaf, old) > price) leaves.move(leaf, old--, leaf, to)
      else {
        const index = indexOf(key)
        leaves.set(leaf, to, offers[index] as number, price, places[index] as number)
        late--
      }
    }
  }

  /** The same for what needs several leaves. */
  #spread(instrument: number, leaf: number, from: number, end: number): void {
    const leaves = this.#leaves
    const total = leaves.to(leaf) + end - from
    const merged = this.#merged
    if (total > merged.offers.length) {
      merged.offers = new Float64Array(total * 2)
      merged.prices = new Int32Array(total * 2)
      merged.homes = new Int32Array(total * 2)
    }
    const { offers, keys, places } = this.#fresh
    let [old, late] = [0, from]
    for (let to = 0; to < total; to++) {
      const key = keys[late] as number
      const price = late < end ? priceOf(key) : Infinity
      const isOld = old < leaves.to(leaf) && leaves.price(leaf, old) <= price
      const index = isOld ? old : indexOf(key)
      merged.offers[to] = isOld ? leaves.offer(leaf, old) : (offers[index] as number)
      merged.prices[to] = isOld ? leaves.price(leaf, old) : price
      merged.homes[to] = isOld ? leaves.home(leaf, old) : (places[index] as number)
      if (isOld) old++
      else late++
    }
    const evenly = Math.ceil(total / Math.ceil(total / ENTRIES))
    for (let [at, into] = [0, leaf]; at < total; ) {
      const count = Math.min(evenly, total - at)
      if (at > 0) into = this.#openBehind(instrument, into, at)
      for (let index = 0; index < count; index++, at++) {
        const [offer, price] = [merged.offers[at] as number, merged.prices[at] as number]
        leaves.set(into, index, offer, price, merged.homes[at] as number)
      }
      leaves.setTo(into, count)
    }
  }

  /** A new leaf behind another, for what was merged from an index on. */
  #openBehind(instrument: number, leaf: number, at: number): number {
    const leaves = this.#leaves
    const late = leaves.open()
    leaves.setOwner(late, instrument)
    const home = this.#homes.get(this.#merged.offers[at] as number)
    const price = this.#merged.prices[at] as number
    const sequence = this.#ladder.records.sequence(home)
    const root = this.#root(instrument)
    this.#setRoot(instrument, leaves.tree.insertAfter(root, leaf, late, price, sequence))
    return late
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
    this.#leaves.insert(leaf, index, offer, price, home)
  }

  /** Makes room in a leaf without room behind its last entry; the leaf where the offer belongs then. */
  #roomFor(instrument: number, leaf: number, price: number, sequence: number): number {
    this.#leaves.pushDown(leaf)
    if (this.#leaves.to(leaf) === ENTRIES) this.#leaves.keepOpen(leaf, this.#homes)
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
    const home = this.#homeAt(leaf, index)
    return home !== 0 && this.#ladder.records.sequence(home) < sequence
  }

  /** Moves the later half of a leaf without ended offers, which begins at its beginning, to a new leaf. */
  #part(instrument: number, leaf: number): number {
    const leaves = this.#leaves
    const late = leaves.open()
    leaves.setOwner(late, instrument)
    const [half, to] = [leaves.to(leaf) >>> 1, leaves.to(leaf)]
    for (let at = half; at < to; at++) leaves.move(leaf, at, late, at - half)
    leaves.setTo(late, to - half)
    leaves.setTo(leaf, half)
    const sequence = this.#ladder.records.sequence(this.#homeAt(late, 0))
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
    this.#leaves.setOwner(leaf, instrument)
    this.#setRoot(instrument, this.#leaves.tree.plant(leaf, price))
    this.#instruments.lines.setWord(instrument, FIRST, leaf + 1)
    return leaf
  }

  #free(instrument: number, leaf: number): void {
    const { tree } = this.#leaves
    const { lines } = this.#instruments
    const next = tree.next(leaf)
    if (lines.word(instrument, FIRST) - 1 === leaf) lines.setWord(instrument, FIRST, next + 1)
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
