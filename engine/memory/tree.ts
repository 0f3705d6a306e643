/**
 * Ordered lists of leaves with a search tree over each. A leaf is a number of its owner's, 0 or more, and holds what the
 * owner puts there; the tree knows where it begins, and whether anything in it is live. Finding a leaf, the first live one
 * and the next live one take a number of steps that grows with the logarithm of the leaves.
 *
 * A list is known by its root: a leaf, `~node` for an inner node, or NONE for an empty list. Every change returns the root.
 */
import { Float64Pages, Int32Pages } from './pages.ts'

export const NONE = -1
const FANOUT = 8
const HALF = FANOUT / 2
/** How many times as much memory leaves get when they need more. */
const GROWTH = 1.25

/** What is kept of a leaf, in words: its links, and where it begins. */
const PARENT = 0
export const NEXT = 1
const PREVIOUS = 2
export const PRICE = 3
export const LEAF_WORDS = 4

export class Tree {
  /** LEAF_WORDS words a leaf, for what has to be fast. */
  leaves = new Int32Array(LEAF_WORDS * 8)
  /** Children of nodes: leaves, or ~node. Node 0 is never used, so that NONE is no reference. */
  readonly #children = new Int32Pages()
  /** Where a child begins: nothing in it is before, nothing to its left is at or after. Of a first child it says nothing. */
  readonly #prices = new Int32Pages()
  readonly #sequences = new Float64Pages()
  readonly #counts = new Int32Pages()
  readonly #parents = new Int32Pages()
  /** A bit for each child that has something live. */
  readonly #live = new Int32Pages()
  #nodes = 1
  readonly #freeNodes: number[] = []

  /** Makes room for one leaf more than there were, which makes it `leaves`. */
  reserve(leaves: number): void {
    if (leaves * LEAF_WORDS <= this.leaves.length) return
    const longer = new Int32Array(Math.ceil(leaves * GROWTH) * LEAF_WORDS)
    longer.set(this.leaves)
    this.leaves = longer
  }

  /** A list of one leaf. */
  plant(leaf: number, price: number): number {
    this.#link(leaf, NONE, NONE, NONE, price)
    return leaf
  }

  next(leaf: number): number {
    return this.leaves[leaf * LEAF_WORDS + NEXT] as number
  }

  previous(leaf: number): number {
    return this.leaves[leaf * LEAF_WORDS + PREVIOUS] as number
  }

  /** The price at which a leaf begins, as it was told. */
  beginsAt(leaf: number): number {
    return this.leaves[leaf * LEAF_WORDS + PRICE] as number
  }

  /**
   * Puts a leaf without anything live behind another. It begins at this price and sequence. The other may have been the only
   * one, of which nobody asked whether it is live: its owner has to note that again.
   */
  insertAfter(root: number, after: number, leaf: number, price: number, sequence: number): number {
    const next = this.next(after)
    this.#link(leaf, NONE, next, after, price)
    this.leaves[after * LEAF_WORDS + NEXT] = leaf
    if (next !== NONE) this.leaves[next * LEAF_WORDS + PREVIOUS] = leaf
    return this.#insertChild(root, after, leaf, price, sequence, 0)
  }

  /** Takes a leaf without anything live out. What was looked for there is from now on looked for in the leaf before it. */
  remove(root: number, leaf: number): number {
    const [next, previous] = [this.next(leaf), this.previous(leaf)]
    if (next !== NONE) this.leaves[next * LEAF_WORDS + PREVIOUS] = previous
    if (previous !== NONE) this.leaves[previous * LEAF_WORDS + NEXT] = next
    if (previous === NONE && next !== NONE) {
      this.leaves[next * LEAF_WORDS + PRICE] = this.beginsAt(leaf)
    }
    return this.#removeChild(root, leaf)
  }

