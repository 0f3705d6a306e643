/**
 * Filters that let in only a few instruments, as they were used lately: the instruments, and what each of them has. All in
 * typed memory, since there may be one for nearly every project.
 */
import type { Backlog } from './backlog.ts'
import type { CriteriaReader } from './criteria.ts'
import type { Fronts } from './fronts.ts'
import type { Instruments } from './instruments.ts'
import { Int32Pages } from './memory/pages.ts'
import { PAGE_MASK, PAGE_SHIFT, RecordPages } from './memory/record-pages.ts'
import { NONE } from './memory/tree.ts'

/** A view: the tonnes of its members, and the change up to which those are known; then words. */
const TONNES = 0
const CAUGHT_UP = 1
const HASH = 4
const CODE = 5
const CODE_LENGTH = 6
const MEMBERS = 7
const COUNT = 8
/** How many instruments had to be looked at for its members: as long as there are no more, no other is one. */
const LOOKED_AT = 9
const VIEW_DOUBLES = 5

/** A member: the tonnes of an instrument, and its first offer's sequence and price; Infinity and the highest for nothing. */
const SEQUENCE = 1
const INSTRUMENT = 4
const PRICE = 5
const MEMBER_DOUBLES = 3
const HIGHEST = 2 ** 31 - 1

/** Members and words of codes together, for each view on the average, at most. */
const EACH = 32

export class SmallViews {
  readonly #instruments: Instruments
  readonly #fronts: Fronts
  readonly #backlog: Backlog
  readonly #most: number
  /** Views plus 1 by hash, open addressing; at most half full, and nothing at all before the first. */
  #slots = new Int32Array(0)
  readonly #views = new RecordPages(VIEW_DOUBLES)
  readonly #members = new RecordPages(MEMBER_DOUBLES)
  readonly #codes = new Int32Pages()
  #viewed = 0
  #membersUsed = 0
  #codesUsed = 0
  /** The view that was found last, its first member, and how many they are. */
  #view = 0
  #first = 0
  count = 0

  /** All go where there would be more than `most`. */
  constructor(instruments: Instruments, fronts: Fronts, backlog: Backlog, most: number) {
    this.#instruments = instruments
    this.#fronts = fronts
    this.#backlog = backlog
    this.#most = most
  }

  /** The view of what was read, for which so many instruments have to be looked at. Good until the next call. */
  find(reader: CriteriaReader, lookedAt: number): this {
    const hash = reader.hash()
    const mask = this.#slots.length - 1
    let at = hash & mask
    let view = (this.#slots[at] ?? 0) - 1
    while (view !== -1 && !this.#is(view, reader, hash, lookedAt)) {
      at = (at + 1) & mask
      view = (this.#slots[at] as number) - 1
    }
    this.#view = view === -1 ? this.#add(reader, hash, lookedAt) : view
    this.#first = this.#views.word(this.#view, MEMBERS)
    this.count = this.#views.word(this.#view, COUNT)
    return this
  }

  /** Brings the view up to the backlog, which is settled. Before anything of it is read. */
  catchUp(): void {
    const [since, now] = [this.#views.double(this.#view, CAUGHT_UP), this.#backlog.count]
    if (since === now) return
    let more = 0
    for (let at = this.#first; at < this.#first + this.count; at++) {
      const instrument = this.#members.word(at, INSTRUMENT)
      if (this.#instruments.changed(instrument) <= since) continue
      const tonnes = this.#instruments.tonnes(instrument)
      const { price, sequence } = this.#fronts.find(instrument, 0, NONE, 0)
      more += tonnes - this.#members.double(at, TONNES)
      this.#members.setDouble(at, TONNES, tonnes)
      this.#members.setDouble(at, SEQUENCE, sequence)
      this.#members.setWord(at, PRICE, Math.min(price, HIGHEST))
    }
    this.#views.setDouble(this.#view, TONNES, this.tonnes + more)
    this.#views.setDouble(this.#view, CAUGHT_UP, now)
  }

  /** Tonnes of all its offers that rest, at any price. */
  get tonnes(): number {
    return this.#views.double(this.#view, TONNES)
  }

  /** An instrument of the view, counted from 0. */
  instrument(member: number): number {
    return this.#members.word(this.#first + member, INSTRUMENT)
  }

  /** Copies what its members have first: prices, and sequences, Infinity where nothing rests. */
  copy(prices: number[], sequences: number[]): void {
    for (let member = 0; member < this.count; member++) {
      const at = this.#first + member
      const page = at >>> PAGE_SHIFT
      const field = (at & PAGE_MASK) * MEMBER_DOUBLES
      prices[member] = (this.#members.words[page] as Int32Array)[field * 2 + PRICE] as number
      sequences[member] = (this.#members.doubles[page] as Float64Array)[field + SEQUENCE] as number
    }
  }

  #is(view: number, { code, length }: CriteriaReader, hash: number, lookedAt: number): boolean {
    const views = this.#views
    if (views.word(view, HASH) !== hash || views.word(view, CODE_LENGTH) !== length) return false
    if (views.word(view, LOOKED_AT) !== lookedAt) return false
    const first = views.word(view, CODE)
    for (let at = 0; at < length; at++) if (this.#codes.get(first + at) !== code[at]) return false
    return true
  }

  #add(reader: CriteriaReader, hash: number, lookedAt: number): number {
    const used = this.#membersUsed + this.#codesUsed
    const isFull = this.#viewed === this.#most || used > this.#most * EACH
    if (isFull || this.#slots.length === 0) this.#clear()
    const { code, length } = reader
    const admitted = reader.admitted(this.#instruments)
    const view = this.#viewed++
    const views = this.#views
    views.reserve(this.#viewed)
    views.setDouble(view, TONNES, 0)
    views.setDouble(view, CAUGHT_UP, -1)
    views.setWord(view, HASH, hash)
    views.setWord(view, CODE, this.#codesUsed)
    views.setWord(view, CODE_LENGTH, length)
    views.setWord(view, MEMBERS, this.#membersUsed)
    views.setWord(view, COUNT, admitted.length)
    views.setWord(view, LOOKED_AT, lookedAt)
    this.#codes.reserve(this.#codesUsed + length)
    for (let at = 0; at < length; at++) this.#codes.set(this.#codesUsed++, code[at] as number)
    this.#members.reserve(this.#membersUsed + admitted.length)
    for (const instrument of admitted) {
      this.#members.setWord(this.#membersUsed, INSTRUMENT, instrument)
      this.#members.setDouble(this.#membersUsed++, TONNES, 0)
    }
    const mask = this.#slots.length - 1
    let at = hash & mask
    while (this.#slots[at] !== 0) at = (at + 1) & mask
    this.#slots[at] = this.#viewed
    return view
  }

  #clear(): void {
    this.#slots = new Int32Array(2 << (32 - Math.clz32(this.#most - 1)))
    this.#viewed = 0
    this.#membersUsed = 0
    this.#codesUsed = 0
  }
}
