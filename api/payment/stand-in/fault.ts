/** Faults that a test asks for, by the name of the call that they meet. Kept in memory only. */

export type Fault = {
  readonly call: string
  /** Before anything is done, or when it is done and only the reply is left. */
  readonly when: 'before' | 'after'
  readonly what: 'drop' | 'delay' | 'error'
  readonly delayMs: number
}

/** Reads a fault and how often it strikes; null where it makes no sense. */
export function readFault(told: unknown): { fault: Fault; times: number } | null {
  if (typeof told !== 'object' || told === null) return null
  const { call, when, what, delayMs = 0, times = 1 } = told as Record<string, unknown>
  if (typeof call !== 'string') return null
  if (when !== 'before' && when !== 'after') return null
  if (what !== 'drop' && what !== 'delay' && what !== 'error') return null
  if (!isCount(delayMs, 600_000) || !isCount(times, 10_000)) return null
  return { fault: { call, when, what, delayMs }, times }
}

/** The faults that are still to strike. */
export class Faults {
  readonly #waiting: { fault: Fault; left: number }[] = []

  add(fault: Fault, times: number): void {
    this.#waiting.push({ fault, left: times })
  }

  clear(): void {
    this.#waiting.length = 0
  }

  /** The next fault for this call at this moment, used up by asking. */
  take(call: string, when: Fault['when']): Fault | null {
    const entry = this.#waiting.find(
      ({ fault, left }) => left > 0 && fault.call === call && fault.when === when,
    )
    if (entry === undefined) return null
    entry.left--
    return entry.fault
  }
}

function isCount(value: unknown, most: number): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= most
}
