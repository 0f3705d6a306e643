/** The benchmark of the market: one writer, durable orders. */
import { benchArea, type Cases, namesOf } from '../support/area.ts'
import { judgeGoals, type Measurements } from './goals.ts'
import { measureHttp, renderHttp } from './http/http.ts'
import { measureRebuild, renderRebuild } from './rebuild/rebuild.ts'
import { FULL, QUICK, type Settings } from './settings.ts'
import { measureTakeover, renderTakeover } from './takeover/takeover.ts'
import { measureThroughput, renderThroughput } from './throughput/throughput.ts'

const CASES: Cases<Settings, Measurements> = {
  throughputs: {
    name: 'throughput',
    title: 'Durable orders on one hot market',
    measure: measureThroughput,
    render: renderThroughput,
  },
  http: { name: 'http', title: 'Through HTTP', measure: measureHttp, render: renderHttp },
  rebuilds: {
    name: 'rebuild',
    title: 'A book made anew',
    measure: measureRebuild,
    render: renderRebuild,
  },
  takeovers: {
    name: 'takeover',
    title: 'The holder killed',
    measure: measureTakeover,
    render: renderTakeover,
  },
}

/** The words after `market` that choose what is measured; all of it where there is none. */
export const MARKET_CASES: readonly string[] = namesOf(CASES)

/** Measures, prints and writes all cases, or prints those that the words name: see `benchArea`. */
export async function benchMarket(isQuick: boolean, words: readonly string[]): Promise<void> {
  const settings = isQuick ? QUICK : FULL
  await benchArea({ area: 'market', isQuick, words, settings, cases: CASES, judge: judgeGoals })
}
