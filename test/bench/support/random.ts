/** Whole numbers by xorshift from a seed: the same seed gives the same numbers on every machine. */
export class Random {
  #state: number

  /** `seed` is any whole number. */
  constructor(seed: number) {
    this.#state = Math.imul(seed + 1, 0x9e3779b1) || 1
    for (let round = 0; round < 8; round++) this.#next()
  }

  /** From `least` to `most`, both inclusive; at most 2^32 different ones. */
  whole(least: number, most: number): number {
    return least + Math.floor((this.#next() / 2 ** 32) * (most - least + 1))
  }

  pick<Item>(items: readonly Item[]): Item {
    const item = items[this.whole(0, items.length - 1)]
    if (item === undefined) throw new RangeError('Nothing to pick from')
    return item
  }

  /** 0 … count − 1, each once, in random order. */
  permutation(count: number): Int32Array {
    const order = Int32Array.from({ length: count }, (_, index) => index)
    this.shuffle(order, count)
    return order
  }

  /** Puts the first `count` members into random order, in place. */
  shuffle(members: Int32Array, count: number): void {
    for (let last = count - 1; last > 0; last--) {
      const other = this.whole(0, last)
      const held = members[last] as number
      members[last] = members[other] as number
      members[other] = held
    }
  }

  #next(): number {
    let state = this.#state
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    this.#state = state
    return state >>> 0
  }
}
