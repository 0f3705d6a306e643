/** Many seeds, one after another, and what came of them together. */
import { setImmediate as pause } from 'node:timers/promises'
import { type SeedResult, simulate } from './simulation.ts'

export type Tally = {
  seeds: number
  faults: number
  /** In how many seeds each fault, end and answer came about. */
  readonly seen: Map<string, number>
  readonly failed: Pick<SeedResult, 'seed' | 'violations'>[]
  /** The hashes of all seeds, folded in their order. */
  hash: number
}

export const emptyTally = (): Tally => ({
  seeds: 0,
  faults: 0,
  seen: new Map(),
  failed: [],
  hash: 0,
})

/** Runs `count` seeds from `first` on; `onSeed` after each. */
export async function runSeeds(
  first: number,
  count: number,
  onSeed: (tally: Tally) => void = () => undefined,
): Promise<Tally> {
  const tally = emptyTally()
  for (let seed = first; seed < first + count; seed++) {
    const result = await simulate(seed)
    tally.seeds++
    tally.faults += result.faults
    for (const kind of result.seen.keys()) tally.seen.set(kind, 1 + (tally.seen.get(kind) ?? 0))
    if (result.violations.length > 0) tally.failed.push(result)
    for (const digit of result.hash) {
      tally.hash = (Math.imul(tally.hash, 31) + digit.charCodeAt(0)) >>> 0
    }
    onSeed(tally)
    // What the runtime does between turns, such as forgetting signals, has its time here.
    await pause()
  }
  return tally
}