  /** The last leaf that begins at this price and sequence or before; the first leaf where there is none. */
  find(root: number, price: number, sequence: number): number {
    let reference = root
    while (reference < NONE) {
      const node = ~reference
      const base = node * FANOUT
      let low = 0
      let high = this.#counts.get(node) - 1
      while (low < high) {
        const middle = (low + high + 1) >>> 1
        const begins = this.#prices.get(base + middle)
        const before =
          begins < price || (begins === price && this.#sequences.get(base + middle) <= sequence)
        if (before) low = middle
        else high = middle - 1
      }
      reference = this.#children.get(base + low)
    }
    return reference
  }

  first(root: number): number {
    let reference = root
    while (reference < NONE) reference = this.#children.get(~reference * FANOUT)
    return reference
  }

  /** Notes that something in a leaf is live, or that nothing is any more. */
  setLive(leaf: number, live: boolean): void {
    let child = leaf
    let node = this.#parentOf(leaf)
    while (node !== NONE) {
      const bit = 1 << this.#indexOf(node, child)
      const before = this.#live.get(node)
      const after = live ? before | bit : before & ~bit
      this.#live.set(node, after)
      if ((before === 0) === (after === 0)) return
      child = ~node
      node = this.#parents.get(node)
    }
  }

  /** The first leaf with something live; of a list of one leaf, that leaf, whatever is in it; else NONE. */
  firstLive(root: number): number {
    return root < NONE && this.#live.get(~root) === 0 ? NONE : this.#descend(root)
  }

  /** The next leaf with something live, or NONE. */
  nextLive(leaf: number): number {
    let child = leaf
    let node = this.#parentOf(leaf)
    while (node !== NONE) {
      const later = this.#live.get(node) & ~((2 << this.#indexOf(node, child)) - 1)
      if (later !== 0) return this.#descend(this.#childAt(node, lowestBit(later)))
      child = ~node
      node = this.#parents.get(node)
    }
    return NONE
  }

  #descend(from: number): number {
    let reference = from
    while (reference < NONE) {
      reference = this.#childAt(~reference, lowestBit(this.#live.get(~reference)))
    }
    return reference
  }

