/**
 * The queues of a view's instruments, merged: a tournament in which each instrument plays its first resting offer. It is
 * caught up only when it is asked, by the instruments that changed since.
 */
import type { Backlog } from './backlog.ts'
import type { Fronts } from './fronts.ts'
import type { Instruments } from './instruments.ts'
import { NONE } from './memory/tree.ts'
import type { Queues } from './queues.ts'

const NOBODY = -1
/** Asking so many members whether they changed takes as long as looking one change up, about, or as scanning one offer. */
const ASKED_A_CHANGE = 16
const ASKED_A_SCAN = 8
/** Offers that could be scanned while one member begins again, about. */
export const SCANNED_A_MEMBER = 8

export class Merge {
  readonly #members: readonly number[]
  readonly #instruments: Instruments
  readonly #queues: Queues
  readonly #fronts: Fronts
  /** Member by node of a complete tree: node n plays 2n against 2n + 1, and the members begin at #size. */
  #winners = new Int32Array(2).fill(NOBODY)
  /** Resting tonnes below each node. */
  #tonnes = new Float64Array(2)
  #size = 1
  #built = NOBODY
  #caughtUp = 0
  /** What each member plays: price and sequence; Infinity for nothing. */
  #prices = new Float64Array(1)
  #sequences = new Float64Array(1)
  /** The query in which that was last found, by its number, which never comes again, and its seat then. */
  #foundIn = new Float64Array(1)
  #seats = new Int32Array(1)
  /** What a query found, by seat, a seat for each member that won. */
  readonly #offers: number[] = []
  readonly #homes: number[] = []
  readonly #available: number[] = []
  readonly #leaves: number[] = []
  readonly #indexes: number[] = []
  /** How many offers of the member came before. */
  readonly #before: number[] = []
  #seated = 0
  #seat = 0
  #query = 0
  /** The members that a query went on with, and that have to begin again in the next: so many of this list. */
  readonly #advanced: number[] = []
  #advances = 0

  /** `members` are instruments in ascending order, and may grow. */
  constructor(
    members: readonly number[],
    instruments: Instruments,
    queues: Queues,
    fronts: Fronts,
  ) {
    this.#members = members
    this.#instruments = instruments
    this.#queues = queues
    this.#fronts = fronts
  }

  /** As of the last `sync`. */
  get tonnes(): number {
    return this.#tonnes[1] as number
  }

