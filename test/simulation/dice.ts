/** Random numbers of a seed: the same seed gives the same ones, on every machine. */
export class Dice {
  #state: number

  constructor(seed: number) {
    this.#state = Math.imul(seed ^ 0x5bd1e995, 0x9e3779b1) >>> 0
  }

  /** From `least` to `most`, both inclusive; they differ by less than 2^32. */
  whole(least: number, most: number): number {
    return least + Math.floor((this.#next() / 2 ** 32) * (most - least + 1))
  }

  chance(inThousand: number): boolean {
    return this.#next() < (inThousand / 1000) * 2 ** 32
  }

  pick<Item>(items: readonly Item[]): Item {
    const item = items[this.whole(0, items.length - 1)]
    if (item === undefined) throw new Error('Nothing to pick from')
    return item
  }

  #next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let mixed = this.#state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
}
