/** Filters that were used lately, each with the instruments that it lets in. */

import type { Backlog } from './backlog.ts'
import type { SellerId } from './command.ts'
import { Criteria, CriteriaReader, set } from './criteria.ts'
import type { Filter } from './filter.ts'
import type { Fronts } from './fronts.ts'
import type { Instruments } from './instruments.ts'
import { bits, lowestBit } from './memory/tree.ts'
import { Merge, SCANNED_A_MEMBER } from './merge.ts'
import type { Queues } from './queues.ts'
import { SmallViews } from './small-views.ts'

/** Instruments of all views that are merged, together; beyond, merges of the oldest go. Each costs about 60 bytes. */
const MOST_MERGED = 1_000_000
/** Words of all filters together; each costs about 40 bytes. */
const MOST_WORDS = 500_000

/** A small view has so many instruments at most. */
const FEW = 96
/** So many instruments are looked at without a view. */
const LEAST = 2
/** So many small views for one that is not. */
const SMALL = 32

const NEVER = -1

/** Where a query looks: at the instruments of a view, or at a few. */
export type Inside = View | SmallViews | readonly number[]

export class View {
  readonly criteria: Criteria
  readonly hash: number
  /** How many queries more are spared a scan, which the last one found futile. */
  scansSpared = 0
  /** What scans have passed over since the last merge. */
  futile = 0
  /** Since views were dropped last: whether it came, and whether it was found again. */
  isNew = true
  wasUsed = false
  /** Whether an order wanted more than rests in it, when that was last looked at. */
  wasTooLittle = false
  #tonnes = 0
  /** The change up to which its tonnes are added up. */
  #addedUpTo = NEVER
  #bits: Int32Array
  #seen: number
  /** How many instruments it lets in. */
  #count = 0
  #merge: Merge | undefined
  /** The instruments of the merge. */
  #members: number[] = []

