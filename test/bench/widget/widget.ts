/** The benchmark of the button, in a real browser against a whole stack on this machine. */
import { isMet, renderGoals } from '../support/goal.ts'
import { circumstances, unrest, writeResults } from '../support/results.ts'
import { measureClicks, renderClicks } from './click/click.ts'
import { judgeGoals } from './goals.ts'
import { FULL, QUICK } from './settings.ts'

/** The words after `widget` that choose what is measured. */
export const WIDGET_CASES: readonly string[] = ['click']

/** Measures, prints a table and goals, and writes the results; those of a quick run beside the others. */
export async function benchWidget(isQuick: boolean): Promise<void> {
  const began = performance.now()
  const where = circumstances(new Date())
  const warning = unrest(where)
  if (warning) console.log(warning)
  const { browser, clicks } = await measureClicks(isQuick ? QUICK : FULL)
  const goals = judgeGoals(clicks)
  const seconds = Math.round((performance.now() - began) / 1000)
  console.log(
    `\nFrom the click to the quote on the screen (${seconds} s)\n\n${renderClicks(clicks)}`,
  )
  console.log(`\nGoals\n\n${renderGoals(goals)}`)
  const file = writeResults(isQuick ? 'widget.quick' : 'widget', {
    ...where,
    browser,
    seconds,
    goals: goals.map((goal) => ({ ...goal, isMet: isMet(goal) })),
    clicks,
  })
  console.log(`\nWritten to ${file}`)
}
