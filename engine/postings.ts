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

/** Values are whole numbers of 0 … 2^31 − 1, attributes are numbered from 0 to at most 7. */
export class Postings {
  /** Open addressing; at most three quarters full. A slot that nobody is in is free. */
  #slots = new Int32Array(64 << WORDS_SHIFT)
  #used = 0
  /** By attribute, the next instrument that has the same value, plus 1. */
  readonly #next: readonly Int32Pages[]

  constructor(attributes: number) {
    this.#next = Array.from({ length: attributes }, () => new Int32Pages())
  }

  /** How many instruments have this value. */
  count(attribute: number, value: number): number {
    return (this.#slots[this.#find(attribute, value) + COUNT] as number) >>> ATTRIBUTE_BITS
  }

  /** The first instrument with this value, or NOBODY. */
  first(attribute: number, value: number): number {
    return (this.#slots[this.#find(attribute, value) + FIRST] as number) - 1
  }

  /** The next one with the same value, or NOBODY. They ascend. */
  next(attribute: number, instrument: number): number {
    return (this.#next[attribute] as Int32Pages).get(instrument) - 1
  }

  /** For an instrument above all that were added with this attribute. */
  add(attribute: number, value: number, instrument: number): void {
    const at = this.#find(attribute, value)
    const slots = this.#slots
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
    this.#used++
    if (this.#used * 4 > (slots.length >>> WORDS_SHIFT) * 3) this.#grow()
  }

  /** The slot of a value, or the free one where it belongs. */
  #find(attribute: number, value: number): number {
    const slots = this.#slots
    const mask = slots.length - 1
    let at = placeOf(attribute, value) & mask
    while (slots[at + FIRST] !== 0) {
      const isThere =
        slots[at + VALUE] === value &&
        ((slots[at + COUNT] as number) & ATTRIBUTE_MASK) === attribute
      if (isThere) return at
      at = (at + (1 << WORDS_SHIFT)) & mask
    }
    return at
  }

  #grow(): void {
    const before = this.#slots
    this.#slots = new Int32Array(before.length * 2)
    for (let at = 0; at < before.length; at += 1 << WORDS_SHIFT) {
      if (before[at + FIRST] === 0) continue
      const attribute = (before[at + COUNT] as number) & ATTRIBUTE_MASK
      const to = this.#find(attribute, before[at + VALUE] as number)
      for (let word = 0; word < 1 << WORDS_SHIFT; word++) {
        this.#slots[to + word] = before[at + word] as number
      }
    }
  }
}

/** Where a slot is first looked for, in a table large enough. */
function placeOf(attribute: number, value: number): number {
  const hash = Math.imul(value ^ Math.imul(attribute + 1, 0x85ebca6b), 0x9e3779b1)
  return (hash ^ (hash >>> 15)) << WORDS_SHIFT
}
