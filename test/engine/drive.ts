/** Runs the groups of profiles: each seed's steps on books in step with the oracle. */
import { inspect } from 'node:util'
import { CommandGenerator } from './generator.ts'
import { Lockstep } from './lockstep.ts'
import { type Profile, RUNS } from './profiles.ts'

export type Driven = {
  /** Commands and questions. */
  operations: number
  /** How often each event, refusal, question and reason of an explanation came. */
  readonly seen: Map<string, number>
}

export const driven = (): Driven => ({ operations: 0, seen: new Map() })

/** The names of a group's profiles, each with what runs all its seeds and adds up what it did. */
export function drivesOf(group: keyof typeof RUNS): [name: string, drive: (sum: Driven) => void][] {
  return Object.entries(RUNS[group]).map(([name, { profile, seeds, steps }]) => [
    name,
    (sum) => {
      for (let seed = 0; seed < seeds; seed++) drive(seed, profile, steps, sum)
    },
  ])
}

/** How many steps a group's seeds have together. */
export function operationsOf(group: keyof typeof RUNS): number {
  return Object.values(RUNS[group]).reduce((sum, { seeds, steps }) => sum + seeds * steps, 0)
}

/** Throws with the seed and the step where a book and the oracle disagree. */
function drive(seed: number, profile: Profile, steps: number, sum: Driven): void {
  const lockstep = new Lockstep(profile.maxFills, profile.before)
  const { oracle } = lockstep
  const generator = new CommandGenerator(seed, profile, () => oracle.open.map(({ id }) => id))
  for (let number = 0; number < steps; number++) {
    const step = generator.step()
    try {
      const event = lockstep.take(step)
      if (event) generator.observe(event)
    } catch (error) {
      if (!(error instanceof Error)) throw error
      const what = inspect(step, { depth: null, breakLength: Number.POSITIVE_INFINITY })
      error.message = `seed ${seed}, step ${number}, ${error.message}: ${what}`
      throw error
    }
    sum.operations++
  }
  lockstep.take({ kind: 'Check' })
  for (const [name, times] of lockstep.seen) sum.seen.set(name, (sum.seen.get(name) ?? 0) + times)
}
