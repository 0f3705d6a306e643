/** A generator of 32-bit numbers by xorshift; the same seed gives the same numbers everywhere. */
export class Random {
  #state: number

  constructor(seed: number) {
    this.#state = Math.imul(seed + 1, 0x9e3779b1) || 1
    for (let round = 0; round < 8; round++) this.#next()
  }

  /** A whole number from `least` to `most`, both inclusive. */
  whole(least: number, most: number): number {
    const unit = (this.#next() * 2 ** 20 + (this.#next() >>> 12)) / 2 ** 52
    return least + Math.floor(unit * (most - least + 1))
  }

  chance(inHundred: number): boolean {
    return this.whole(1, 100) <= inHundred
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[this.whole(0, items.length - 1)] as Item
  }

  /** The same items in another order. */
  shuffled<Item>(items: readonly Item[]): Item[] {
    const left = [...items]
    return items.map(() => left.splice(this.whole(0, left.length - 1), 1)[0] as Item)
  }

  /** A name, as often as its weight says. */
  weighted<Name extends string>(weights: Readonly<Record<Name, number>>): Name {
    const entries = Object.entries(weights) as [Name, number][]
    let roll = this.whole(
      1,
      entries.reduce((sum, [, weight]) => sum + weight, 0),
    )
    const [name] = entries.find(([, weight]) => {
      roll -= weight
      return roll <= 0
    }) as [Name, number]
    return name
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
