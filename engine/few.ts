import type { Fronts } from './fronts.ts'
import { NONE } from './memory/tree.ts'
import type { SmallViews } from './small-views.ts'

/** Instead of how many came before: of the first offer only the price and the sequence are known as yet. */
const HIDDEN = -1

/** The queues of a few instruments, merged by looking at each of them for every offer. */
export class Few {
  readonly #fronts: Fronts
  #count = 0
  /** Where the members are that are hidden as yet. */
  #view: SmallViews | undefined
  readonly #instruments: number[] = []
  readonly #prices: number[] = []
  readonly #sequences: number[] = []
  readonly #offers: number[] = []
  readonly #homes: number[] = []
  readonly #available: number[] = []
  readonly #leaves: number[] = []
  readonly #indexes: number[] = []
  /** How many offers of each member came before the one that it shows. */
  readonly #before: number[] = []
  #first = 0

  constructor(fronts: Fronts) {
    this.#fronts = fronts
  }

  /** The offer that `first` or `next` found. */
  get offer(): number {
    return this.#offers[this.#first] as number
  }

  get price(): number {
    return this.#prices[this.#first] as number
  }

  get available(): number {
    return this.#available[this.#first] as number
  }

  /** Where it is. A guess, to be checked. */
  get home(): number {
    return this.#homes[this.#first] as number
  }

  /** Begins a query over these instruments, no two alike; the queues are settled. */
  begin(members: readonly number[]): void {
    this.#count = members.length
    for (let member = 0; member < members.length; member++) {
      this.#instruments[member] = members[member] as number
      this.#leaves[member] = NONE
      this.#show(member, 0)
    }
  }

  /** The same for those of a small view that is caught up. */
  beginIn(view: SmallViews): void {
    this.#view = view
    this.#count = view.count
    view.copy(this.#prices, this.#sequences)
    for (let member = 0; member < view.count; member++) this.#before[member] = HIDDEN
  }

  /** Finds the first offer by price, then sequence; false when there is none. */
  first(): boolean {
    const prices = this.#prices
    const sequences = this.#sequences
    const count = this.#count
    let first = 0
    for (let member = 1; member < count; member++) {
      const price = prices[member] as number
      const best = prices[first] as number
      if (
        price < best ||
        (price === best && (sequences[member] as number) < (sequences[first] as number))
      ) {
        first = member
      }
    }
    this.#first = first
    if (count > 0 && this.#before[first] === HIDDEN) this.#reveal(first)
    return count > 0 && this.#offers[first] !== 0
  }

  /** Finds the one behind it. Nothing may have changed since the beginning. */
  next(): boolean {
    const first = this.#first
    this.#show(first, (this.#before[first] as number) + 1)
    return this.first()
  }

  #reveal(member: number): void {
    this.#instruments[member] = this.#view?.instrument(member) ?? 0
    this.#leaves[member] = NONE
    this.#show(member, 0)
  }

  #show(member: number, before: number): void {
    const fronts = this.#fronts
    const instrument = this.#instruments[member] as number
    const [leaf, index] = [this.#leaves[member] as number, this.#indexes[member] as number]
    fronts.find(instrument, before, leaf, index)
    this.#before[member] = before
    this.#prices[member] = fronts.price
    this.#sequences[member] = fronts.sequence
    this.#offers[member] = fronts.offer
    this.#homes[member] = fronts.home
    this.#available[member] = fronts.available
    this.#leaves[member] = fronts.leaf
    this.#indexes[member] = fronts.index
  }
}
