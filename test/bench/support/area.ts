/** What the benchmarks of all areas share: cases that may be chosen, tables, goals, a file of results. */
import { type Goal, isMet, renderGoals } from './goal.ts'
import { circumstances, unrest, writeResults } from './results.ts'

/** Something that is measured as rows of one table. */
export interface Case<Settings, Row> {
  /** The word that chooses it. */
  readonly name: string
  readonly title: string
  readonly measure: (settings: Settings) => Promise<readonly Row[]>
  readonly render: (rows: readonly Row[]) => string
}

/** A case for each list of rows, in the order in which they are measured. */
export type Cases<Settings, Measured> = {
  readonly [Key in keyof Measured]: Measured[Key] extends readonly (infer Row)[]
    ? Case<Settings, Row>
    : never
}

/** One area of the benchmarks, as `benchArea` takes it. */
export interface AreaOptions<Settings, Measured extends object> {
  /** Names the file of results. */
  readonly area: string
  readonly isQuick: boolean
  /** The cases to be measured; all of them where there is none. */
  readonly words: readonly string[]
  readonly settings: Settings
  readonly cases: Cases<Settings, Measured>
  /** The goals that what was measured can be held to; a case that was not measured has no rows. */
  readonly judge: (measured: Measured) => readonly Goal[]
}

/** The words that choose cases. */
export function namesOf<Settings, Measured>(cases: Cases<Settings, Measured>): readonly string[] {
  return listOf(cases).map(([, one]) => one.name)
}

/**
 * Measures, prints tables and goals, and writes the results unless only some cases were asked for: after every case, so that
 * what is known is kept where a later one is cut short. A case that fails is told, and the next one measured. A quick run is
 * written beside the other, and its goals are only an impression.
 */
export async function benchArea<Settings, Measured extends object>({
  area,
  isQuick,
  words,
  settings,
  cases,
  judge,
}: AreaOptions<Settings, Measured>): Promise<void> {
  const began = performance.now()
  const where = circumstances(new Date())
  const warning = unrest(where)
  if (warning) console.log(warning)
  const all = listOf(cases)
  const measured: Record<string, readonly unknown[]> = {}
  for (const [key] of all) measured[key] = []
  const missing = new Set(namesOf(cases))
  const goals = () => judge(measured as Measured)
  const write = () =>
    writeResults(isQuick ? `${area}.quick` : area, {
      ...where,
      seconds: secondsSince(began),
      missing: [...missing],
      goals: goals().map((goal) => ({ ...goal, isMet: isMet(goal) })),
      ...measured,
    })
  for (const [key, one] of all) {
    if (words.length > 0 && !words.includes(one.name)) continue
    try {
      measured[key] = await show(one, settings)
      missing.delete(one.name)
    } catch (error) {
      console.error(`\n${one.title}: not measured.`, error)
      process.exitCode = 1
    }
    if (words.length === 0) write()
  }
  if (goals().length > 0) {
    console.log(`\nGoals${isQuick ? ', at a tenth of their size' : ''}\n`)
    console.log(renderGoals(goals()))
  }
  if (words.length === 0) console.log(`\nWritten to ${write()}`)
}

function listOf<Settings, Measured>(cases: Cases<Settings, Measured>) {
  return Object.entries(cases) as [string, Case<Settings, unknown>][]
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