  constructor(hash: number, criteria: Criteria, instruments: Instruments) {
    this.hash = hash
    this.criteria = criteria
    this.#seen = instruments.length
    this.#bits = criteria.bits(instruments)
    for (const word of this.#bits) this.#count += bits(word)
  }

  /** Instruments that have been merged. */
  get merged(): number {
    return this.#merge ? this.#count : 0
  }

  merge(instruments: Instruments, queues: Queues, fronts: Fronts): Merge {
    if (!this.#merge) {
      this.#members = this.#listed()
      this.#merge = new Merge(this.#members, instruments, queues, fronts)
    }
    return this.#merge
  }

  /** Frees what merging needs. */
  dropMerge(): void {
    this.#merge = undefined
    this.#members = []
  }

  /** What it costs to catch up with a backlog, about, in offers that could be scanned meanwhile. */
  lag(backlog: Backlog): number {
    return this.#merge?.lag(backlog) ?? this.#count * SCANNED_A_MEMBER
  }

  /** Tonnes of all its offers that rest, at any price; the queues have to be settled. What changed since is added, or all anew. */
  tonnes(instruments: Instruments, backlog: Backlog): number {
    const since = this.#addedUpTo
    this.#addedUpTo = backlog.count
    if (since === NEVER || !backlog.knows(since) || backlog.count - since > this.#count) {
      this.#tonnes = this.#sum(instruments)
    } else {
      for (let at = since; at < backlog.count; at++) {
        if (this.has(backlog.instrument(at))) this.#tonnes += backlog.tonnes(at)
      }
    }
    return this.#tonnes
  }

  /** Whether an instrument, known when the view was brought up to date, is let in. */
  has(instrument: number): boolean {
    return (((this.#bits[instrument >>> 5] as number) >>> (instrument & 31)) & 1) !== 0
  }

  /** Lets in what came since. */
  update(instruments: Instruments): void {
    if (this.#seen === instruments.length) return
    if (instruments.length > this.#bits.length << 5) {
      const longer = new Int32Array((instruments.length >>> 4) + 8)
      longer.set(this.#bits)
      this.#bits = longer
    }
    for (; this.#seen < instruments.length; this.#seen++) {
      if (!this.criteria.admit(instruments, this.#seen)) continue
      set(this.#bits, this.#seen)
      this.#count++
      if (this.#merge) this.#members.push(this.#seen)
    }
  }

  #sum(instruments: Instruments): number {
    let tonnes = 0
    for (let word = 0; word < this.#bits.length; word++) {
      for (let left = this.#bits[word] as number; left !== 0; left &= left - 1) {
        tonnes += instruments.tonnes(word * 32 + lowestBit(left))
      }
    }
    return tonnes
  }

  #listed(): number[] {
    const members = new Array<number>(this.#count)
    let listed = 0
    for (let word = 0; word < this.#bits.length; word++) {
      for (let left = this.#bits[word] as number; left !== 0; left &= left - 1) {
        members[listed++] = word * 32 + lowestBit(left)
      }
    }
    return members
  }
}

export class Views {
  readonly #instruments: Instruments
  readonly #queues: Queues
  readonly #fronts: Fronts
  readonly #backlog: Backlog
  readonly #most: number
  readonly #reader = new CriteriaReader()
  readonly #small: SmallViews
  readonly #byHash = new Map<number, View[]>()
  /** Oldest first. */
  #inOrder: View[] = []
  /** Of their filters. */
  #words = 0

  /** At most `most` views are kept. */
  constructor(
    instruments: Instruments,
    queues: Queues,
    fronts: Fronts,
    backlog: Backlog,
    most: number,
  ) {
    this.#instruments = instruments
    this.#queues = queues
    this.#fronts = fronts
    this.#backlog = backlog
    this.#most = most
    this.#small = new SmallViews(instruments, fronts, backlog, Math.min(most, 512) * SMALL)
  }

  /** The view of a filter without a buyer's own offers, up to date; undefined when the filter is malformed. */
  find(filter: Filter | undefined, buyer: SellerId | undefined): View | undefined {
    return this.#reader.read(filter, buyer) ? this.#found() : undefined
  }

  /**
   * The same, but a small view where a list of the filter leaves only a few instruments, or those themselves where they are
   * fewer than that is worth. They are good until the next call.
   */
  select(filter: Filter | undefined, buyer: SellerId | undefined): Inside | undefined {
    if (!this.#reader.read(filter, buyer)) return undefined
    const count = this.#reader.fewest(this.#instruments, FEW)
    if (count > FEW) return this.#found()
    if (count > LEAST) return this.#small.find(this.#reader, count)
    return this.#reader.admitted(this.#instruments)
  }

  #found(): View {
    const reader = this.#reader
    const hash = reader.hash()
    const alike = this.#byHash.get(hash)
    if (alike) {
      for (const view of alike) {
        if (!view.criteria.is(reader.code, reader.length)) continue
        view.update(this.#instruments)
        view.wasUsed = true
        return view
      }
    }
    return this.#add(hash)
  }

  /** Tonnes of all offers in a view that rest, at any price. */
  tonnes(view: View): number {
    this.#queues.settle()
    return view.tonnes(this.#instruments, this.#backlog)
  }

  /** The merged queues of a view, caught up. */
  merge(view: View): Merge {
    const before = view.merged
    const merge = view.merge(this.#instruments, this.#queues, this.#fronts)
    merge.sync(this.#backlog)
    if (before === 0 && this.#isHeavy()) this.#dropMerges(view)
    return merge
  }

  #isHeavy(): boolean {
    let merged = 0
    for (const view of this.#inOrder) merged += view.merged
    return merged > MOST_MERGED
  }

  /** Drops those of the older half, but for one view. */
  #dropMerges(but: View): void {
    const half = Math.ceil(this.#inOrder.length / 2)
    for (const view of this.#inOrder.slice(0, half)) if (view !== but) view.dropMerge()
    if (this.#isHeavy()) for (const view of this.#inOrder) if (view !== but) view.dropMerge()
  }

  #add(hash: number): View {
    const criteria = new Criteria(this.#reader.copy())
    const view = new View(hash, criteria, this.#instruments)
    const kept = this.#inOrder
    kept.push(view)
    const alike = this.#byHash.get(hash)
    if (alike) alike.push(view)
    else this.#byHash.set(hash, [view])
    this.#words += criteria.length
    if (kept.length > this.#most || this.#words > MOST_WORDS) this.#makeRoom(view)
    return view
  }

  /**
   * Drops a quarter of all at least, so that finding room costs little a view, but for one: those that were not used again,
   * yet only every other of them that is new; or all of these, and every other of the rest. So of filters that come by turns,
   * more than there is room for, some are always there. Where it is words that are too many, all go.
   */
  #makeRoom(but: View): void {
    const used = this.#inOrder.filter((view) => view.wasUsed).length
    const areMostUsed = used > this.#inOrder.length / 2
    const isKept = ({ wasUsed, isNew }: View, at: number) =>
      areMostUsed ? wasUsed && at % 2 === 0 : wasUsed || (isNew && at % 2 === 0)
    const kept = this.#inOrder.filter(
      (view, at) => view === but || (this.#words <= MOST_WORDS && isKept(view, at)),
    )
    this.#inOrder = kept
    this.#byHash.clear()
    this.#words = 0
    for (const view of kept) {
      view.isNew = false
      view.wasUsed = false
      this.#words += view.criteria.length
      const alike = this.#byHash.get(view.hash)
      if (alike) alike.push(view)
      else this.#byHash.set(view.hash, [view])
    }
  }
}
