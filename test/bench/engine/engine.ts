/** The benchmark of the order book. */
import { isMet, renderGoals } from '../support/goal.ts'
import { circumstances, unrest, writeResults } from '../support/results.ts'
import { compare, renderComparisons } from './compare/compare.ts'
import { judgeGoals, type Measurements } from './goals.ts'
import { measureGrowth, renderGrowth } from './growth/growth.ts'
import { measureMemory, renderMemory } from './memory/memory.ts'
import { measurePauses, renderPauses } from './pause/pause.ts'
import { measureQueries, renderQueries } from './query/query.ts'
import { FULL, QUICK, type Settings } from './settings.ts'
import { measureSweep, renderSweep } from './sweep/sweep.ts'

interface Case<Row> {
  readonly title: string
  readonly measure: (settings: Settings) => Promise<readonly Row[]>
  readonly render: (rows: readonly Row[]) => string
}

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

/**
 * Measures, prints tables and goals, and writes the results unless only some cases were asked for. A quick run is written
 * beside the other, and its goals are only an impression.
 */
export async function benchEngine(isQuick: boolean, words: readonly string[]): Promise<void> {
  const began = performance.now()
  const where = circumstances(new Date())
  const warning = unrest(where)
  if (warning) console.log(warning)
  const settings = isQuick ? QUICK : FULL
  const run = <Row>(name: keyof typeof CASES, one: Case<Row>): Promise<readonly Row[]> =>
    words.length === 0 || words.includes(name) ? show(one, settings) : Promise.resolve([])
  const measured: Measurements = {
    comparisons: await run('compare', CASES.compare),
    queries: await run('query', CASES.query),
    growths: await run('growth', CASES.growth),
    memories: await run('memory', CASES.memory),
    pauses: await run('pause', CASES.pause),
    sweeps: await run('sweep', CASES.sweep),
  }
  const goals = judgeGoals(settings, measured)
  if (goals.length > 0) console.log(`\nGoals${isQuick ? ', at a tenth of their size' : ''}\n`)
  if (goals.length > 0) console.log(renderGoals(goals))
  if (words.length > 0) return
  const name = isQuick ? 'engine.quick' : 'engine'
  const file = writeResults(name, {
    ...where,
    seconds: Math.round((performance.now() - began) / 1000),
    goals: goals.map((goal) => ({ ...goal, isMet: isMet(goal) })),
    ...measured,
  })
  console.log(`\nWritten to ${file}`)
}

async function show<Row>(
  { title, measure, render }: Case<Row>,
  settings: Settings,
): Promise<readonly Row[]> {
  const began = performance.now()
  const rows = await measure(settings)
  const seconds = ((performance.now() - began) / 1000).toFixed(0)
  console.log(`\n${title} (${seconds} s)\n\n${render(rows)}`)
  return rows
}
