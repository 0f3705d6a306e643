/** The benchmark of the market: one writer, durable orders. */
import { isMet, renderGoals } from '../support/goal.ts'
import { circumstances, unrest, writeResults } from '../support/results.ts'
import { judgeGoals, type Measurements } from './goals.ts'
import { measureHttp, renderHttp } from './http/http.ts'
import { measureRebuild, renderRebuild } from './rebuild/rebuild.ts'
import { FULL, QUICK, type Settings } from './settings.ts'
import { measureTakeover, renderTakeover } from './takeover/takeover.ts'
import { measureThroughput, renderThroughput } from './throughput/throughput.ts'

interface Case<Row> {
  readonly title: string
  readonly measure: (settings: Settings) => Promise<readonly Row[]>
  readonly render: (rows: readonly Row[]) => string
}

const CASES = {
  throughput: {
    title: 'Durable orders on one hot market',
    measure: measureThroughput,
    render: renderThroughput,
  },
  http: { title: 'Through HTTP', measure: measureHttp, render: renderHttp },
  rebuild: { title: 'A book made anew', measure: measureRebuild, render: renderRebuild },
  takeover: { title: 'The holder killed', measure: measureTakeover, render: renderTakeover },
}

/** The words after `market` that choose what is measured; all of it where there is none. */
export const MARKET_CASES: readonly string[] = Object.keys(CASES)

/**
 * Measures, prints tables and goals, and writes the results unless only some cases were asked for. A quick run is written
 * beside the other, and its goals are only an impression.
 */
export async function benchMarket(isQuick: boolean, words: readonly string[]): Promise<void> {
  const began = performance.now()
  const where = circumstances(new Date())
  const warning = unrest(where)
  if (warning) console.log(warning)
  const settings = isQuick ? QUICK : FULL
  const run = <Row>(name: keyof typeof CASES, one: Case<Row>): Promise<readonly Row[]> =>
    words.length === 0 || words.includes(name) ? show(one, settings) : Promise.resolve([])
  const measured: Measurements = {
    throughputs: await run('throughput', CASES.throughput),
    http: await run('http', CASES.http),
    rebuilds: await run('rebuild', CASES.rebuild),
    takeovers: await run('takeover', CASES.takeover),
  }
  const goals = judgeGoals(measured)
  if (goals.length > 0) console.log(`\nGoals${isQuick ? ', at a tenth of their size' : ''}\n`)
  if (goals.length > 0) console.log(renderGoals(goals))
  if (words.length > 0) return
  const file = writeResults(isQuick ? 'market.quick' : 'market', {
    ...where,
    seconds: Math.round((performance.now() - began) / 1000),
    goals: goals.map((goal) => ({ ...goal, isMet: isMet(goal) })),
    ...measured,
  })
  console.log(`\nWritten to ${file}`)
}

async function show<Row>(
  { title, measure, render }: Case<Row>,
  settings: Settings,
): Promise<readonly Row[]> {
  const began = performance.now()
  const rows = await measure(settings)
  const seconds = ((performance.now() - began) / 1000).toFixed(0)
  console.log(`\n${title} (${seconds} s)\n\n${render(rows)}`)
  return rows
}
