/** What the book is held to, at the size that the goals are about. */
import type { Goal } from '../support/goal.ts'
import { type CommandGrowth, describeCommand } from './command/command.ts'
import type { Comparison } from './compare/compare.ts'
import type { CompetitorName } from './compare/competitor.ts'
import type { Phase } from './compare/repetition.ts'
import { describe, type Growth } from './growth/growth.ts'
import type { Memory } from './memory/memory.ts'
import type { Pause } from './pause/pause.ts'
import type { QueryMeasure } from './query/query.ts'
import { LEVELS, type Settings } from './settings.ts'
import type { Sweep } from './sweep/sweep.ts'
import { PROJECTS } from './workload/instruments.ts'

/** All that is measured. */
export interface Measurements {
  readonly comparisons: readonly Comparison[]
  readonly queries: readonly QueryMeasure[]
  readonly growths: readonly Growth[]
  readonly commands: readonly CommandGrowth[]
  readonly memories: readonly Memory[]
  readonly pauses: readonly Pause[]
  readonly sweeps: readonly Sweep[]
}

const MORE_THAN_TEXTBOOK: readonly (readonly [Phase, number])[] = [
  ['fill', 4],
  ['add', 4],
  ['withdraw', 3],
  ['market', 8],
]
const MARKET_MORE_THAN_NODEJS: Readonly<Record<(typeof LEVELS)[number], number>> = {
  1000: 400,
  10: 4000,
}
const MOST_TIMES_UNFILTERED = 5
const MOST_GROWTH = 3
const MOST_TIMES_RESERVE = 2
const MOST_BYTES_AN_OFFER = 80
const MOST_CHURN = 2
const LONGEST_PAUSE_MS = 5

/** One goal for each thing that was measured; of several measurements the worst decides. */
export function judgeGoals(settings: Settings, measured: Measurements): readonly Goal[] {
  return [
    ...againstOthers(settings.big, measured.comparisons),
    ...ofQueries(settings.big, measured.queries),
    ...ofGrowth(measured.growths),
    ...ofCommands(measured.commands),
    ...ofMemory(measured.memories),
    ...ofPauses(measured.pauses),
  ]
}

function againstOthers(size: number, comparisons: readonly Comparison[]): readonly Goal[] {
  const against = (
    competitor: CompetitorName,
    phase: Phase,
    levels: number,
    bound: number,
  ): Goal[] =>
    comparisons
      .filter((one) => one.size === size && one.levels === levels)
      .filter((one) => one.competitor === competitor && one.phase === phase)
      .map(({ timesOurs }) => ({
        what: `${phase} against ${competitor}, ${levels} prices`,
        measured: timesOurs,
        bound,
        unit: '×',
        better: 'more',
      }))
  return [
    ...MORE_THAN_TEXTBOOK.flatMap(([phase, bound]) =>
      LEVELS.flatMap((levels) => against('textbook', phase, levels, bound)),
    ),
    ...LEVELS.flatMap((levels) =>
      against('nodejs-order-book', 'market', levels, MARKET_MORE_THAN_NODEJS[levels]),
    ),
  ]
}

function ofQueries(size: number, queries: readonly QueryMeasure[]): readonly Goal[] {
  const measures = queries.filter((query) => query.size === size)
  return LEVELS.flatMap((levels) => {
    const here = measures.filter((query) => query.levels === levels)
    const oneProject = here.find(({ ask, phase }) => ask === 'one project' && phase === 'quote')
    const releases = here
      .filter(({ phase }) => phase === 'release')
      .map(({ ask, nanoseconds }) => {
        const reserve = here.find((query) => query.phase === 'reserve' && query.ask === ask)
        return { ask, ratio: nanoseconds.median / (reserve?.nanoseconds.median ?? Number.NaN) }
      })
    const slowest = releases.sort((one, other) => other.ratio - one.ratio)[0]
    const goals: Goal[] = []
    if (oneProject) {
      goals.push({
        what: `quote for one project against unfiltered, ${levels} prices`,
        measured: oneProject.timesUnfiltered,
        ...atMost(MOST_TIMES_UNFILTERED),
      })
    }
    if (slowest) {
      goals.push({
        what: `release in random order against reserve, ${levels} prices`,
        measured: slowest.ratio,
        ...atMost(MOST_TIMES_RESERVE),
        decidedBy: slowest.ask,
      })
    }
    return goals
  })
}

/** A market of more instruments than it has in the other measurements is a goal of its own. */
function ofGrowth(growths: readonly Growth[]): readonly Goal[] {
  const judged = growths.filter(({ isJudged }) => isJudged)
  const isLarger = ({ instruments }: Growth): boolean => instruments > PROJECTS
  const what = 'a query in the big book against the small one'
  return [
    ...worstOf(
      `${what}, whatever it is`,
      judged.filter((one) => !isLarger(one)),
      describe,
    ),
    ...worstOf(`${what}, among more instruments`, judged.filter(isLarger), describe),
  ]
}

function ofCommands(commands: readonly CommandGrowth[]): readonly Goal[] {
  const isLarger = ({ less, more }: CommandGrowth): boolean => more.offers > less.offers
  return [
    ...worstOf(
      'any other command in the big book against the small one',
      commands.filter(isLarger),
      describeCommand,
    ),
    ...worstOf(
      'any other command among more instruments against fewer',
      commands.filter((one) => !isLarger(one)),
      describeCommand,
    ),
  ]
}

function worstOf<Row extends { readonly ratio: number }>(
  what: string,
  among: readonly Row[],
  said: (row: Row) => string,
): readonly Goal[] {
  const worst = [...among].sort((one, other) => other.ratio - one.ratio)[0]
  if (!worst) return []
  return [{ what, measured: worst.ratio, ...atMost(MOST_GROWTH), decidedBy: said(worst) }]
}

function ofMemory(memories: readonly Memory[]): readonly Goal[] {
  return memories
    .filter(({ competitor }) => competitor === 'ours')
    .flatMap(({ bytesAnOffer, churn }) => [
      {
        what: 'memory of an offer, index included',
        measured: bytesAnOffer,
        bound: MOST_BYTES_AN_OFFER,
        unit: 'bytes',
        better: 'less' as const,
      },
      {
        what: 'memory after churn against restored',
        measured: churn ?? Number.NaN,
        ...atMost(MOST_CHURN),
      },
    ])
}

function ofPauses(pauses: readonly Pause[]): readonly Goal[] {
  return pauses.map(({ clustering, longestBusy }) => ({
    what: `longest pause while filling, time of other processes left out, ${clustering} prices`,
    measured: longestBusy.median / 1e6,
    bound: LONGEST_PAUSE_MS,
    unit: 'ms',
    better: 'less',
  }))
}

function atMost(bound: number): Pick<Goal, 'bound' | 'unit' | 'better'> {
  return { bound, unit: '×', better: 'less' }
}
