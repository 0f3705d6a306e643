/** What the benchmarks of all areas share: cases that may be chosen, tables, goals, a file of results. */
import { type Goal, isMet, renderGoals } from './goal.ts'
import { circumstances, unrest, writeResults } from './results.ts'

/** Something that is measured as rows of one table. */
export interface Case<Settings, Row> {
  readonly title: string
  readonly measure: (settings: Settings) => Promise<readonly Row[]>
  readonly render: (rows: readonly Row[]) => string
}

/** Measures a case and prints its table; no rows where only other cases were asked for. */
export type RunCase<Name extends string, Settings> = <Row>(
  name: Name,
  one: Case<Settings, Row>,
) => Promise<readonly Row[]>

/** One area of the benchmarks, as `benchArea` takes it. */
export interface AreaOptions<Name extends string, Settings, Measured extends object> {
  /** Names the file of results. */
  readonly area: string
  readonly isQuick: boolean
  /** The cases to be measured; all of them where there is none. */
  readonly words: readonly string[]
  readonly settings: Settings
  readonly measure: (run: RunCase<Name, Settings>) => Promise<Measured>
  /** The goals that what was measured can be held to. */
  readonly judge: (measured: Measured) => readonly Goal[]
}

/**
 * Measures, prints tables and goals, and writes the results unless only some cases were asked for. A quick run is written
 * beside the other, and its goals are only an impression.
 */
export async function benchArea<Name extends string, Settings, Measured extends object>({
  area,
  isQuick,
  words,
  settings,
  measure,
  judge,
}: AreaOptions<Name, Settings, Measured>): Promise<void> {
  const began = performance.now()
  const where = circumstances(new Date())
  const warning = unrest(where)
  if (warning) console.log(warning)
  const measured = await measure((name, one) =>
    words.length === 0 || words.includes(name) ? show(one, settings) : Promise.resolve([]),
  )
  const goals = judge(measured)
  if (goals.length > 0) {
    console.log(`\nGoals${isQuick ? ', at a tenth of their size' : ''}\n`)
    console.log(renderGoals(goals))
  }
  if (words.length > 0) return
  const file = writeResults(isQuick ? `${area}.quick` : area, {
    ...where,
    seconds: secondsSince(began),
    goals: goals.map((goal) => ({ ...goal, isMet: isMet(goal) })),
    ...measured,
  })
  console.log(`\nWritten to ${file}`)
}

async function show<Settings, Row>(
  { title, measure, render }: Case<Settings, Row>,
  settings: Settings,
): Promise<readonly Row[]> {
  const began = performance.now()
  const rows = await measure(settings)
  console.log(`\n${title} (${secondsSince(began)} s)\n\n${render(rows)}`)
  return rows
}

function secondsSince(began: number): number {
  return Math.round((performance.now() - began) / 1000)
}
