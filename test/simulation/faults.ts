/** What goes wrong in a seed: on the way of single calls, and with the things that calls go to. */
import type { Call, Trip } from '../engine/host/models/simulated-node.ts'
import type { Dice } from './dice.ts'

export type Part = 'lease' | 'store' | 'registry' | 'payment' | 'peers'

export const DISTURBANCES = [
  'pause',
  'crash',
  'restart',
  'clock jump',
  'lease flushed',
  'lease failed over',
  'lease down',
  'store down',
  'registry down',
  'payment down',
] as const
export type Disturbance = (typeof DISTURBANCES)[number]

const TRIP_FAULTS = [
  'lost before',
  'lost after',
  'late there',
  'late back',
  'given up, and travels on',
  'never answered',
] as const

/** In a thousand calls. A seed has about 700, most of them looks at an order. */
const IN_THOUSAND: Readonly<Record<Part, number>> = {
  lease: 8,
  store: 6,
  registry: 40,
  payment: 30,
  peers: 60,
}
/** Those on which much depends go wrong more often. */
const OFTEN: ReadonlyMap<Call, number> = new Map([
  ['commit', 70],
  ['mint', 400],
  ['read', 150],
  ['order.begin', 120],
  ['order.record', 120],
])

export class Faults {
  /** What does not answer at all now. */
  readonly down = new Set<Part>()
  readonly seen = new Map<string, number>()
  readonly #dice: Dice
  #isOver = false

  constructor(dice: Dice) {
    this.#dice = dice
  }

  /** From here on nothing goes wrong. */
  end(): void {
    this.#isOver = true
    this.down.clear()
  }

  isOver(): boolean {
    return this.#isOver
  }

  count(kind: string): void {
    this.seen.set(kind, 1 + (this.seen.get(kind) ?? 0))
  }

  total(): number {
    let sum = 0
    for (const times of this.seen.values()) sum += times
    return sum
  }

  /** How a call travels. */
  trip(call: Call): Trip {
    const dice = this.#dice
    const part = partOf(call)
    const thereMs = dice.whole(1, 6)
    const backMs = dice.whole(1, 6)
    if (this.#isOver) return { thereMs, backMs }
    if (this.down.has(part)) return { thereMs, backMs, lost: 'before' }
    if (!dice.chance(OFTEN.get(call) ?? IN_THOUSAND[part])) {
      return { thereMs, backMs }
    }
    const fault = dice.pick(TRIP_FAULTS)
    this.count(`${part}: ${fault}`)
    switch (fault) {
      case 'lost before':
        return { thereMs, backMs, lost: 'before' }
      case 'lost after':
        return { thereMs, backMs, lost: 'after' }
      case 'late there':
        return { thereMs: dice.whole(100, 6_000), backMs }
      case 'late back':
        return { thereMs, backMs: dice.whole(100, 6_000) }
      case 'given up, and travels on':
        return { thereMs: dice.whole(100, 6_000), failsAfterMs: dice.whole(1, 100) }
      case 'never answered':
        return { thereMs, backMs: Number.POSITIVE_INFINITY }
    }
  }
}

/** Found once: a seed has about a thousand calls of thirty kinds. */
const PARTS = new Map<Call, Part>()

function partOf(call: Call): Part {
  const known = PARTS.get(call)
  if (known) return known
  const part = findPart(call)
  PARTS.set(call, part)
  return part
}

function findPart(call: Call): Part {
  if (call.startsWith('registry.')) return 'registry'
  if (call.startsWith('payment.')) return 'payment'
  if (call === 'look') return 'peers'
  return LEASE_CALLS.has(call) ? 'lease' : 'store'
}

const LEASE_CALLS: ReadonlySet<Call> = new Set(['acquire', 'renew', 'release', 'holder', 'seize'])
