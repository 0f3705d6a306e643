/** What a query costs in a big book against a small one, whatever its filter and however the offers lie. */
import { join } from 'node:path'
import { count, duration, times } from '../../support/numbers.ts'
import { type Summary, summarise } from '../../support/statistics.ts'
import { type Column, renderTable } from '../../support/table.ts'
import { askOnce } from '../../support/worker.ts'
import type { Settings } from '../settings.ts'
import { PROJECTS } from '../workload/instruments.ts'
import type { GrowthRequest, GrowthTimes } from './growth.worker.ts'
import { ARRANGEMENTS, type Arrangement, type Shape } from './shape.ts'

export interface Growth extends Shape {
  /** What is asked. */
  readonly name: string
  readonly phase: GrowthTimes['phase']
  /** Nanoseconds each, in the small and in the big book. */
  readonly small: Summary
  readonly big: Summary
  /** Big against small, median by median. */
  readonly ratio: number
  /** The first in the big book after other queries were asked there, which may have taken its place in what is kept ready. */
  readonly firstInBig: Summary
  /** Whether the goal is about it. */
  readonly isJudged: boolean
}

const CLUSTERINGS = [1, 10, 1000, 'distinct'] as const
const SHAPES: readonly Shape[] = [
  ...CLUSTERINGS.flatMap((clustering) => [
    shaped('plain', clustering),
    shaped('behind', clustering),
  ]),
  ...[1, 1000].flatMap((clustering) => [shaped('reserved', clustering), shaped('own', clustering)]),
  { ...shaped('plain', 1000), instruments: 80 },
  { ...shaped('plain', 1000), instruments: 80_000 },
]
const QUICK_SHAPES = SHAPES.filter(({ clustering }) => clustering === 1000)

export async function measureGrowth(settings: Settings): Promise<readonly Growth[]> {
  const file = join(import.meta.dirname, 'growth.worker.ts')
  const growths: Growth[] = []
  for (const shape of settings.isQuick ? QUICK_SHAPES : SHAPES) {
    const answer = await askOnce<GrowthRequest, readonly GrowthTimes[]>(file, {
      shape,
      sizes: [settings.small, settings.big],
      repetitions: settings.repetitions,
      capMilliseconds: settings.growthCapMilliseconds,
    })
    for (const { name, phase, isJudged, nanosecondsEach, firstNanoseconds } of answer) {
      const small = summarise(nanosecondsEach[0] ?? [])
      const big = summarise(nanosecondsEach[1] ?? [])
      const ratio = big.median / small.median
      const firstInBig = summarise(firstNanoseconds[1] ?? [])
      growths.push({ ...shape, name, phase, small, big, ratio, firstInBig, isJudged })
    }
  }
  return growths
}

const COLUMNS: readonly Column<Growth>[] = [
  { title: 'what is asked', left: true, text: ({ name, phase }) => `${phase}: ${name}` },
  { title: 'how the offers lie', left: true, text: ({ arrangement }) => ARRANGEMENTS[arrangement] },
  { title: 'prices', text: ({ clustering }) => clusteringText(clustering) },
  { title: 'instruments', text: ({ instruments }) => count(instruments) },
  { title: 'small', text: ({ small }) => duration(small.median) },
  { title: 'big', text: ({ big }) => duration(big.median) },
  { title: 'first in big', text: ({ firstInBig }) => duration(firstInBig.median) },
  { title: 'growth', text: ({ ratio }) => times(ratio) },
]

export function renderGrowth(growths: readonly Growth[]): string {
  return renderTable(COLUMNS, growths)
}

/** In words: what is asked of which book. */
export function describe({ name, phase, arrangement, clustering, instruments }: Growth): string {
  const lie = ARRANGEMENTS[arrangement]
  const prices = `prices ${clusteringText(clustering)}`
  return `${phase}, ${name}; ${lie}; ${prices}; ${count(instruments)} instruments`
}

function shaped(arrangement: Arrangement, clustering: Shape['clustering']): Shape {
  return { arrangement, clustering, instruments: PROJECTS }
}

function clusteringText(clustering: Shape['clustering']): string {
  return clustering === 'distinct' ? 'all distinct' : count(clustering)
}
