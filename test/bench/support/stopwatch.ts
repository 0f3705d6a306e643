/** A piece of work in a loop: the operations `from` … `to − 1`. */
export type Loop = (from: number, to: number) => void

/** A reading of the clock is hidden by so much work. */
const CHUNK_NS = 1_000_000n

/**
 * Adds up the time of many operations. The clock is read around whole loops, of so many operations that they take about a
 * millisecond; once the cap is passed nothing more is begun, so that slow work is measured by as much of it as fits.
 */
export class Stopwatch {
  /** All the time that was measured. */
  nanoseconds = 0
  operations = 0
  readonly #capNanoseconds: number
  #chunk = 1

  constructor(capMilliseconds: number) {
    this.#capNanoseconds = capMilliseconds * 1e6
  }

  get isOver(): boolean {
    return this.nanoseconds >= this.#capNanoseconds
  }

  /** Nanoseconds an operation; NaN when there was none. */
  get each(): number {
    return this.nanoseconds / this.operations
  }

  /** Does the operations `from` … `to − 1`, as many as fit, and returns the first that was not done. */
  run(from: number, to: number, loop: Loop): number {
    let next = from
    while (next < to && !this.isOver) {
      const end = Math.min(to, next + this.#chunk)
      const began = process.hrtime.bigint()
      loop(next, end)
      const took = process.hrtime.bigint() - began
      this.nanoseconds += Number(took)
      this.operations += end - next
      if (took < CHUNK_NS && end - next === this.#chunk) this.#chunk *= 2
      next = end
    }
    return next
  }
}
