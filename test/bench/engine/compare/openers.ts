import type { Plan } from '../workload/plan.ts'
import type { Competitor, CompetitorName } from './competitor.ts'
import { openLeast } from './least.ts'
import { openNodejsOrderBook } from './nodejs-order-book.ts'
import { openOurs } from './ours.ts'
import { openTextbook } from './textbook.ts'

const OPENERS: Readonly<Record<CompetitorName, (plan: Plan) => Competitor>> = {
  ours: openOurs,
  textbook: openTextbook,
  'nodejs-order-book': openNodejsOrderBook,
  least: openLeast,
}

/** What opens an empty book of that kind for a plan. */
export function openerOf(name: CompetitorName): (plan: Plan) => Competitor {
  return OPENERS[name]
}
