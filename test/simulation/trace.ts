/** What happened in a seed, in order, as a hash (FNV-1a, twice 32 bits) and, where they are wanted, as lines. */
export class Trace {
  readonly lines: string[] = []
  readonly #keep: boolean
  #low = 0x811c9dc5
  #high = 0xcbf29ce4

  constructor(keep: boolean) {
    this.#keep = keep
  }

  note(at: number, what: string): void {
    const line = `${at} ${what}`
    if (this.#keep) this.lines.push(line)
    let low = this.#low
    let high = this.#high
    for (let index = 0; index < line.length; index++) {
      const code = line.charCodeAt(index)
      low = Math.imul(low ^ code, 0x01000193)
      high = Math.imul(high ^ code, 0x85ebca6b)
    }
    this.#low = Math.imul(low ^ 10, 0x01000193)
    this.#high = Math.imul(high ^ 10, 0x85ebca6b)
  }

  hash(): string {
    const hex = (half: number) => (half >>> 0).toString(16).padStart(8, '0')
    return hex(this.#high) + hex(this.#low)
  }
}
