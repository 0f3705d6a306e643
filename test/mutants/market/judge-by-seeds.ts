/** The simulation as the judge of a planted bug. */
import { suite } from 'uvu'
import { runSeeds } from '../../simulation/seeds.ts'

/** Runs so many seeds, and ends at the first that fails. */
export function judgeBySeeds(seeds: number): void {
  const simulation = suite('a simulated market')
  simulation(`no invariant is broken in ${seeds} seeds`, async () => {
    for (let seed = 1; seed <= seeds; seed++) {
      const { failed } = await runSeeds(seed, 1)
      const [violation] = failed[0]?.violations ?? []
      if (violation) throw new Error(`seed ${seed}: ${violation.invariant}. ${violation.rule}`)
    }
  })
  simulation.run()
}
