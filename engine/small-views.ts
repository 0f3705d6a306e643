/**
 * Filters that let in only a few instruments, as they were used lately: the instruments, and what each of them has. All in
 * typed memory, since there may be one for nearly every project.
 */
import type { Backlog } from './backlog.ts'
import type { CriteriaReader } from './criteria.ts'
import type { Fronts } from './fronts.ts'
import type { Instruments } from './instruments.ts'
import { Int32Pages } from './memory/pages.ts'
import { RecordPages } from './memory/record-pages.ts'
import { NONE } from './memory/tree.ts'

/** A view: the tonnes of its members, and the change up to which those are known; then words. */
const TONNES = 0
const CAUGHT_UP = 1
const HASH = 4
const CODE = 5
const CODE_LENGTH = 6
const MEMBERS = 7
const COUNT = 8
/** How many instruments had to be looked at for its members: no other may be one as long as there are no more. */
const LOOKED_AT = 9
const VIEW_DOUBLES = 5

/** A member: the tonnes of an instrument, and its first offer's sequence and price; Infinity and the highest for nothing. */
const SEQUENCE = 1
const INSTRUMENT = 4
const PRICE = 5
const MEMBER_DOUBLES = 3
const HIGHEST = 2 ** 31 - 1

/** Members and words of codes together, for each view on the average, at most. */
const EACH = 24

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
    for (let view = -1; ; at = (at + 1) & mask) {
      view = (this.#slots[at] ?? 0) - 1
      if (view === -1) view = this.#add(reader, hash)
      else if (!this.#is(view, reader, hash)) continue
      this.#view = view
      if (this.#views.word(view, LOOKED_AT) !== lookedAt) this.#list(reader, lookedAt)
      this.#first = this.#views.word(view, MEMBERS)
      this.count = this.#views.word(view, COUNT)
      return this
    }
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

  price(member: number): number {
    return this.#members.word(this.#first + member, PRICE)
  }

  /** Infinity where nothing rests. */
  sequence(member: number): number {
    return this.#members.double(this.#first + member, SEQUENCE)
  }

  #is(view: number, { code, length }: CriteriaReader, hash: number): boolean {
    const views = this.#views
    if (views.word(view, HASH) !== hash || views.word(view, CODE_LENGTH) !== length) return false
    const first = views.word(view, CODE)
    for (let at = 0; at < length; at++) if (this.#codes.get(first + at) !== code[at]) return false
    return true
  }

  #add(reader: CriteriaReader, hash: number): number {
    const { code, length } = reader
    const used = this.#membersUsed + this.#codesUsed
    const isFull = this.#viewed === this.#most || used > this.#most * EACH
    if (isFull || this.#slots.length === 0) this.#clear()
    const view = this.#viewed++
    this.#views.reserve(this.#viewed)
    this.#views.setWord(view, HASH, hash)
    this.#views.setWord(view, CODE, this.#codesUsed)
    this.#views.setWord(view, CODE_LENGTH, length)
    this.#views.setWord(view, LOOKED_AT, 0)
    this.#codes.reserve(this.#codesUsed + length)
    for (let at = 0; at < length; at++) this.#codes.set(this.#codesUsed++, code[at] as number)
    const mask = this.#slots.length - 1
    let at = hash & mask
    while (this.#slots[at] !== 0) at = (at + 1) & mask
    this.#slots[at] = this.#viewed
    return view
  }

  /** Lists the members of the view anew. */
  #list(reader: CriteriaReader, lookedAt: number): void {
    const admitted = reader.admitted(this.#instruments)
    const views = this.#views
    views.setWord(this.#view, MEMBERS, this.#membersUsed)
    views.setWord(this.#view, COUNT, admitted.length)
    views.setWord(this.#view, LOOKED_AT, lookedAt)
    views.setDouble(this.#view, TONNES, 0)
    views.setDouble(this.#view, CAUGHT_UP, -1)
    this.#members.reserve(this.#membersUsed + admitted.length)
    for (const instrument of admitted) {
      this.#members.setWord(this.#membersUsed, INSTRUMENT, instrument)
      this.#members.setDouble(this.#membersUsed++, TONNES, 0)
    }
  }

  #clear(): void {
    this.#slots = new Int32Array(2 << (32 - Math.clz32(this.#most - 1)))
    this.#viewed = 0
    this.#membersUsed = 0
    this.#codesUsed = 0
  }
}
