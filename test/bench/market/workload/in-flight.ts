import { quantile } from '../../support/statistics.ts'

/** What a closed loop came to. Times are milliseconds. */
export interface Flow {
  readonly orders: number
  readonly ordersASecond: number
  readonly p50: number
  readonly p99: number
}

export interface FlowOptions {
  /** How many wait for an answer at the same time; each asks again as soon as it has one. */
  readonly inFlight: number
  /** Nothing counts before so long, or before a quarter of the most orders have been answered. */
  readonly warmUpSeconds: number
  readonly seconds: number
  readonly mostOrders: number
}

/** Places orders one after another on so many lanes, until the time is over or there were enough. */
export async function flow(
  { inFlight, warmUpSeconds, seconds, mostOrders }: FlowOptions,
  order: () => Promise<void>,
): Promise<Flow> {
  let left = warmUpOrders(mostOrders)
  const isWarmAt = performance.now() + warmUpSeconds * 1000
  const warming = async () => {
    while (left-- > 0 && performance.now() < isWarmAt) await order()
  }
  await Promise.all(Array.from({ length: inFlight }, warming))
  const took: number[] = []
  const began = performance.now()
  const end = began + seconds * 1000
  let asked = 0
  const lane = async () => {
    while (asked < mostOrders) {
      const sent = performance.now()
      if (sent >= end) return
      asked++
      await order()
      took.push(performance.now() - sent)
    }
  }
  await Promise.all(Array.from({ length: inFlight }, lane))
  const ms = performance.now() - began
  const sorted = Float64Array.from(took).sort()
  return {
    orders: took.length,
    ordersASecond: (took.length / ms) * 1000,
    p50: quantile(sorted, 0.5),
    p99: quantile(sorted, 0.99),
  }
}

/** How many the warm-up has at most. */
export function warmUpOrders(mostOrders: number): number {
  return Math.floor(mostOrders / 4)
}
