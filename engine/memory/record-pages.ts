/**
 * Records of some doubles and words, by index from 0, that lie together in memory and grow by whole pages: nothing is ever
 * copied but the first page while it is small.
 */

/** A record is on page `index >>> PAGE_SHIFT`, at `index & PAGE_MASK` there. */
export const PAGE_SHIFT = 12
const SIZE = 1 << PAGE_SHIFT
export const PAGE_MASK = SIZE - 1
const FIRST_SIZE = 64

/** A word is half of a double: field 2n and 2n + 1 of the words lie where field n of the doubles does. */
export class RecordPages {
  readonly #stride: number
  /** The pages themselves, for what has to be fast: calls are dearer than what they do here. */
  readonly doubles: Float64Array[] = []
  readonly words: Int32Array[] = []
  #length = 0

  /** Records of `stride` doubles, 8 bytes each. */
  constructor(stride: number) {
    this.#stride = stride
  }

  double(index: number, field: number): number {
    const page = this.doubles[index >>> PAGE_SHIFT] as Float64Array
    return page[(index & PAGE_MASK) * this.#stride + field] as number
  }

  setDouble(index: number, field: number, value: number): void {
    const page = this.doubles[index >>> PAGE_SHIFT] as Float64Array
    page[(index & PAGE_MASK) * this.#stride + field] = value
  }

  word(index: number, field: number): number {
    const page = this.words[index >>> PAGE_SHIFT] as Int32Array
    return page[(index & PAGE_MASK) * this.#stride * 2 + field] as number
  }

  setWord(index: number, field: number, value: number): void {
    const page = this.words[index >>> PAGE_SHIFT] as Int32Array
    page[(index & PAGE_MASK) * this.#stride * 2 + field] = value
  }

  /** Copied as words: a pair of words need not be a number. */
  copy(from: number, to: number): void {
    const words = this.#stride * 2
    const source = this.words[from >>> PAGE_SHIFT] as Int32Array
    const target = this.words[to >>> PAGE_SHIFT] as Int32Array
    const [at, into] = [(from & PAGE_MASK) * words, (to & PAGE_MASK) * words]
    for (let field = 0; field < words; field++) target[into + field] = source[at + field] as number
  }

  /** Makes room for every index below `length`. */
  reserve(length: number): void {
    while (this.#length < length) {
      if (this.#length === 0) this.#setPage(0, FIRST_SIZE)
      else if (this.#length < SIZE) this.#growFirst()
      else this.#setPage(this.doubles.length, SIZE)
    }
  }

  #growFirst(): void {
    const words = this.words[0] as Int32Array
    this.#setPage(0, this.#length * 2)
    ;(this.words[0] as Int32Array).set(words)
  }

  #setPage(page: number, records: number): void {
    const doubles = new Float64Array(records * this.#stride)
    this.doubles[page] = doubles
    this.words[page] = new Int32Array(doubles.buffer)
    this.#length = page === 0 ? records : this.#length + records
  }
}
