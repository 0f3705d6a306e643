/**
 * Columns of numbers that grow by whole pages. Nothing is ever copied but the first page while it is small, so that no
 * single growth holds up a command for long, and an empty book costs next to nothing.
 */

const SHIFT = 14
const SIZE = 1 << SHIFT
const MASK = SIZE - 1
const FIRST_SIZE = 64

/** Whole numbers of 32 bits, by index from 0; what was never set is 0. */
export class Int32Pages {
  readonly #pages: Int32Array[] = [new Int32Array(FIRST_SIZE)]

  get(index: number): number {
    return (this.#pages[index >>> SHIFT] as Int32Array)[index & MASK] as number
  }

  /** The index has to be below what `reserve` made room for. */
  set(index: number, value: number): void {
    ;(this.#pages[index >>> SHIFT] as Int32Array)[index & MASK] = value
  }

  /** Makes room for every index below `length`. */
  reserve(length: number): void {
    const first = this.#pages[0] as Int32Array
    if (length > first.length && first.length < SIZE) {
      const longer = new Int32Array(grown(length))
      longer.set(first)
      this.#pages[0] = longer
    }
    while (length > this.#pages.length << SHIFT) this.#pages.push(new Int32Array(SIZE))
  }
}

/** Doubles, by index from 0; what was never set is 0. */
export class Float64Pages {
  readonly #pages: Float64Array[] = [new Float64Array(FIRST_SIZE)]

  get(index: number): number {
    return (this.#pages[index >>> SHIFT] as Float64Array)[index & MASK] as number
  }

  /** The index has to be below what `reserve` made room for. */
  set(index: number, value: number): void {
    ;(this.#pages[index >>> SHIFT] as Float64Array)[index & MASK] = value
  }

  /** Makes room for every index below `length`. */
  reserve(length: number): void {
    const first = this.#pages[0] as Float64Array
    if (length > first.length && first.length < SIZE) {
      const longer = new Float64Array(grown(length))
      longer.set(first)
      this.#pages[0] = longer
    }
    while (length > this.#pages.length << SHIFT) this.#pages.push(new Float64Array(SIZE))
  }
}

/** The length of a first page that has to hold `length` values: a power of two, at most a page. */
function grown(length: number): number {
  return Math.min(SIZE, 1 << (32 - Math.clz32(length - 1)))
}
