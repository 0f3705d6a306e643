/** A seeded source of whole numbers: the same seed gives the same row on every machine. */
export type Random = {
  /** A whole number from `least` to `most`, both inclusive. */
  readonly between: (least: number, most: number) => number
  /** One of a list that is not empty. */
  readonly pick: <T>(list: readonly T[]) => T
  /** The same members in another order; the list itself stays as it is. */
  readonly shuffled: <T>(list: readonly T[]) => readonly T[]
}

/** `seed` is any 32-bit whole number. Integer arithmetic only, so nothing depends on a float's last digit. */
export function seededRandom(seed: number): Random {
  let counter = seed >>> 0
  const next = () => {
    counter = (counter + 0x9e3779b9) >>> 0
    let mixed = Math.imul(counter ^ (counter >>> 16), 0x21f0aaad)
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97)
    return (mixed ^ (mixed >>> 15)) >>> 0
  }
  const between = (least: number, most: number) => least + (next() % (most - least + 1))
  return {
    between,
    pick: (list) => list[between(0, list.length - 1)] as (typeof list)[number],
    shuffled: (list) => {
      const members = [...list]
      for (let last = members.length - 1; last > 0; last -= 1) {
        const other = between(0, last)
        const held = members[last] as (typeof members)[number]
        members[last] = members[other] as (typeof members)[number]
        members[other] = held
      }
      return members
    },
  }
}
