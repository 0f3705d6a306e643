/**
 * Every open offer, whole, in the order in which a query without a filter takes them: by price, then sequence. They lie in
 * leaves of 32, so that a sweep reads memory in order; a word a leaf says which of them rest, so that what cannot be taken
 * costs nothing to pass over. An offer keeps its place while it is reserved or suspended, and has it again afterwards.
 */
import { Levels } from './levels.ts'
import type { IdTable } from './memory/id-table.ts'
import { PAGE_MASK, PAGE_SHIFT } from './memory/record-pages.ts'
import { bits, LEAF_WORDS, lowestBit, NEXT, NONE, PRICE, Tree } from './memory/tree.ts'
import { DOUBLES, LEVEL, OFFER, OfferRecords, SEQUENCE, WORDS } from './offer-records.ts'

/** Offers in a leaf; their homes follow each other. */
export const SLOTS = 32

/** Two neighbours with so few offers become one; kept below SLOTS, so that they do not part again at once. */
const FEW = 24
/** With so few offers left a leaf looks for a neighbour to join, and again with half of them. */
const ATTEMPT = 16
/** A full leaf parts behind a price that has so many offers in it: the next ones will come there. */
const MANY = 8
/** How many times as many leaves there is room for, when there are more. */
const GROWTH = 1.25

export class Ladder {
  readonly records = new OfferRecords()
  readonly levels = new Levels()
  readonly #homes: IdTable
  readonly #tree = new Tree()
  readonly #freeLeaves: number[] = []
  #leafCount = 0
  /** By leaf, a bit a slot: those that hold an offer, and those whose offer a query can take. Apart, to stay in a near cache. */
  #used = new Int32Array(8)
  #live = new Int32Array(8)
  #root = NONE
  #best = NONE
  #bestKnown = true

  /** `homes` finds an offer's home by its id; the ladder keeps it right. */
  constructor(homes: IdTable) {
    this.#homes = homes
  }

  /** The first leaf with a resting offer, or NONE. */
  firstResting(): number {
    if (!this.#bestKnown) {
      const leaf = this.#tree.firstLive(this.#root)
      this.#best = leaf !== NONE && this.resting(leaf) !== 0 ? leaf : NONE
      this.#bestKnown = true
    }
    return this.#best
  }

  nextResting(leaf: number): number {
    const next = this.#tree.next(leaf)
    if (next === NONE || this.resting(next) !== 0) return next
    return this.#tree.nextLive(next)
  }

  /** The home of the first resting offer behind all offers of a level, or 0. */
  firstRestingBehind(level: number): number {
    const leaf = this.#lastLeafOf(level)
    const slot = this.#lastSlotAt(leaf, this.levels.prices.get(level))
    const behind = slot === SLOTS - 1 ? 0 : this.resting(leaf) & (-1 << (slot + 1))
    if (behind !== 0) return leaf * SLOTS + lowestBit(behind) + 1
    const next = this.nextResting(leaf)
    return next === NONE ? 0 : next * SLOTS + lowestBit(this.resting(next)) + 1
  }

  first(): number {
    return this.#root === NONE ? NONE : this.#tree.first(this.#root)
  }

  next(leaf: number): number {
    return this.#tree.next(leaf)
  }

  /** A bit for each slot of a leaf whose offer a query can take. */
  resting(leaf: number): number {
    return this.#live[leaf] as number
  }

  /** A bit for each slot of a leaf that holds an offer. */
  used(leaf: number): number {
    return this.#used[leaf] as number
  }

  rests(home: number): boolean {
    return (this.resting((home - 1) >>> 5) & (1 << ((home - 1) & 31))) !== 0
  }

  price(home: number): number {
    return this.levels.prices.get(this.records.level(home))
  }

  /**
   * A home for an offer behind all others at its price: where its record is to be written. It does not rest yet, and its
   * level counts it.
   */
  place(offer: number, priceMinor: number, sequence: number): number {
    const { levels } = this
    const recent = levels.recent(priceMinor)
    const level = recent === NONE ? this.#levelAt(priceMinor) : recent
    const home = this.#append(level, priceMinor) || this.#settleIn(level, sequence)
    levels.offers.set(level, levels.offers.get(level) + 1)
    levels.lastLeaves.set(level, (home - 1) >>> 5)
    this.#homes.add(offer, home)
    const page = this.records.doubles[(home - 1) >>> PAGE_SHIFT] as Float64Array
    const at = ((home - 1) & PAGE_MASK) * DOUBLES
    page[at + OFFER] = offer
    page[at + SEQUENCE] = sequence
    const words = this.records.words[(home - 1) >>> PAGE_SHIFT] as Int32Array
    words[((home - 1) & PAGE_MASK) * WORDS + LEVEL] = level
    return home
  }

