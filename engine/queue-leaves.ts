import { Float64Pages, Int32Pages } from './memory/pages.ts'
import { Tree } from './memory/tree.ts'

/** The entries that a leaf of a queue has room for. */
export const ENTRIES = 32

/** The words of a leaf: its entries are those from … to − 1; one without order begins at 0 and names another instead. */
const FROM = 0
const TO = 1
const CHAINED = 0

/** The leaves of all queues: each holds some offers in order, with the price that each stands at. */
export class QueueLeaves {
  readonly tree = new Tree()
  readonly #offers = new Float64Pages()
  readonly #prices = new Int32Pages()
  readonly #free: number[] = []
  #length = 0

  from(leaf: number): number {
    return this.tree.own(leaf, FROM)
  }

  to(leaf: number): number {
    return this.tree.own(leaf, TO)
  }

  setTo(leaf: number, to: number): void {
    this.tree.setOwn(leaf, TO, to)
  }

  isEmpty(leaf: number): boolean {
    return this.from(leaf) === this.to(leaf)
  }

  count(leaf: number): number {
    return this.to(leaf) - this.from(leaf)
  }

  offer(leaf: number, index: number): number {
    return this.#offers.get(leaf * ENTRIES + index)
  }

  price(leaf: number, index: number): number {
    return this.#prices.get(leaf * ENTRIES + index)
  }

  set(leaf: number, index: number, offer: number, price: number): void {
    this.#offers.set(leaf * ENTRIES + index, offer)
    this.#prices.set(leaf * ENTRIES + index, price)
  }

  move(leaf: number, index: number, toLeaf: number, to: number): void {
    this.#offers.set(toLeaf * ENTRIES + to, this.#offers.get(leaf * ENTRIES + index))
    this.#prices.set(toLeaf * ENTRIES + to, this.#prices.get(leaf * ENTRIES + index))
  }

  /** A leaf without entries. */
  open(): number {
    const leaf = this.#free.pop() ?? this.#length++
    this.#offers.reserve((leaf + 1) * ENTRIES)
    this.#prices.reserve((leaf + 1) * ENTRIES)
    this.tree.reserve(leaf + 1)
    this.tree.setOwn(leaf, FROM, 0)
    this.tree.setOwn(leaf, TO, 0)
    return leaf
  }

  /** The leaf behind one that is not in a tree; 0 for none, else plus 1. */
  chained(leaf: number): number {
    return this.tree.own(leaf, CHAINED)
  }

  chain(leaf: number, next: number): void {
    this.tree.setOwn(leaf, CHAINED, next)
  }

  close(leaf: number): void {
    this.#free.push(leaf)
  }

  /** Puts an entry in; the leaf must have room behind its last. */
  insert(leaf: number, index: number, offer: number, price: number): void {
    const to = this.to(leaf)
    for (let at = to; at > index; at--) this.move(leaf, at - 1, leaf, at)
    this.set(leaf, index, offer, price)
    this.setTo(leaf, to + 1)
  }

  /** Drops the first entry. */
  shift(leaf: number): void {
    this.tree.setOwn(leaf, FROM, this.from(leaf) + 1)
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
    this.tree.setOwn(leaf, FROM, 0)
    this.setTo(leaf, count)
  }

  /** Moves the entries of a leaf behind those of another, which must have room. */
  pour(leaf: number, into: number): void {
    this.pushDown(into)
    let to = this.to(into)
    for (let at = this.from(leaf); at < this.to(leaf); at++) this.move(leaf, at, into, to++)
    this.setTo(into, to)
    this.setTo(leaf, this.from(leaf))
  }
}
