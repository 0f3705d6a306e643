/** Filters as the book compares and applies them. */
import { isNumbering, isRecord } from './bounds.ts'
import type { SellerId } from './command.ts'
import { type Instruments, LISTED, SELLER, VINTAGE as YEAR } from './instruments.ts'
import { NOBODY } from './postings.ts'

/**
 * One condition: the values of an attribute that are let in or, negated, left out. `listed` is the attribute's index; the
 * vintage has none, and its values are the first and the last year.
 */
type Clause = {
  readonly listed: number
  readonly negated: boolean
  readonly values: ReadonlySet<number>
  readonly from: number
  readonly to: number
}

const VINTAGE = -1
const BUYER = -2
const NEGATED = 100

/** What a filter and a buyer let in. Two that were written alike are the same criteria. */
export class Criteria {
  /** The clauses, one after the other, each with its length: what is compared. */
  readonly #code: Int32Array
  readonly #buyer: SellerId
  readonly #clauses: readonly Clause[]

  constructor(code: Int32Array) {
    this.#code = code
    const clauses: Clause[] = []
    let buyer = -1
    for (let at = 0; at < code.length; ) {
      const [name, length] = [code[at] as number, code[at + 1] as number]
      const values = code.subarray(at + 2, at + 2 + length)
      const negated = name >= NEGATED / 2
      const listed = negated ? name - NEGATED : name
      if (listed === BUYER) buyer = values[0] as number
      else {
        const [from, to] = listed === VINTAGE ? [values[0] as number, values[1] as number] : [0, 0]
        clauses.push({ listed, negated, values: new Set(values), from, to })
      }
      at += 2 + length
    }
    this.#clauses = clauses
    this.#buyer = buyer
  }

  /** What is compared, in words. */
  get length(): number {
    return this.#code.length
  }

