/** Virtual time: things happen in the order of their times, and nothing else moves the time. */

type Appointment = {
  readonly at: number
  readonly order: number
  happen: (() => void) | null
  /** No promise goes on by it. */
  readonly isQuiet: boolean
}

export class World {
  #now = 0
  #order = 0
  /** A binary heap, the earliest on top; of one moment, what was agreed first. */
  readonly #agenda: Appointment[] = []
  /** Called whenever everything has come to rest after something happened. */
  readonly witnesses: (() => void)[] = []

  /** Milliseconds since the beginning. */
  now(): number {
    return this.#now
  }

  /** Lets something happen after so many milliseconds, 0 or more. */
  after(milliseconds: number, happen: () => void): void {
    this.#push({ at: this.#now + milliseconds, order: this.#order++, happen, isQuiet: false })
  }

  /** The same for what settles no promise: nobody waits then until everything has come to rest. */
  quietly(milliseconds: number, happen: () => void): void {
    this.#push({ at: this.#now + milliseconds, order: this.#order++, happen, isQuiet: true })
  }

  /** As `after`; returns a way to call it off. */
  unlessCalledOff(milliseconds: number, happen: () => void): () => void {
    const at = this.#now + milliseconds
    const appointment: Appointment = { at, order: this.#order++, happen, isQuiet: false }
    this.#push(appointment)
    return () => {
      appointment.happen = null
    }
  }

  /** Lets so many milliseconds pass, with everything that happens in them and follows from it. */
  async run(milliseconds: number): Promise<void> {
    const end = this.#now + milliseconds
    await this.#rest()
    for (let next = this.#agenda[0]; next && next.at <= end; next = this.#agenda[0]) {
      this.#pop()
      if (!next.happen) continue
      this.#now = next.at
      next.happen()
      if (next.isQuiet) this.#witness()
      else await this.#rest()
    }
    this.#now = end
  }

  /** Every promise that can go on has gone on before the next tick. */
  async #rest(): Promise<void> {
    await new Promise<void>((resolve) => process.nextTick(resolve))
    this.#witness()
  }

  #witness(): void {
    for (const witness of this.witnesses) witness()
  }

  #push(appointment: Appointment): void {
    const heap = this.#agenda
    let hole = heap.push(appointment) - 1
    while (hole > 0) {
      const above = (hole - 1) >> 1
      const parent = heap[above] as Appointment
      if (isEarlier(parent, appointment)) break
      heap[hole] = parent
      hole = above
    }
    heap[hole] = appointment
  }

  #pop(): void {
    const heap = this.#agenda
    const last = heap.pop()
    if (!last || heap.length === 0) return
    let hole = 0
    for (;;) {
      const left = 2 * hole + 1
      if (left >= heap.length) break
      const right = left + 1
      const below =
        right < heap.length && isEarlier(heap[right] as Appointment, heap[left] as Appointment)
          ? right
          : left
      const child = heap[below] as Appointment
      if (isEarlier(last, child)) break
      heap[hole] = child
      hole = below
    }
    heap[hole] = last
  }
}

const isEarlier = (one: Appointment, other: Appointment) =>
  one.at < other.at || (one.at === other.at && one.order < other.order)