  #childAt(node: number, index: number): number {
    return this.#children.get(node * FANOUT + index)
  }

  #indexOf(node: number, child: number): number {
    const base = node * FANOUT
    let index = 0
    while (this.#children.get(base + index) !== child) index++
    return index
  }

  #parentOf(reference: number): number {
    return reference < NONE
      ? this.#parents.get(~reference)
      : (this.leaves[reference * LEAF_WORDS + PARENT] as number)
  }

  #setParent(reference: number, node: number): void {
    if (reference < NONE) this.#parents.set(~reference, node)
    else this.leaves[reference * LEAF_WORDS + PARENT] = node
  }

  #link(leaf: number, parent: number, next: number, previous: number, price: number): void {
    const at = leaf * LEAF_WORDS
    this.leaves[at + PARENT] = parent
    this.leaves[at + NEXT] = next
    this.leaves[at + PREVIOUS] = previous
    this.leaves[at + PRICE] = price
  }

  #insertChild(
    root: number,
    after: number,
    child: number,
    price: number,
    sequence: number,
    live: 0 | 1,
  ): number {
    let node = this.#parentOf(after)
    if (node === NONE) {
      node = this.#newNode()
      this.#children.set(node * FANOUT, after)
      this.#counts.set(node, 1)
      this.#live.set(node, after < NONE && this.#live.get(~after) !== 0 ? 1 : 0)
      this.#setParent(after, node)
      this.#insertAt(node, 1, child, price, sequence, live)
      return ~node
    }
    let index = this.#indexOf(node, after) + 1
    let grownRoot = root
    if (this.#counts.get(node) === FANOUT) {
      grownRoot = this.#split(root, node)
      if (index > HALF) {
        index -= HALF
        node = this.#splitOff
      }
    }
    this.#insertAt(node, index, child, price, sequence, live)
    return grownRoot
  }

  /** The node that the last split made. */
  #splitOff = NONE

  /** Moves the later half of a node's children to a new node behind it. */
  #split(root: number, node: number): number {
    const late = this.#newNode()
    const [from, to] = [node * FANOUT, late * FANOUT]
    for (let index = 0; index < HALF; index++) {
      const child = this.#children.get(from + HALF + index)
      this.#children.set(to + index, child)
      this.#prices.set(to + index, this.#prices.get(from + HALF + index))
      this.#sequences.set(to + index, this.#sequences.get(from + HALF + index))
      this.#setParent(child, late)
    }
    this.#counts.set(late, HALF)
    this.#counts.set(node, HALF)
    const live = this.#live.get(node)
    const lateLive = (live >>> HALF) & ((1 << HALF) - 1)
    this.#live.set(late, lateLive)
    this.#live.set(node, live & ((1 << HALF) - 1))
    const [price, sequence] = [this.#prices.get(to), this.#sequences.get(to)]
    const grownRoot = this.#insertChild(root, ~node, ~late, price, sequence, lateLive ? 1 : 0)
    if (live !== 0 && this.#live.get(node) === 0) this.#clearBit(~node)
    this.#splitOff = late
    return grownRoot
  }

  /** A node lost its last live child to the one behind it: only its own parent's bit changes. */
  #clearBit(reference: number): void {
    const parent = this.#parentOf(reference)
    if (parent === NONE) return
    this.#live.set(parent, this.#live.get(parent) & ~(1 << this.#indexOf(parent, reference)))
  }

  #insertAt(
    node: number,
    index: number,
    child: number,
    price: number,
    sequence: number,
    live: 0 | 1,
  ): void {
    const base = node * FANOUT
    const count = this.#counts.get(node)
    for (let at = base + count; at > base + index; at--) {
      this.#children.set(at, this.#children.get(at - 1))
      this.#prices.set(at, this.#prices.get(at - 1))
      this.#sequences.set(at, this.#sequences.get(at - 1))
    }
    this.#children.set(base + index, child)
    this.#prices.set(base + index, price)
    this.#sequences.set(base + index, sequence)
    this.#counts.set(node, count + 1)
    const early = (1 << index) - 1
    const mask = this.#live.get(node)
    this.#live.set(node, (mask & early) | ((mask & ~early) << 1) | (live << index))
    this.#setParent(child, node)
  }

  #removeChild(root: number, child: number): number {
    const node = this.#parentOf(child)
    if (node === NONE) return NONE
    const base = node * FANOUT
    const count = this.#counts.get(node) - 1
    const index = this.#indexOf(node, child)
    for (let at = base + index; at < base + count; at++) {
      this.#children.set(at, this.#children.get(at + 1))
      this.#prices.set(at, this.#prices.get(at + 1))
      this.#sequences.set(at, this.#sequences.get(at + 1))
    }
    this.#counts.set(node, count)
    const early = (1 << index) - 1
    const mask = this.#live.get(node)
    this.#live.set(node, (mask & early) | ((mask >>> 1) & ~early))
    if (index === 0 && count > 0) this.#beginLater(node)
    if (count === 0) {
      const left = this.#removeChild(root, ~node)
      this.#freeNodes.push(node)
      return left
    }
    return count === 1 && ~node === root ? this.#lower(root) : root
  }

  /** A node begins where its present first child does. */
  #beginLater(node: number): void {
    const [price, sequence] = [this.#prices.get(node * FANOUT), this.#sequences.get(node * FANOUT)]
    let child = node
    for (let parent = this.#parents.get(node); parent !== NONE; ) {
      const index = this.#indexOf(parent, ~child)
      if (index > 0) {
        this.#prices.set(parent * FANOUT + index, price)
        this.#sequences.set(parent * FANOUT + index, sequence)
        return
      }
      child = parent
      parent = this.#parents.get(parent)
    }
  }

  /** Drops roots that have a single child. */
  #lower(root: number): number {
    let reference = root
    while (reference < NONE && this.#counts.get(~reference) === 1) {
      this.#freeNodes.push(~reference)
      reference = this.#childAt(~reference, 0)
    }
    this.#setParent(reference, NONE)
    return reference
  }

  #newNode(): number {
    const node = this.#freeNodes.pop() ?? this.#nodes++
    this.#reserve(node + 1)
    this.#counts.set(node, 0)
    this.#live.set(node, 0)
    this.#parents.set(node, NONE)
    return node
  }

  #reserve(nodes: number): void {
    for (const column of [this.#children, this.#prices, this.#sequences]) {
      column.reserve(nodes * FANOUT)
    }
    for (const column of [this.#counts, this.#parents, this.#live]) column.reserve(nodes)
  }
}

/** The index of the lowest bit that is set. */
export function lowestBit(mask: number): number {
  return 31 - Math.clz32(mask & -mask)
}

/** How many bits are set. */
export function bits(mask: number): number {
  const pairs = mask - ((mask >>> 1) & 0x55555555)
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}
