/** Ours against others, each in its own process, in turn. */
import { join } from 'node:path'
import { count, duration, rate, spread, times } from '../../support/numbers.ts'
import { type Summary, summarise } from '../../support/statistics.ts'
import { type Column, renderTable } from '../../support/table.ts'
import { startWorker, type Worker } from '../../support/worker.ts'
import { LEVELS, type Settings } from '../settings.ts'
import { makePlan } from '../workload/plan.ts'
import type { CompareRequest } from './compare.worker.ts'
import { BOOKS, COMPETITORS, type CompetitorName } from './competitor.ts'
import { openerOf } from './openers.ts'
import { PHASES, type Phase, type Repetition, repeat } from './repetition.ts'

export interface Comparison {
  readonly size: number
  readonly levels: number
  readonly phase: Phase
  readonly competitor: CompetitorName
  /** Nanoseconds an operation. */
  readonly nanoseconds: Summary
  /** In all repetitions together. */
  readonly operations: number
  /** How many times the time of ours it takes, median by median. */
  readonly timesOurs: number
}

type Ask = (request: Omit<CompareRequest, 'competitor'>) => Promise<readonly Repetition[]>
/** Books of one repetition, so that the small ones are worked with for long enough. */
const BOOKS_EACH: Readonly<Record<number, number>> = { 10000: 20, 100000: 4 }

const CHECKED_SIZE = 2000
const CHECK_WITHIN_MS = 60_000

/** Throws when the books do not take the same from the same offers. */
export async function compare(settings: Settings): Promise<readonly Comparison[]> {
  checkThatAllTakeTheSame()
  const comparisons: Comparison[] = []
  for (const size of settings.sizes) {
    for (const levels of LEVELS) {
      const repetitions = await withCompetitors(async (ask) => {
        const answers: (readonly Repetition[])[] = []
        for (let at = 0; at < settings.repetitions; at++) {
          const { capMilliseconds } = settings
          answers.push(await ask({ size, levels, books: BOOKS_EACH[size] ?? 1, capMilliseconds }))
        }
        return answers
      })
      comparisons.push(...judge(size, levels, repetitions))
    }
  }
  return comparisons
}

const COLUMNS: readonly Column<Comparison>[] = [
  { title: 'operation', left: true, text: ({ phase }) => phase },
  { title: 'offers', text: ({ size }) => count(size) },
  { title: 'prices', text: ({ levels }) => count(levels) },
  { title: 'book', left: true, text: ({ competitor }) => competitor },
  { title: 'median', text: ({ nanoseconds }) => duration(nanoseconds.median) },
  { title: 'rate', text: ({ nanoseconds }) => rate(nanoseconds.median) },
  { title: 'spread', text: ({ nanoseconds }) => spread(nanoseconds) },
  { title: 'operations', text: ({ operations }) => count(operations) },
  { title: 'to ours', text: ({ timesOurs }) => times(timesOurs) },
]

export function renderComparisons(comparisons: readonly Comparison[]): string {
  return renderTable(COLUMNS, comparisons)
}

/** On a small book, whose time is not looked at. */
function checkThatAllTakeTheSame(): void {
  for (const levels of LEVELS) {
    const plan = makePlan(CHECKED_SIZE, levels)
    const taken = BOOKS.map((name) => repeat(openerOf(name), plan, 1, CHECK_WITHIN_MS))
    const different = new Set(taken.map(({ tonnes, fills }) => `${tonnes} t in ${fills} fills`))
    if (different.size !== 1) {
      throw new Error(`The books took different tonnes: ${[...different].join(', ')}`)
    }
  }
}

/** Calls `work` with a way to ask all competitors, one after the other; their processes end afterwards. */
async function withCompetitors<Result>(work: (ask: Ask) => Promise<Result>): Promise<Result> {
  const file = join(import.meta.dirname, 'compare.worker.ts')
  const workers: Worker<CompareRequest, Repetition>[] = COMPETITORS.map(() => startWorker(file))
  try {
    return await work(async (request) => {
      const answers: Repetition[] = []
      for (const [at, competitor] of COMPETITORS.entries()) {
        const worker = workers[at] as Worker<CompareRequest, Repetition>
        answers.push(await worker.ask({ ...request, competitor }))
      }
      return answers
    })
  } finally {
    await Promise.all(workers.map((worker) => worker.stop()))
  }
}

function judge(
  size: number,
  levels: number,
  repetitions: readonly (readonly Repetition[])[],
): readonly Comparison[] {
  return PHASES.flatMap((phase) => {
    const rows = COMPETITORS.map((competitor, at) => {
      const all = repetitions.flatMap((answers) => answers[at]?.phases[phase] ?? [])
      return {
        competitor,
        nanoseconds: summarise(all.map(({ nanosecondsEach }) => nanosecondsEach)),
        operations: all.reduce((sum, { operations }) => sum + operations, 0),
      }
    })
    const ours = rows[0]?.nanoseconds.median ?? Number.NaN
    return rows.map((row) => {
      const timesOurs = row.nanoseconds.median / ours
      return { phase, size, levels, ...row, timesOurs }
    })
  })
}