  /** The common case: the level's last offer is the last of its leaf, and the slot behind it is free. 0 where it is not. */
  #append(level: number, priceMinor: number): number {
    const leaf = this.levels.lastLeaves.get(level)
    if (leaf === NONE) return 0
    const leaves = this.#tree.leaves
    const at = leaf * LEAF_WORDS
    const used = this.#used[leaf] as number
    const next = leaves[at + NEXT] as number
    if (used <= 0 || (leaves[at + PRICE] as number) > priceMinor) return 0
    if (next !== NONE && (leaves[next * LEAF_WORDS + PRICE] as number) <= priceMinor) return 0
    const slot = 32 - Math.clz32(used)
    const last = leaf * SLOTS + slot - 1
    const words = this.records.words[last >>> PAGE_SHIFT] as Int32Array
    if (words[(last & PAGE_MASK) * WORDS + LEVEL] !== level) return 0
    this.#used[leaf] = used | (1 << slot)
    return last + 2
  }

  #settleIn(level: number, sequence: number): number {
    const leaf = this.#lastLeafOf(level)
    return this.#makeRoom(leaf === NONE ? this.#plant() : leaf, level, sequence)
  }

  /** Takes an offer that does not rest out; its home, and those of its neighbours, may be another's from then on. */
  remove(home: number): void {
    this.#homes.remove(this.records.offer(home))
    this.records.clear(home)
    this.levels.removeOffer(this.records.level(home))
    const leaf = (home - 1) >>> 5
    const used = this.used(leaf) & ~(1 << ((home - 1) & 31))
    this.#used[leaf] = used
    if (used === 0) this.#free(leaf)
    else {
      const count = bits(used)
      if (count === ATTEMPT || count === ATTEMPT / 2) this.#join(leaf, count)
    }
  }

  setResting(home: number, rests: boolean): void {
    const leaf = (home - 1) >>> 5
    const bit = 1 << ((home - 1) & 31)
    const before = this.#live[leaf] as number
    const after = rests ? before | bit : before & ~bit
    this.#live[leaf] = after
    if ((before === 0) !== (after === 0)) this.#setLive(leaf, after !== 0)
  }

  #setLive(leaf: number, live: boolean): void {
    this.#tree.setLive(leaf, live)
    if (live || leaf === this.#best) this.#bestKnown = false
  }

  #levelAt(priceMinor: number): number {
    const last = this.#root === NONE ? NONE : this.#lastLevelUpTo(priceMinor)
    const known = last !== NONE && this.levels.prices.get(last) === priceMinor
    const level = known ? last : this.levels.open(priceMinor)
    this.levels.note(level)
    return level
  }

  /** The level of the last offer at this price or a better one; NONE where there is none. */
  #lastLevelUpTo(priceMinor: number): number {
    const leaf = this.#tree.find(this.#root, priceMinor, Infinity)
    const slot = this.#lastSlotAt(leaf, priceMinor)
    if (slot !== NONE) return this.records.level(leaf * SLOTS + slot + 1)
    // The leaf may have begun with offers at the price that are gone, while earlier ones are in the leaf before it.
    const before = this.#tree.previous(leaf)
    if (before === NONE) return NONE
    return this.records.level(before * SLOTS + 32 - Math.clz32(this.used(before)))
  }

  /** The leaf in which an offer at the level's price goes behind all others; NONE when there is no leaf at all. */
  #lastLeafOf(level: number): number {
    if (this.#root === NONE) return NONE
    const price = this.levels.prices.get(level)
    const guess = this.levels.lastLeaves.get(level)
    if (guess !== NONE && this.used(guess) !== 0 && this.#tree.beginsAt(guess) <= price) {
      const next = this.#tree.next(guess)
      if (next === NONE || this.#tree.beginsAt(next) > price) return guess
    }
    return this.#tree.find(this.#root, price, Infinity)
  }

  /** The last slot of a leaf with an offer at this price or a better one; NONE where there is none. */
  #lastSlotAt(leaf: number, priceMinor: number): number {
    let used = this.used(leaf)
    while (used !== 0) {
      const slot = 31 - Math.clz32(used)
      if (this.price(leaf * SLOTS + slot + 1) <= priceMinor) return slot
      used &= ~(1 << slot)
    }
    return NONE
  }

  #plant(): number {
    const leaf = this.#newLeaf()
    this.#root = this.#tree.plant(leaf, 0)
    return leaf
  }

  /** Claims the home behind the last offer of a level, in the leaf where that is. */
  #makeRoom(leaf: number, level: number, sequence: number): number {
    const used = this.used(leaf)
    let slot = this.#lastSlotAt(leaf, this.levels.prices.get(level)) + 1
    if (slot < SLOTS && (used & (1 << slot)) === 0) return this.#claim(leaf, slot)
    const hole = lowestHole(used, slot)
    if (hole !== NONE) {
      for (let at = hole; at > slot; at--) this.#move(leaf, at - 1, leaf, at)
      return this.#claim(leaf, slot)
    }
    if (used !== -1) {
      // The holes are all before the slot.
      this.#squeeze(leaf)
      slot = this.#lastSlotAt(leaf, this.levels.prices.get(level)) + 1
      return this.#makeRoomAt(leaf, slot)
    }
    if (slot === SLOTS) {
      const late = this.#newLeafAfter(leaf, this.levels.prices.get(level), sequence)
      return this.#claim(late, 0)
    }
    const parting = this.#partingSlot(leaf, slot, level)
    const late = this.#part(leaf, parting)
    return slot <= parting ? this.#makeRoomAt(leaf, slot) : this.#makeRoomAt(late, slot - parting)
  }

  /** Claims a slot of a leaf whose offers have no hole between them, and which is not full. */
  #makeRoomAt(leaf: number, slot: number): number {
    for (let at = bits(this.used(leaf)); at > slot; at--) this.#move(leaf, at - 1, leaf, at)
    return this.#claim(leaf, slot)
  }

  #claim(leaf: number, slot: number): number {
    this.#used[leaf] = this.used(leaf) | (1 << slot)
    return leaf * SLOTS + slot + 1
  }

  /** Behind the level where it is large, so that its later offers are placed without moving any; else in the middle. */
  #partingSlot(leaf: number, slot: number, level: number): number {
    const first = slot - MANY
    const large = first >= 0 && this.records.level(leaf * SLOTS + first + 1) === level
    return large ? slot : SLOTS / 2
  }

  /** Moves the offers of a full leaf from a slot on to a new leaf behind it. */
  #part(leaf: number, from: number): number {
    const first = leaf * SLOTS + from + 1
    const late = this.#newLeafAfter(leaf, this.price(first), this.records.sequence(first))
    for (let slot = from; slot < SLOTS; slot++) this.#move(leaf, slot, late, slot - from)
    return late
  }

  /** Closes the holes between a leaf's offers. */
  #squeeze(leaf: number): void {
    let to = 0
    for (let slot = 0; slot < SLOTS; slot++) {
      if ((this.used(leaf) & (1 << slot)) === 0) continue
      if (slot > to) this.#move(leaf, slot, leaf, to)
      to++
    }
  }

  /** Joins a leaf with few offers to a neighbour that has few. */
  #join(leaf: number, count: number): void {
    // The first leaf is being emptied by those who buy.
    const previous = this.#tree.previous(leaf)
    if (previous === NONE) return
    const next = this.#tree.next(leaf)
    if (next !== NONE && count + bits(this.used(next)) <= FEW) {
      this.#pour(next, leaf)
      return
    }
    if (count + bits(this.used(previous)) <= FEW) this.#pour(leaf, previous)
  }

  /** Moves all offers of a leaf behind those of the leaf before it. */
  #pour(leaf: number, before: number): void {
    const count = bits(this.used(leaf))
    if (32 - Math.clz32(this.used(before)) + count > SLOTS) this.#squeeze(before)
    let to = 32 - Math.clz32(this.used(before))
    for (let used = this.used(leaf); used !== 0; used &= used - 1) {
      this.#move(leaf, lowestBit(used), before, to++)
    }
    this.#free(leaf)
  }

  #move(fromLeaf: number, fromSlot: number, toLeaf: number, toSlot: number): void {
    const [from, to] = [fromLeaf * SLOTS + fromSlot + 1, toLeaf * SLOTS + toSlot + 1]
    this.records.copy(from, to)
    this.records.clear(from)
    this.#homes.move(this.records.offer(to), to)
    const rested = this.rests(from)
    if (rested) this.setResting(from, false)
    this.#used[fromLeaf] = this.used(fromLeaf) & ~(1 << fromSlot)
    this.#used[toLeaf] = this.used(toLeaf) | (1 << toSlot)
    if (rested) this.setResting(to, true)
  }

  #newLeafAfter(leaf: number, priceMinor: number, sequence: number): number {
    const late = this.#newLeaf()
    this.#root = this.#tree.insertAfter(this.#root, leaf, late, priceMinor, sequence)
    this.#tree.setLive(leaf, this.resting(leaf) !== 0)
    return late
  }

  #newLeaf(): number {
    const leaf = this.#freeLeaves.pop() ?? this.#leafCount++
    this.#tree.reserve(leaf + 1)
    this.records.reserve((leaf + 1) * SLOTS)
    if (leaf === this.#used.length) {
      this.#used = grown(this.#used)
      this.#live = grown(this.#live)
    }
    this.#live[leaf] = 0
    this.#used[leaf] = 0
    return leaf
  }

  #free(leaf: number): void {
    this.#root = this.#tree.remove(this.#root, leaf)
    this.#freeLeaves.push(leaf)
    if (leaf === this.#best) this.#bestKnown = false
  }
}

/** The same words, and room for more of them. */
function grown(words: Int32Array): Int32Array<ArrayBuffer> {
  const longer = new Int32Array(Math.ceil(words.length * GROWTH))
  longer.set(words)
  return longer
}

/** The first slot from `from` on that is not used, or NONE. */
function lowestHole(used: number, from: number): number {
  const holes = from >= 32 ? 0 : ~used & (-1 << from)
  return holes === 0 ? NONE : lowestBit(holes)
}
