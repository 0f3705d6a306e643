import type { Queues } from './queues.ts'

/** The queues of a few instruments, merged by looking at each of them for every offer: nothing is kept between queries. */
export class Few {
  readonly #queues: Queues
  #members: readonly number[] = []
  readonly #prices: number[] = []
  readonly #sequences: number[] = []
  readonly #leaves: number[] = []
  readonly #indexes: number[] = []
  readonly #homes: number[] = []
  #first = 0

  constructor(queues: Queues) {
    this.#queues = queues
  }

  /** Begins a query over these instruments, no two alike. */
  begin(members: readonly number[]): void {
    this.#members = members
    this.#queues.settle()
    for (let member = 0; member < members.length; member++) {
      this.#queues.first(members[member] as number)
      this.#take(member)
    }
  }

  /** The home of the first offer by price, then sequence, or 0. */
  first(): number {
    const prices = this.#prices
    const sequences = this.#sequences
    let first = 0
    for (let member = 1; member < this.#members.length; member++) {
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
    return this.#members.length === 0 ? 0 : (this.#homes[first] as number)
  }

  /** The one behind it. Nothing may have changed since the beginning. */
  next(): number {
    const first = this.#first
    this.#queues.next(
      this.#members[first] as number,
      this.#leaves[first] as number,
      this.#indexes[first] as number,
    )
    this.#take(first)
    return this.first()
  }

  #take(member: number): void {
    const queues = this.#queues
    this.#prices[member] = queues.price
    this.#sequences[member] = queues.sequence
    this.#leaves[member] = queues.leaf
    this.#indexes[member] = queues.index
    this.#homes[member] = queues.home
  }
}
