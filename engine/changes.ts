/** The instruments whose offers changed lately, in order, so that whoever summed them up before can catch up. */

const KEPT = 8192

export class Changes {
  readonly #ring = new Int32Array(KEPT)
  /** How many changes there ever were. */
  count = 0

  note(instrument: number): void {
    this.#ring[this.count % KEPT] = instrument
    this.count++
  }

  /** Whether every change from this count on is still known. */
  knows(since: number): boolean {
    return this.count - since <= KEPT
  }

  /** The instrument of a change that is still known. */
  at(count: number): number {
    return this.#ring[count % KEPT] as number
  }
}
