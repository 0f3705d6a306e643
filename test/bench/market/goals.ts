/** What the market is held to, at the size that the goals are about. */
import type { Goal } from '../support/goal.ts'
import type { HttpFlow } from './http/http.ts'
import type { Rebuild } from './rebuild/rebuild.ts'
import type { Takeover } from './takeover/takeover.ts'
import type { Throughput } from './throughput/throughput.ts'

/** All that is measured. */
export interface Measurements {
  readonly throughputs: readonly Throughput[]
  readonly http: readonly HttpFlow[]
  readonly rebuilds: readonly Rebuild[]
  readonly takeovers: readonly Takeover[]
}

const MORE_THAN_FOR_UPDATE = 40
const MORE_THAN_BEST_FOR_UPDATE = 25
const LEAST_OF_BARE_COMMIT = 85
const LEAST_OF_BARE_KOA = 50
const MOST_P99_MS = 10
const LONGEST_REBUILD_S = 5
const LONGEST_TAKEOVER_S = 1

/** One goal for each thing that was measured; of several measurements the worst decides. */
export function judgeGoals({
  throughputs,
  http,
  rebuilds,
  takeovers,
}: Measurements): readonly Goal[] {
  return [
    ...ofThroughput(throughputs),
    ...ofHttp(http),
    ...rebuilds.map(
      ({ seconds, offers }): Goal => ({
        what: `rebuild of a book of ${offers.toLocaleString('en-GB')} offers`,
        measured: seconds.median,
        bound: LONGEST_REBUILD_S,
        unit: 's',
        better: 'less',
      }),
    ),
    ...takeovers.map(
      ({ p99, offers }): Goal => ({
        what: `holder killed until another has served an order, p99, ${offers.toLocaleString('en-GB')} offers`,
        measured: p99 / 1000,
        bound: LONGEST_TAKEOVER_S,
        unit: 's',
        better: 'less',
      }),
    ),
  ]
}

function ofThroughput(rows: readonly Throughput[]): readonly Goal[] {
  const find = (competitor: Throughput['competitor'], inFlight: number) =>
    rows.find((row) => row.competitor === competitor && row.inFlight === inFlight)
  const ours = find('ours', 256)
  if (!ours) return []
  const rate = (row: Throughput | undefined) => row?.ordersASecond.median ?? Number.NaN
  const locking = rows.filter(({ competitor }) => competitor === 'for update')
  const best = locking.toSorted((one, other) => rate(other) - rate(one))[0]
  const shares = [16, 64, 256].map((inFlight) => ({
    inFlight,
    share: (100 * rate(find('ours', inFlight))) / rate(find('commit', inFlight)),
  }))
  const [worst] = shares.toSorted((one, other) => one.share - other.share)
  return [
    {
      what: 'orders/s against FOR UPDATE, both at 16 in flight',
      measured: rate(find('ours', 16)) / rate(find('for update', 16)),
      bound: MORE_THAN_FOR_UPDATE,
      unit: '×',
      better: 'more',
    },
    {
      what: 'orders/s at 256 in flight against the best of FOR UPDATE',
      measured: rate(ours) / rate(best),
      bound: MORE_THAN_BEST_FOR_UPDATE,
      unit: '×',
      better: 'more',
      decidedBy: `FOR UPDATE at ${best?.inFlight ?? '–'} in flight`,
    },
    {
      what: 'orders/s against the bare commit call, from 16 in flight on',
      measured: worst?.share ?? Number.NaN,
      bound: LEAST_OF_BARE_COMMIT,
      unit: '%',
      better: 'more',
      decidedBy: `${worst?.inFlight ?? '–'} in flight`,
    },
    {
      what: 'p99 in the host at 64 in flight',
      measured: find('ours', 64)?.p99.median ?? Number.NaN,
      bound: MOST_P99_MS,
      unit: 'ms',
      better: 'less',
    },
  ]
}

function ofHttp(rows: readonly HttpFlow[]): readonly Goal[] {
  const rate = (who: HttpFlow['who']) =>
    rows.find((row) => row.who === who)?.requestsASecond.median ?? Number.NaN
  if (rows.length === 0) return []
  return [
    {
      what: 'orders through HTTP on one node against bare Koa',
      measured: (100 * rate('orders, one node')) / rate('bare Koa'),
      bound: LEAST_OF_BARE_KOA,
      unit: '%',
      better: 'more',
    },
  ]
}