  /** True when these are the criteria with this code. */
  is(code: Int32Array, length: number): boolean {
    if (this.#code.length !== length) return false
    for (let at = 0; at < length; at++) if (this.#code[at] !== code[at]) return false
    return true
  }

  /** Whether the offers of an instrument are inside the filter and not the buyer's own. */
  admit(instruments: Instruments, instrument: number): boolean {
    if (instruments.seller(instrument) === this.#buyer) return false
    return this.#clauses.every((clause) => passes(clause, instruments, instrument))
  }

  /**
   * A bit for each instrument: set where it is admitted. Looks at those that the narrowest clause lets in; where none lets in,
   * at those that are left out.
   */
  bits(instruments: Instruments): Int32Array {
    const words = (instruments.length >>> 5) + 8
    const narrowest = this.#narrowest(instruments)
    if (narrowest) {
      const bits = new Int32Array(words)
      for (const one of namedBy(narrowest, instruments)) {
        if (this.admit(instruments, one)) set(bits, one)
      }
      return bits
    }
    const bits = allOf(instruments.length, words)
    for (const clause of this.#clauses) {
      for (const one of namedBy(clause, instruments)) clear(bits, one)
    }
    for (const one of having(instruments, SELLER, this.#buyer)) clear(bits, one)
    return bits
  }

  /** The clause that lets in the fewest; undefined where all of them leave out. */
  #narrowest({ postings, vintages }: Instruments): Clause | undefined {
    let narrowest: Clause | undefined
    let fewest = Infinity
    for (const clause of this.#clauses) {
      if (clause.negated) continue
      const { listed, values, from, to } = clause
      const isYears = listed === VINTAGE
      const named = isYears ? vintages.filter((year) => year >= from && year <= to) : values
      let count = 0
      for (const value of named) count += postings.count(isYears ? YEAR : listed, value)
      if (count < fewest) [narrowest, fewest] = [clause, count]
    }
    return narrowest
  }
}

/** The instruments that have one of a clause's values. */
function* namedBy(clause: Clause, instruments: Instruments): Generator<number> {
  const { listed, values, from, to } = clause
  if (listed !== VINTAGE) {
    for (const value of values) yield* having(instruments, listed, value)
    return
  }
  for (const vintage of instruments.vintages) {
    if (vintage >= from && vintage <= to) yield* having(instruments, YEAR, vintage)
  }
}

function* having({ postings }: Instruments, attribute: number, value: number): Generator<number> {
  let one = postings.first(attribute, value)
  for (; one !== NOBODY; one = postings.next(attribute, one)) yield one
}

function passes(clause: Clause, instruments: Instruments, instrument: number): boolean {
  const { listed, negated, values, from, to } = clause
  if (listed === VINTAGE) {
    const vintage = instruments.vintage(instrument)
    return (vintage >= from && vintage <= to) !== negated
  }
  return values.has(instruments.value(instrument, listed)) !== negated
}

function allOf(length: number, words: number): Int32Array {
  const bits = new Int32Array(words)
  bits.fill(-1, 0, length >>> 5)
  if (length % 32 !== 0) bits[length >>> 5] = (1 << (length % 32)) - 1
  return bits
}

/** Sets the bit of an instrument. */
export function set(bits: Int32Array, instrument: number): void {
  const at = instrument >>> 5
  bits[at] = (bits[at] as number) | (1 << (instrument & 31))
}

function clear(bits: Int32Array, instrument: number): void {
  const at = instrument >>> 5
  bits[at] = (bits[at] as number) & ~(1 << (instrument & 31))
}

/** Reads filters into one code at a time, without leaving anything behind for the collector. */
export class CriteriaReader {
  code = new Int32Array(256)
  length = 0
  /** What was let in, by how many: a list that is cut and grown again costs more than what is in it. */
  readonly #few: number[][] = []
  readonly #found: number[] = []
  /** Where the list begins that `fewest` found. */
  #shortest = 0

  /** The code of a filter and a buyer; false when the filter is malformed. */
  read(filter: unknown, buyer: SellerId | undefined): boolean {
    this.length = 0
    if (buyer !== undefined) {
      this.#begin(BUYER, 1)
      this.#push(buyer)
    }
    return filter === undefined || this.#readSelection(filter, 0)
  }

  /** How many instruments its shortest list leaves to look at; more than `few` where there are more, or no list. */
  fewest(instruments: Instruments, few: number): number {
    let least = few + 1
    for (let at = 0; at < this.length; at += 2 + (this.code[at + 1] as number)) {
      if (!isList(this.code[at] as number)) continue
      let count = 0
      const end = at + 2 + (this.code[at + 1] as number)
      for (let value = at + 2; value < end && count < least; value++) {
        count += instruments.postings.count(this.code[at] as number, this.code[value] as number)
      }
      if (count < least) [this.#shortest, least] = [at, count]
    }
    return least
  }

  /** The instruments that are let in, where `fewest` found so few. They are good until the next call. */
  admitted(instruments: Instruments): readonly number[] {
    const list = this.#shortest
    const { postings } = instruments
    const found = this.#found
    let admitted = 0
    const attribute = this.code[list] as number
    const count = this.code[list + 1] as number
    const isAll = this.length === count + 2
    for (let at = list + 2; at < list + 2 + count; at++) {
      const value = this.code[at] as number
      let one = postings.first(attribute, value)
      // Who is the last is known by their number: looking behind the only one would wait for memory in vain.
      for (let left = postings.count(attribute, value); left > 0; left--) {
        const present = one
        if (left > 1) one = postings.next(attribute, one)
        if (!isAll && !this.#admits(instruments, present)) continue
        const known = count === 1 ? -1 : found.indexOf(present)
        if (known === -1 || known >= admitted) found[admitted++] = present
      }
    }
    this.#few[admitted] ??= new Array<number>(admitted)
    const few = this.#few[admitted] as number[]
    for (let at = 0; at < admitted; at++) few[at] = found[at] as number
    return few
  }

  /** The same as the criteria of this code would say. */
  #admits(instruments: Instruments, instrument: number): boolean {
    for (let at = 0; at < this.length; at += 2 + (this.code[at + 1] as number)) {
      const name = this.code[at] as number
      const end = at + 2 + (this.code[at + 1] as number)
      const negated = name >= NEGATED / 2
      const listed = negated ? name - NEGATED : name
      let found: boolean
      if (listed === BUYER) found = instruments.seller(instrument) !== this.code[at + 2]
      else if (listed === VINTAGE) {
        const vintage = instruments.vintage(instrument)
        found = vintage >= (this.code[at + 2] as number) && vintage <= (this.code[at + 3] as number)
      } else {
        const value = instruments.value(instrument, listed)
        found = false
        for (let one = at + 2; one < end && !found; one++) found = this.code[one] === value
      }
      if (found === negated) return false
    }
    return true
  }

  /** A copy of the code to keep. */
  copy(): Int32Array {
    return this.code.slice(0, this.length)
  }

  hash(): number {
    let hash = this.length
    for (let at = 0; at < this.length; at++) {
      hash = Math.imul(hash ^ (this.code[at] as number), 0x01000193)
      hash ^= hash >>> 15
    }
    return hash
  }

  #readSelection(selection: unknown, negated: number): boolean {
    if (!isRecord(selection)) return false
    for (const name in selection) {
      const value = (selection as Record<string, unknown>)[name]
      if (name === 'vintage') {
        if (value !== undefined && !this.#readVintage(value, negated)) return false
      } else if (name === 'not' && negated === 0) {
        if (value !== undefined && !this.#readSelection(value, NEGATED)) return false
      } else {
        const listed = indexOf(name)
        if (listed === -1) return false
        if (value !== undefined && !this.#readList(value, listed + negated)) return false
      }
    }
    return true
  }

  /** Reads each value once, so that what is checked is what is kept. */
  #readList(values: unknown, name: number): boolean {
    if (!Array.isArray(values)) return false
    const { length } = values
    this.#begin(name, length)
    for (let index = 0; index < length; index++) {
      const value: unknown = values[index]
      if (!isNumbering(value)) return false
      this.#push(value)
    }
    return true
  }

  #readVintage(vintage: unknown, negated: number): boolean {
    if (!isRecord(vintage)) return false
    const { from, to } = vintage as { from: unknown; to: unknown }
    if (!isNumbering(from) || !isNumbering(to) || from > to) return false
    this.#begin(VINTAGE + negated, 2)
    this.#push(from)
    this.#push(to)
    return true
  }

  #begin(name: number, values: number): void {
    this.#push(name)
    this.#push(values)
  }

  #push(value: number): void {
    if (this.length === this.code.length) {
      const longer = new Int32Array(this.length * 2)
      longer.set(this.code)
      this.code = longer
    }
    this.code[this.length++] = value
  }
}

function indexOf(name: string): number {
  for (let listed = 0; listed < LISTED.length; listed++) if (LISTED[listed] === name) return listed
  return -1
}

/** Whether the clause of this name is a list of values that are let in. */
function isList(name: number): boolean {
  return name >= 0 && name < LISTED.length
}
