/** The benchmark of the order book. */
import { benchArea, type Cases, namesOf } from '../support/area.ts'
import { measureCommands, renderCommands } from './command/command.ts'
import { compare, renderComparisons } from './compare/compare.ts'
import { judgeGoals, type Measurements } from './goals.ts'
import { measureGrowth, renderGrowth } from './growth/growth.ts'
import { measureMemory, renderMemory } from './memory/memory.ts'
import { measurePauses, renderPauses } from './pause/pause.ts'
import { measureQueries, renderQueries } from './query/query.ts'
import { FULL, QUICK, type Settings } from './settings.ts'
import { measureSweep, renderSweep } from './sweep/sweep.ts'

const CASES: Cases<Settings, Measurements> = {
  comparisons: {
    name: 'compare',
    title: 'Ours against others',
    measure: compare,
    render: renderComparisons,
  },
  queries: {
    name: 'query',
    title: 'Inside a filter',
    measure: measureQueries,
    render: renderQueries,
  },
  growths: {
    name: 'growth',
    title: 'A big book against a small one',
    measure: measureGrowth,
    render: renderGrowth,
  },
  commands: {
    name: 'command',
    title: 'Commands, in more against less',
    measure: measureCommands,
    render: renderCommands,
  },
  memories: { name: 'memory', title: 'Memory', measure: measureMemory, render: renderMemory },
  pauses: {
    name: 'pause',
    title: 'Pauses while filling',
    measure: measurePauses,
    render: renderPauses,
  },
  sweeps: {
    name: 'sweep',
    title: 'What the machine allows',
    measure: measureSweep,
    render: renderSweep,
  },
}

/** The words after `engine` that choose what is measured; all of it where there is none. */
export const ENGINE_CASES: readonly string[] = namesOf(CASES)

/** Measures, prints and writes all cases, or prints those that the words name: see `benchArea`. */
export async function benchEngine(isQuick: boolean, words: readonly string[]): Promise<void> {
  const settings = isQuick ? QUICK : FULL
  await benchArea({
    area: 'engine',
    isQuick,
    words,
    settings,
    cases: CASES,
    judge: (measured) => judgeGoals(settings, measured),
  })
}
