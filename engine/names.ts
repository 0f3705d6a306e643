/** Names of projects, hosts and sellers as the dense numbers that a book works with: interned once, at the edge. */

export type Names = {
  /** How many names there are; their numbers are 1 … size. */
  readonly size: number
  /** The number of a name, given when it is first asked for. Throws a TypeError when the name is no string. */
  numberOf(name: string): number
  /** The number of a name that has one, else undefined. Throws a TypeError when the name is no string. */
  find(name: string): number | undefined
  /** The name of a number that was given, else undefined. */
  nameOf(number: number): string | undefined
}

/** Any string is a name, `__proto__` too, and `1` is another than `01`. 0 is left for "not stated". */
export function createNames(): Names {
  const numbers = new Map<string, number>()
  const names: string[] = []
  return {
    get size() {
      return names.length
    },
    numberOf(name) {
      mustBeName(name)
      const known = numbers.get(name)
      if (known !== undefined) return known
      const number = names.push(name)
      numbers.set(name, number)
      return number
    },
    find(name) {
      mustBeName(name)
      return numbers.get(name)
    },
    nameOf: (number) => names[number - 1],
  }
}

/** A number that was taken for a name would be a name that nobody has, and say nothing. */
function mustBeName(name: unknown): void {
  if (typeof name !== 'string') throw new TypeError('A name must be a string')
}
