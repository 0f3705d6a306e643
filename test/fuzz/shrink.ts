/** Makes a list that fails shorter and simpler, as long as it still fails. */

export type Shrinkable<Item> = {
  /** Undefined where the items pass; else what was wrong, and the items up to there. */
  readonly failing: (
    items: readonly Item[],
  ) => { readonly sentence: string; readonly items: readonly Item[] } | undefined
  /** The same item said more simply, in ways to try in this order. */
  readonly simpler: (item: Item) => Iterable<Item>
  /** The same items with something changed throughout that makes others needless, in ways to try in this order. */
  readonly rewritten: (items: readonly Item[]) => Iterable<readonly Item[]>
}

const MOST_TRIES = 4000

/**
 * Takes out parts, from halves down to single items, until each that is left is needed; then simplifies what is left. Gives up
 * after some thousand tries with what it has by then. `items` must fail.
 */
export function shrink<Item>(area: Shrinkable<Item>, items: readonly Item[]): readonly Item[] {
  const search = new Search(area, items)
  while (search.takesOut() || search.simplifies() || search.rewrites());
  return search.items
}

class Search<Item> {
  items: readonly Item[]
  readonly #area: Shrinkable<Item>
  #triesLeft = MOST_TRIES

  constructor(area: Shrinkable<Item>, items: readonly Item[]) {
    this.#area = area
    this.items = items
  }

  /** Whether anything could be taken out. */
  takesOut(): boolean {
    const before = this.items.length
    for (let size = Math.ceil(before / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
      // From the end: what came last depends on what came before, and not the other way round.
      for (let from = this.items.length - size; from > -size; from -= size) {
        const [head, tail] = [Math.max(0, from), from + size]
        this.#try([...this.items.slice(0, head), ...this.items.slice(tail)])
      }
    }
    return this.items.length < before
  }

  /** Whether anything could be said more simply. */
  simplifies(): boolean {
    let isSimpler = false
    for (let index = 0; index < this.items.length; index++) {
      while (this.#simplifiesAt(index)) isSimpler = true
    }
    return isSimpler
  }

  /** Whether the list could be written otherwise. */
  rewrites(): boolean {
    for (const items of this.#area.rewritten(this.items)) if (this.#try(items)) return true
    return false
  }

  #simplifiesAt(index: number): boolean {
    const item = this.items[index]
    if (item === undefined) return false
    for (const simpler of this.#area.simpler(item)) {
      if (this.#try(this.items.with(index, simpler))) return true
    }
    return false
  }

  #try(items: readonly Item[]): boolean {
    if (this.#triesLeft-- <= 0) return false
    const failure = this.#area.failing(items)
    if (failure) this.items = failure.items
    return failure !== undefined
  }
}
