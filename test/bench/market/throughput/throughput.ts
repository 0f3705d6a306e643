/** Durable orders a second on one hot market: ours, what one writes without a book in memory, and the commits alone. */
import { join } from 'node:path'
import { freshDatabase } from '../../../support/postgres.ts'
import { count, digits, spread } from '../../support/numbers.ts'
import { type Summary, summarise } from '../../support/statistics.ts'
import { type Column, renderTable } from '../../support/table.ts'
import { askOnce } from '../../support/worker.ts'
import { IN_FLIGHT, type Settings } from '../settings.ts'
import { hotMarket } from '../workload/hot-market.ts'
import { type CompetitorName, TITLES } from './competitor.ts'
import type { ThroughputAnswer, ThroughputRequest } from './throughput.worker.ts'

export interface Throughput {
  readonly competitor: CompetitorName
  readonly inFlight: number
  readonly offers: number
  readonly ordersASecond: Summary
  /** Milliseconds. Of the bare commits: of one commit, whatever is in it. */
  readonly p50: Summary
  readonly p99: Summary
  /** Orders in one commit. */
  readonly batchSize: number
  readonly fillsAnOrder: number
}

const WORKER = join(import.meta.dirname, 'throughput.worker.ts')

export async function measureThroughput(settings: Settings): Promise<readonly Throughput[]> {
  const { offers, warmUpSeconds, seconds, mostOrders } = settings
  const template = await hotMarket(offers)
  const answers = new Map<string, ThroughputAnswer[]>()
  const measure = async (
    competitor: CompetitorName,
    inFlight: number,
    seed: number,
    batchSize = 1,
  ): Promise<ThroughputAnswer> => {
    const database = await freshDatabase({ template })
    try {
      const { url } = database
      const limits = { warmUpSeconds, seconds, mostOrders }
      const request = { competitor, url, seed, inFlight, ...limits, batchSize }
      const answer = await askOnce<ThroughputRequest, ThroughputAnswer>(WORKER, request)
      const key = `${competitor} ${inFlight}`
      answers.set(key, [...(answers.get(key) ?? []), answer])
      return answer
    } finally {
      await database.close()
    }
  }
  for (let seed = 1; seed <= settings.repetitions; seed++) {
    for (const inFlight of IN_FLIGHT) {
      const { batchSize } = await measure('ours', inFlight, seed)
      // The same orders in a commit as ours had, in whole ones.
      await measure('commit', inFlight, seed, Math.max(1, Math.round(batchSize)))
      await measure('for update', inFlight, seed)
    }
  }
  return (['ours', 'for update', 'commit'] as const).flatMap((competitor) =>
    IN_FLIGHT.map((inFlight) => {
      const all = answers.get(`${competitor} ${inFlight}`) ?? []
      const of = (value: (answer: ThroughputAnswer) => number) => summarise(all.map(value))
      return {
        competitor,
        inFlight,
        offers,
        ordersASecond: of((answer) => answer.ordersASecond),
        p50: of((answer) => answer.p50),
        p99: of((answer) => answer.p99),
        batchSize: of((answer) => answer.batchSize).median,
        fillsAnOrder: of((answer) => answer.fillsAnOrder).median,
      }
    }),
  )
}

const COLUMNS: readonly Column<Throughput>[] = [
  { title: '', left: true, text: ({ competitor }) => TITLES[competitor] },
  { title: 'in flight', text: ({ inFlight }) => count(inFlight) },
  { title: 'orders/s', text: ({ ordersASecond }) => digits(ordersASecond.median) },
  { title: 'spread', text: ({ ordersASecond }) => spread(ordersASecond) },
  { title: 'p50 ms', text: ({ p50 }) => digits(p50.median) },
  { title: 'p99 ms', text: ({ p99 }) => digits(p99.median) },
  { title: 'orders a commit', text: ({ batchSize }) => digits(batchSize) },
  {
    title: 'fills an order',
    text: ({ fillsAnOrder }) => (Number.isNaN(fillsAnOrder) ? '–' : digits(fillsAnOrder)),
  },
]

export function renderThroughput(rows: readonly Throughput[]): string {
  return renderTable(COLUMNS, rows)
}
