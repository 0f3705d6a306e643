/** The benchmark of the order book. */
import { benchArea } from '../support/area.ts'
import { compare, renderComparisons } from './compare/compare.ts'
import { judgeGoals, type Measurements } from './goals.ts'
import { measureGrowth, renderGrowth } from './growth/growth.ts'
import { measureMemory, renderMemory } from './memory/memory.ts'
import { measurePauses, renderPauses } from './pause/pause.ts'
import { measureQueries, renderQueries } from './query/query.ts'
import { FULL, QUICK } from './settings.ts'
import { measureSweep, renderSweep } from './sweep/sweep.ts'

const CASES = {
  compare: { title: 'Ours against others', measure: compare, render: renderComparisons },
  query: { title: 'Inside a filter', measure: measureQueries, render: renderQueries },
  growth: { title: 'A big book against a small one', measure: measureGrowth, render: renderGrowth },
  memory: { title: 'Memory', measure: measureMemory, render: renderMemory },
  pause: { title: 'Pauses while filling', measure: measurePauses, render: renderPauses },
  sweep: { title: 'What the machine allows', measure: measureSweep, render: renderSweep },
}

/** The words after `engine` that choose what is measured; all of it where there is none. */
export const ENGINE_CASES: readonly string[] = Object.keys(CASES)

/** Measures, prints and writes all cases, or prints those that the words name: see `benchArea`. */
export async function benchEngine(isQuick: boolean, words: readonly string[]): Promise<void> {
  const settings = isQuick ? QUICK : FULL
  await benchArea({
    area: 'engine',
    isQuick,
    words,
    settings,
    measure: async (run): Promise<Measurements> => ({
      comparisons: await run('compare', CASES.compare),
      queries: await run('query', CASES.query),
      growths: await run('growth', CASES.growth),
      memories: await run('memory', CASES.memory),
      pauses: await run('pause', CASES.pause),
      sweeps: await run('sweep', CASES.sweep),
    }),
    judge: (measured) => judgeGoals(settings, measured),
  })
}
