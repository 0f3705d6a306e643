/** One competitor in a process of its own, on a database of its own. */
import { answerWith } from '../../support/worker.ts'
import { type Flow, flow, warmUpOrders } from '../workload/in-flight.ts'
import { bareCommit } from './bare-commit.ts'
import type { CompetitorName } from './competitor.ts'
import { forUpdate } from './for-update.ts'
import { ours } from './ours.ts'

export interface ThroughputRequest {
  readonly competitor: CompetitorName
  readonly url: string
  readonly seed: number
  readonly inFlight: number
  readonly warmUpSeconds: number
  readonly seconds: number
  readonly mostOrders: number
  /** Of the bare commits: orders in one. */
  readonly batchSize: number
}

export interface ThroughputAnswer extends Flow {
  readonly fillsAnOrder: number
  /** Orders in a commit. */
  readonly batchSize: number
}

answerWith(async (request: ThroughputRequest): Promise<ThroughputAnswer> => {
  return request.competitor === 'commit' ? commits(request) : orders(request)
})

async function orders(request: ThroughputRequest): Promise<ThroughputAnswer> {
  const { competitor, url, seed, inFlight, warmUpSeconds, seconds, mostOrders } = request
  const one = competitor === 'ours' ? await ours(url, seed) : await forUpdate(url, seed, inFlight)
  let asked = 0
  const order = () => {
    asked++
    return one.order()
  }
  const measured = await flow({ inFlight, warmUpSeconds, seconds, mostOrders }, order)
  const { fills, batches } = one.counts()
  await one.close()
  const batchSize = batches === 0 ? 1 : asked / batches
  return { ...measured, fillsAnOrder: fills / asked, batchSize }
}

async function commits(request: ThroughputRequest): Promise<ThroughputAnswer> {
  const { url, seed, warmUpSeconds, seconds, mostOrders, batchSize } = request
  const bare = await bareCommit(url, seed, mostOrders + warmUpOrders(mostOrders), batchSize)
  const most = Math.floor(mostOrders / batchSize)
  const options = { inFlight: 1, warmUpSeconds, seconds, mostOrders: most }
  const measured = await flow(options, async () => {
    await bare.commit()
  })
  await bare.close()
  return {
    ...measured,
    orders: measured.orders * batchSize,
    ordersASecond: measured.ordersASecond * batchSize,
    fillsAnOrder: Number.NaN,
    batchSize,
  }
}
