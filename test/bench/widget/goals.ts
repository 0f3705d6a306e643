/** What the button is held to. */
import type { Goal } from '../support/goal.ts'
import type { Click } from './click/click.ts'

const LONGEST_CLICK_MS = 100

/** One goal for each way to the click. */
export function judgeGoals(clicks: readonly Click[]): readonly Goal[] {
  return clicks.map(
    ({ way, p95 }): Goal => ({
      what: `click to quote shown, p95, ${way}`,
      measured: p95,
      bound: LONGEST_CLICK_MS,
      unit: 'ms',
      better: 'less',
    }),
  )
}
