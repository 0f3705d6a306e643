/**
 * Which instruments have a value, for each of a few attributes: chains from the first instrument that has it to the last. All
 * in typed memory, since nearly every project and every seller is a value with an instrument or two.
 */
import { Int32Pages } from './memory/pages.ts'

export const NOBODY = -1

/** Words of a slot: the value; how many have it, and the attribute; the first and the last of them, plus 1. */
const VALUE = 0
const COUNT = 1
const FIRST = 2
const LAST = 3
const WORDS_SHIFT = 2
const ATTRIBUTE_BITS = 3
const ATTRIBUTE_MASK = (1 << ATTRIBUTE_BITS) - 1

/** Tables of slots, by the highest bits of a hash: one that doubles holds nothing up for long. */
const TABLES = 64
const TABLE_SHIFT = 26
const FIRST_TABLE = 4 << WORDS_SHIFT

/** Values are whole numbers of 0 … 2^31 − 1, attributes are numbered from 0 to at most 7. */
export class Postings {
  /** Open addressing; at most three quarters full. A slot that nobody is in is free. */
  readonly #tables: Int32Array[] = []
  readonly #used = new Int32Array(TABLES)
  /** By attribute, the next instrument that has the same value, plus 1. */
  readonly #next: readonly Int32Pages[]

  constructor(attributes: number) {
    for (let table = 0; table < TABLES; table++) this.#tables.push(new Int32Array(FIRST_TABLE))
    this.#next = Array.from({ length: attributes }, () => new Int32Pages())
  }

  /** How many instruments have this value. */
  count(attribute: number, value: number): number {
    const hash = hashOf(attribute, value)
    const slots = this.#tables[hash >>> TABLE_SHIFT] as Int32Array
    return (slots[find(slots, hash, attribute, value) + COUNT] as number) >>> ATTRIBUTE_BITS
  }

  /** The first instrument with this value, or NOBODY. */
  first(attribute: number, value: number): number {
    const hash = hashOf(attribute, value)
    const slots = this.#tables[hash >>> TABLE_SHIFT] as Int32Array
    return (slots[find(slots, hash, attribute, value) + FIRST] as number) - 1
  }

  /** The next one with the same value, or NOBODY. They ascend. */
  next(attribute: number, instrument: number): number {
    return (this.#next[attribute] as Int32Pages).get(instrument) - 1
  }

  /** For an instrument above all that were added with this attribute. */
  add(attribute: number, value: number, instrument: number): void {
    const hash = hashOf(attribute, value)
    const which = hash >>> TABLE_SHIFT
    const slots = this.#tables[which] as Int32Array
    const at = find(slots, hash, attribute, value)
    const links = this.#next[attribute] as Int32Pages
    links.reserve(instrument + 1)
    const last = (slots[at + LAST] as number) - 1
    slots[at + LAST] = instrument + 1
    if (last !== NOBODY) {
      links.set(last, instrument + 1)
      slots[at + COUNT] = (slots[at + COUNT] as number) + (1 << ATTRIBUTE_BITS)
      return
    }
    slots[at + VALUE] = value
    slots[at + COUNT] = (1 << ATTRIBUTE_BITS) | attribute
    slots[at + FIRST] = instrument + 1
    const used = (this.#used[which] as number) + 1
    this.#used[which] = used
    if (used * 4 > (slots.length >>> WORDS_SHIFT) * 3) this.#tables[which] = enlarged(slots)
  }
}

/** The slot of a value, or the free one where it belongs. */
function find(slots: Int32Array, hash: number, attribute: number, value: number): number {
  const mask = slots.length - 1
  let at = (hash << WORDS_SHIFT) & mask
  while (slots[at + FIRST] !== 0) {
    const isThere =
      slots[at + VALUE] === value && ((slots[at + COUNT] as number) & ATTRIBUTE_MASK) === attribute
    if (isThere) return at
    at = (at + (1 << WORDS_SHIFT)) & mask
  }
  return at
}

function enlarged(before: Int32Array): Int32Array {
  const slots = new Int32Array(before.length * 2)
  for (let at = 0; at < before.length; at += 1 << WORDS_SHIFT) {
    if (before[at + FIRST] === 0) continue
    const attribute = (before[at + COUNT] as number) & ATTRIBUTE_MASK
    const value = before[at + VALUE] as number
    const to = find(slots, hashOf(attribute, value), attribute, value)
    for (let word = 0; word < 1 << WORDS_SHIFT; word++) {
      slots[to + word] = before[at + word] as number
    }
  }
  return slots
}

function hashOf(attribute: number, value: number): number {
  const hash = Math.imul(value ^ Math.imul(attribute + 1, 0x85ebca6b), 0x9e3779b1)
  return hash ^ (hash >>> 15)
}
