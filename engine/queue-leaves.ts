import type { IdTable } from './memory/id-table.ts'
import { Int32Pages } from './memory/pages.ts'
import { PAGE_MASK, PAGE_SHIFT, RecordPages } from './memory/record-pages.ts'
import { Tree } from './memory/tree.ts'

/** The entries that a leaf of a queue has room for. */
export const ENTRIES = 32

const TO_SHIFT = 8
const FROM_MASK = (1 << TO_SHIFT) - 1

/** What an entry is: the offer; the price that it stands at, and where it was last found. */
const OFFER = 0
const PRICE = 2
const HOME = 3
const DOUBLES = 2

/** The leaves of all queues: each holds some offers in order. */
export class QueueLeaves {
  readonly tree = new Tree()
  readonly #entries = new RecordPages(DOUBLES)
  /** By leaf: its entries are those from … to − 1; one without order begins at 0, and names the one behind it instead. */
  readonly #spans = new Int32Pages()
  /** By leaf, the instrument in whose queue it is, plus 1; negative where its entries are without order. */
  readonly #owners = new Int32Pages()
  readonly #free: number[] = []
  #length = 0

  from(leaf: number): number {
    return this.#spans.get(leaf) & FROM_MASK
  }

  to(leaf: number): number {
    return this.#spans.get(leaf) >>> TO_SHIFT
  }

  setTo(leaf: number, to: number): void {
    this.#span(leaf, this.from(leaf), to)
  }

  isEmpty(leaf: number): boolean {
    return this.from(leaf) === this.to(leaf)
  }

  count(leaf: number): number {
    return this.to(leaf) - this.from(leaf)
  }

  offer(leaf: number, index: number): number {
    return this.#entries.double(leaf * ENTRIES + index, OFFER)
  }

  price(leaf: number, index: number): number {
    return this.#entries.word(leaf * ENTRIES + index, PRICE)
  }

  /** Where the offer was when that was last noted. A guess, to be checked. */
  home(leaf: number, index: number): number {
    return this.#entries.word(leaf * ENTRIES + index, HOME)
  }

  setHome(leaf: number, index: number, home: number): void {
    this.#entries.setWord(leaf * ENTRIES + index, HOME, home)
  }

  set(leaf: number, index: number, offer: number, price: number, home: number): void {
    const entry = leaf * ENTRIES + index
    const doubles = this.#entries.doubles[entry >>> PAGE_SHIFT] as Float64Array
    const words = this.#entries.words[entry >>> PAGE_SHIFT] as Int32Array
    const at = (entry & PAGE_MASK) * DOUBLES
    doubles[at + OFFER] = offer
    words[at * 2 + PRICE] = price
    words[at * 2 + HOME] = home
  }

  move(leaf: number, index: number, toLeaf: number, to: number): void {
    this.#entries.copy(leaf * ENTRIES + index, toLeaf * ENTRIES + to)
  }

  /** A leaf without entries. */
  open(): number {
    const leaf = this.#free.pop() ?? this.#length++
    this.#entries.reserve((leaf + 1) * ENTRIES)
    this.tree.reserve(leaf + 1)
    this.#spans.reserve(leaf + 1)
    this.#owners.reserve(leaf + 1)
    this.#spans.set(leaf, 0)
    this.#owners.set(leaf, 0)
    return leaf
  }

  /** The leaf behind one that is not in a tree; 0 for none, else plus 1. */
  chained(leaf: number): number {
    return this.#spans.get(leaf)
  }

  chain(leaf: number, next: number): void {
    this.#spans.set(leaf, next)
  }

  close(leaf: number): void {
    this.#owners.set(leaf, 0)
    this.#free.push(leaf)
  }

  /** The instrument in whose queue a leaf is; below 0 for none. */
  owner(leaf: number): number {
    return this.#owners.get(leaf) - 1
  }

  setOwner(leaf: number, instrument: number): void {
    this.#owners.set(leaf, instrument + 1)
  }

  /** The instrument whose new offers are in a leaf; below 0 for none. */
  freshOwner(leaf: number): number {
    return -this.#owners.get(leaf) - 1
  }

  setFreshOwner(leaf: number, instrument: number): void {
    this.#owners.set(leaf, -(instrument + 1))
  }

  /** How many leaves there are now. */
  get inUse(): number {
    return this.#length - this.#free.length
  }

  /** How many leaves there ever were at once: their numbers are below. */
  get length(): number {
    return this.#length
  }

  /** Puts an entry in; the leaf must have room behind its last. */
  insert(leaf: number, index: number, offer: number, price: number, home: number): void {
    const to = this.to(leaf)
    for (let at = to; at > index; at--) this.move(leaf, at - 1, leaf, at)
    this.set(leaf, index, offer, price, home)
    this.setTo(leaf, to + 1)
  }

  /** Drops the first entry. */
  shift(leaf: number): void {
    this.#span(leaf, this.from(leaf) + 1, this.to(leaf))
  }

  cut(leaf: number, index: number): void {
    const to = this.to(leaf) - 1
    for (let at = index; at < to; at++) this.move(leaf, at + 1, leaf, at)
    this.setTo(leaf, to)
  }

  /** Moves the entries to the beginning. */
  pushDown(leaf: number): void {
    const from = this.from(leaf)
    if (from === 0) return
    const count = this.count(leaf)
    for (let at = 0; at < count; at++) this.move(leaf, from + at, leaf, at)
    this.#span(leaf, 0, count)
  }

  /** Moves the entries of a leaf behind those of another, which must have room. */
  pour(leaf: number, into: number): void {
    this.pushDown(into)
    let to = this.to(into)
    for (let at = this.from(leaf); at < this.to(leaf); at++) this.move(leaf, at, into, to++)
    this.setTo(into, to)
    this.setTo(leaf, this.from(leaf))
  }

  /** Closes the gaps that ended offers leave. */
  keepOpen(leaf: number, open: IdTable): void {
    let to = this.from(leaf)
    for (let at = to; at < this.to(leaf); at++) {
      if (!open.has(this.offer(leaf, at))) continue
      if (to < at) this.move(leaf, at, leaf, to)
      to++
    }
    this.setTo(leaf, to)
  }

  #span(leaf: number, from: number, to: number): void {
    this.#spans.set(leaf, (to << TO_SHIFT) | from)
  }
}