  /** What it costs to catch up before a query, about, in offers that could be scanned meanwhile. */
  lag(backlog: Backlog): number {
    if (this.#built === NOBODY) return this.#members.length * SCANNED_A_MEMBER
    const changes = (backlog.count - this.#caughtUp) * SCANNED_A_MEMBER
    const asked = this.#members.length / ASKED_A_SCAN
    return Math.min(changes, asked) + this.#advances * SCANNED_A_MEMBER
  }

  /** Begins a query: catches up with what changed. */
  sync(backlog: Backlog): void {
    this.#queues.settle()
    this.#query++
    this.#seated = 0
    const lag = backlog.count - this.#caughtUp
    if (this.#built === NOBODY || this.#members.length > this.#size) {
      this.#build()
    } else {
      for (let at = 0; at < this.#advances; at++) this.#play(this.#advanced[at] as number)
      if (lag * ASKED_A_CHANGE > this.#built || !backlog.knows(this.#caughtUp)) this.#playChanged()
      else this.#playBacklog(backlog)
      while (this.#built < this.#members.length) this.#playNew()
    }
    this.#advances = 0
    this.#caughtUp = backlog.count
  }

  /** The offer that `first` or `next` found. */
  get offer(): number {
    return this.#offers[this.#seat] as number
  }

  get price(): number {
    return this.#prices[this.#winners[1] as number] as number
  }

  get available(): number {
    return this.#available[this.#seat] as number
  }

  /** Where it is. A guess, to be checked. */
  get home(): number {
    return this.#homes[this.#seat] as number
  }

  /** Finds the first offer by price, then sequence; false when there is none. */
  first(): boolean {
    const winner = this.#winners[1] as number
    if (winner === NOBODY || this.#prices[winner] === Infinity) return false
    if (this.#foundIn[winner] !== this.#query) {
      this.#foundIn[winner] = this.#query
      this.#seats[winner] = this.#seated++
      this.#show(winner, 0, NONE, 0)
    }
    this.#seat = this.#seats[winner] as number
    return true
  }

  /** Finds the one behind it. Nothing may have changed since the `sync`. */
  next(): boolean {
    const winner = this.#winners[1] as number
    const seat = this.#seat
    if (this.#before[seat] === 0) this.#advanced[this.#advances++] = winner
    const [leaf, index] = [this.#leaves[seat] as number, this.#indexes[seat] as number]
    this.#show(winner, (this.#before[seat] as number) + 1, leaf, index)
    this.#replay(winner)
    return this.first()
  }

  /** Lets a member that has a seat play the offer with so many before it. */
  #show(member: number, before: number, leaf: number, index: number): void {
    const found = this.#fronts.find(this.#members[member] as number, before, leaf, index)
    const seat = this.#seats[member] as number
    this.#before[seat] = before
    this.#offers[seat] = found.offer
    this.#homes[seat] = found.home
    this.#available[seat] = found.available
    this.#leaves[seat] = found.leaf
    this.#indexes[seat] = found.index
    this.#prices[member] = found.price
    this.#sequences[member] = found.sequence
  }

  #build(): void {
    const count = this.#members.length
    if (count > this.#size) this.#enlarge(count)
    const size = this.#size
    for (let member = 0; member < count; member++) {
      const instrument = this.#members[member] as number
      const { price, sequence } = this.#fronts.find(instrument, 0, NONE, 0)
      this.#prices[member] = price
      this.#sequences[member] = sequence
      this.#winners[size + member] = member
      this.#tonnes[size + member] = this.#instruments.tonnes(instrument)
    }
    for (let node = size - 1; node > 0; node--) this.#decide(node)
    this.#built = count
  }

  #playChanged(): void {
    for (let member = 0; member < this.#built; member++) {
      const instrument = this.#members[member] as number
      if (this.#instruments.changed(instrument) > this.#caughtUp) this.#play(member)
    }
  }

  #playBacklog(backlog: Backlog): void {
    for (let count = this.#caughtUp; count < backlog.count; count++) {
      const member = this.#memberOf(backlog.instrument(count))
      if (member !== NOBODY) this.#play(member)
    }
  }

  #playNew(): void {
    const member = this.#built++
    this.#winners[this.#size + member] = member
    this.#prices[member] = NaN
    this.#play(member)
  }

  #enlarge(count: number): void {
    const size = 1 << (32 - Math.clz32(count - 1))
    this.#size = size
    this.#winners = new Int32Array(size * 2).fill(NOBODY)
    this.#tonnes = new Float64Array(size * 2)
    this.#prices = new Float64Array(size)
    this.#sequences = new Float64Array(size)
    this.#foundIn = new Float64Array(size)
    this.#seats = new Int32Array(size)
  }

  /** A member begins again with what it has now. */
  #play(member: number): void {
    const instrument = this.#members[member] as number
    const { price, sequence } = this.#fronts.find(instrument, 0, NONE, 0)
    const tonnes = this.#instruments.tonnes(instrument)
    const leaf = this.#size + member
    const isSame = this.#prices[member] === price && this.#sequences[member] === sequence
    if (isSame && this.#tonnes[leaf] === tonnes) return
    this.#prices[member] = price
    this.#sequences[member] = sequence
    this.#tonnes[leaf] = tonnes
    this.#replay(member)
  }

  /** Plays the matches of a member again. */
  #replay(member: number): void {
    for (let node = (this.#size + member) >>> 1; node > 0; node >>>= 1) this.#decide(node)
  }

  #decide(node: number): void {
    const one = this.#winners[node * 2] as number
    const other = this.#winners[node * 2 + 1] as number
    this.#winners[node] = this.#isBefore(one, other) ? one : other
    this.#tonnes[node] = (this.#tonnes[node * 2] as number) + (this.#tonnes[node * 2 + 1] as number)
  }

  #isBefore(one: number, other: number): boolean {
    if (other === NOBODY) return true
    const price = this.#prices[one] as number
    const against = this.#prices[other] as number
    return (
      price < against ||
      (price === against && (this.#sequences[one] as number) < (this.#sequences[other] as number))
    )
  }

  #memberOf(instrument: number): number {
    const members = this.#members
    let low = 0
    let high = members.length - 1
    while (low <= high) {
      const middle = (low + high) >>> 1
      const member = members[middle] as number
      if (member === instrument) return middle
      if (member < instrument) low = middle + 1
      else high = middle - 1
    }
    return NOBODY
  }
}
