/** One competitor in a process of its own. The first request is preceded by a warm-up. */
import { answerWith } from '../../support/worker.ts'
import { makePlan, type Plan } from '../workload/plan.ts'
import type { Competitor, CompetitorName } from './competitor.ts'
import { openerOf } from './openers.ts'
import { repeat } from './repetition.ts'

/** One repetition: so many books, one after the other, each filled and then worked with. */
export interface CompareRequest {
  readonly competitor: CompetitorName
  readonly size: number
  readonly levels: number
  readonly books: number
  /** As `repeat` says. */
  readonly capMilliseconds: number
}

const WARM_UP = { size: 10_000, levels: 1000, calls: 100_000, capMilliseconds: 1500 }

let isWarm = false
let known: { readonly key: string; readonly plan: Plan } | undefined

answerWith(({ competitor, size, levels, books, capMilliseconds }: CompareRequest) => {
  const open = openerOf(competitor)
  if (!isWarm) warmUp(open)
  isWarm = true
  return repeat(open, planOf(size, levels), books, capMilliseconds)
})

function planOf(size: number, levels: number): Plan {
  const key = `${size} ${levels}`
  if (known?.key !== key) known = { key, plan: makePlan(size, levels) }
  return known.plan
}

/** Every operation so many times, on small books, or as often as the time allows. */
function warmUp(open: (plan: Plan) => Competitor): void {
  const plan = makePlan(WARM_UP.size, WARM_UP.levels)
  const until = performance.now() + WARM_UP.capMilliseconds
  for (let calls = 0; calls < WARM_UP.calls && performance.now() < until; ) {
    repeat(open, plan, 1, WARM_UP.capMilliseconds)
    calls += plan.batches * plan.batch
  }
}
