/** Virtual time: things happen in the order of their times, and nothing else moves the time. */
import { setImmediate as turn } from 'node:timers/promises'

type Appointment = { readonly at: number; readonly order: number; readonly happen: () => void }

export class World {
  #now = 0
  #order = 0
  #agenda: Appointment[] = []
  /** Called whenever everything has come to rest after something happened. */
  readonly witnesses: (() => void)[] = []

  /** Milliseconds since the beginning. */
  now(): number {
    return this.#now
  }

  /** Lets something happen after so many milliseconds, 0 or more. Returns a way to call it off. */
  after(milliseconds: number, happen: () => void): () => void {
    const appointment = { at: this.#now + milliseconds, order: this.#order++, happen }
    const later = this.#agenda.findIndex((other) => other.at > appointment.at)
    this.#agenda.splice(later === -1 ? this.#agenda.length : later, 0, appointment)
    return () => {
      this.#agenda = this.#agenda.filter((other) => other !== appointment)
    }
  }

  /** Lets so many milliseconds pass, with everything that happens in them and follows from it. */
  async run(milliseconds: number): Promise<void> {
    const end = this.#now + milliseconds
    await this.#rest()
    while ((this.#agenda[0]?.at ?? Number.POSITIVE_INFINITY) <= end) {
      const next = this.#agenda.shift() as Appointment
      this.#now = next.at
      next.happen()
      await this.#rest()
    }
    this.#now = end
  }

  /** A turn of the event loop runs every promise that can go on. */
  async #rest(): Promise<void> {
    await turn()
    for (const witness of this.witnesses) witness()
  }
}
