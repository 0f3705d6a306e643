/** Filters that were used lately, each with the instruments that it lets in. */

import type { Backlog } from './backlog.ts'
import type { SellerId } from './command.ts'
import { Criteria, CriteriaReader } from './criteria.ts'
import type { Filter } from './filter.ts'
import type { Instruments } from './instruments.ts'
import { Merge } from './merge.ts'
import type { Queues } from './queues.ts'

/** Instruments in all views together; beyond, the oldest views go. Bounds what views cost, about 32 bytes each. */
const MOST_MEMBERS = 4_000_000

/** So many instruments at most are looked at without a view. */
const FEW = 12

export class View {
  readonly criteria: Criteria
  readonly hash: number
  readonly members: number[]
  readonly merge: Merge
  /** How many queries more are spared a scan, which the last one found futile. */
  scansSpared = 0
  #bits: Int32Array
  #seen: number

  constructor(hash: number, criteria: Criteria, instruments: Instruments, queues: Queues) {
    this.hash = hash
    this.criteria = criteria
    this.members = criteria.admitted(instruments)
    this.#seen = instruments.length
    this.#bits = new Int32Array((this.#seen >>> 5) + 8)
    for (const member of this.members) this.#set(member)
    this.merge = new Merge(this.members, instruments, queues)
  }

  /** Whether an instrument, known when the view was brought up to date, is let in. */
  has(instrument: number): boolean {
    return (((this.#bits[instrument >>> 5] as number) >>> (instrument & 31)) & 1) !== 0
  }

  /** Lets in what came since. Returns how many that were. */
  update(instruments: Instruments): number {
    if (this.#seen === instruments.length) return 0
    const before = this.members.length
    if (instruments.length > this.#bits.length << 5) {
      const longer = new Int32Array((instruments.length >>> 4) + 8)
      longer.set(this.#bits)
      this.#bits = longer
    }
    for (; this.#seen < instruments.length; this.#seen++) {
      if (!this.criteria.admit(instruments, this.#seen)) continue
      this.members.push(this.#seen)
      this.#set(this.#seen)
    }
    return this.members.length - before
  }

  #set(instrument: number): void {
    const at = instrument >>> 5
    this.#bits[at] = (this.#bits[at] as number) | (1 << (instrument & 31))
  }
}

export class Views {
  readonly #instruments: Instruments
  readonly #queues: Queues
  readonly #backlog: Backlog
  readonly #most: number
  readonly #reader = new CriteriaReader()
  readonly #byHash = new Map<number, View[]>()
  /** Oldest first. */
  #inOrder: View[] = []
  #members = 0

  /** At most `most` views are kept. */
  constructor(instruments: Instruments, queues: Queues, backlog: Backlog, most: number) {
    this.#instruments = instruments
    this.#queues = queues
    this.#backlog = backlog
    this.#most = most
  }

  /** The view of a filter without a buyer's own offers, up to date; undefined when the filter is malformed. */
  find(filter: Filter | undefined, buyer: SellerId | undefined): View | undefined {
    return this.#reader.read(filter, buyer) ? this.#found() : undefined
  }

  /**
   * The same, but the instruments themselves where a list of the filter leaves only a few: a view would cost more than it
   * saves. They are good until the next call.
   */
  select(
    filter: Filter | undefined,
    buyer: SellerId | undefined,
  ): View | readonly number[] | undefined {
    if (!this.#reader.read(filter, buyer)) return undefined
    return this.#reader.fewest(this.#instruments, FEW) ?? this.#found()
  }

  #found(): View {
    const reader = this.#reader
    const hash = reader.hash()
    const alike = this.#byHash.get(hash)
    if (alike) {
      for (const view of alike) {
        if (!view.criteria.is(reader.code, reader.length)) continue
        this.#members += view.update(this.#instruments)
        return view
      }
    }
    return this.#add(hash)
  }

  /** Tonnes of all offers in a view that rest, at any price. */
  tonnes(view: View): number {
    view.merge.sync(this.#backlog)
    return view.merge.tonnes
  }

  #add(hash: number): View {
    const criteria = new Criteria(this.#reader.copy())
    const view = new View(hash, criteria, this.#instruments, this.#queues)
    this.#members += view.members.length
    const kept = this.#inOrder
    kept.push(view)
    const alike = this.#byHash.get(hash)
    if (alike) alike.push(view)
    else this.#byHash.set(hash, [view])
    const tooMany = kept.length > this.#most || this.#members > MOST_MEMBERS
    if (tooMany && kept.length > 1) this.#dropOldest()
    return view
  }

  /** Drops the older half, so that finding room costs little a view. */
  #dropOldest(): void {
    const gone = this.#inOrder.slice(0, Math.ceil(this.#inOrder.length / 2))
    this.#inOrder = this.#inOrder.slice(gone.length)
    for (const view of gone) {
      this.#members -= view.members.length
      const left = (this.#byHash.get(view.hash) ?? []).filter((one) => one !== view)
      if (left.length > 0) this.#byHash.set(view.hash, left)
      else this.#byHash.delete(view.hash)
    }
  }
}
