/** One repetition of a comparison: what is done, and how long it took. */
import { Stopwatch } from '../../support/stopwatch.ts'
import type { Plan } from '../workload/plan.ts'
import type { Competitor } from './competitor.ts'

export const PHASES = ['fill', 'add', 'withdraw', 'market'] as const
export type Phase = (typeof PHASES)[number]
export interface PhaseTime {
  readonly nanosecondsEach: number
  readonly operations: number
}
export interface Repetition {
  readonly phases: Readonly<Record<Phase, PhaseTime>>
  /** What the market orders took. */
  readonly tonnes: number
  readonly fills: number
}

/**
 * Takes so many new books through the plan, one after the other. Withdrawals, and market orders, stop after
 * `capMilliseconds` together; no further book is begun then.
 */
export function repeat(
  open: (plan: Plan) => Competitor,
  plan: Plan,
  books: number,
  capMilliseconds: number,
): Repetition {
  const clocks = {
    fill: new Stopwatch(Number.POSITIVE_INFINITY),
    add: new Stopwatch(Number.POSITIVE_INFINITY),
    withdraw: new Stopwatch(capMilliseconds),
    market: new Stopwatch(capMilliseconds),
  }
  const taken = { tonnes: 0, fills: 0 }
  for (let book = 0; book < books; book++) {
    const competitor = open(plan)
    clocks.fill.run(0, plan.size, competitor.place)
    replaceAtRandom(competitor, plan, clocks)
    buy(competitor, plan, clocks.market)
    taken.tonnes += competitor.taken.tonnes
    taken.fills += competitor.taken.fills
    if (clocks.withdraw.isOver || clocks.market.isOver) break
  }
  const phases = {
    fill: timeOf(clocks.fill),
    add: timeOf(clocks.add),
    withdraw: timeOf(clocks.withdraw),
    market: timeOf(clocks.market),
  }
  return { phases, ...taken }
}

/** Batches of adds and of withdrawals in turn, so that the book keeps its size. */
function replaceAtRandom(
  competitor: Competitor,
  { size, batches, batch }: Plan,
  { add, withdraw }: { readonly add: Stopwatch; readonly withdraw: Stopwatch },
): void {
  for (let at = 0; at < batches && !withdraw.isOver; at++) {
    add.run(size + at * batch, size + (at + 1) * batch, competitor.place)
    withdraw.run(at * batch, (at + 1) * batch, competitor.withdraw)
  }
}

/** Batches of market orders; what they took is replaced while the clock stands. */
function buy(competitor: Competitor, plan: Plan, market: Stopwatch): void {
  let placed = plan.size + plan.batches * plan.batch
  for (let at = 0; at < plan.batches && !market.isOver; at++) {
    market.run(at * plan.batch, (at + 1) * plan.batch, competitor.market)
    const upTo = plan.replacedUpTo[at] ?? placed
    competitor.place(placed, upTo)
    placed = upTo
  }
}

function timeOf(clock: Stopwatch): PhaseTime {
  return { nanosecondsEach: clock.each, operations: clock.operations }
}
