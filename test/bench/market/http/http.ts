/** Requests through HTTP, to whole nodes with their payment service and registry, beside Koa alone. All share this machine. */
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { openMarket, orderBody } from '../../../support/market.ts'
import { PAGE_KEY, type Stack, startStack } from '../../../support/stack.ts'
import { count, digits, spread } from '../../support/numbers.ts'
import { type Summary, summarise } from '../../support/statistics.ts'
import { type Column, renderTable } from '../../support/table.ts'
import { startWorker } from '../../support/worker.ts'
import type { Settings } from '../settings.ts'
import { type Flow, flow } from '../workload/in-flight.ts'
import { Client } from './client.ts'

const WHO = ['bare Koa', 'quotes, one node', 'orders, one node', 'orders, three nodes'] as const

export interface HttpFlow {
  readonly who: (typeof WHO)[number]
  readonly inFlight: number
  readonly requestsASecond: Summary
  /** Milliseconds. */
  readonly p50: Summary
  readonly p99: Summary
}

const IN_FLIGHT = 64
const OFFERS = 40
const TONNES = 3

export async function measureHttp(settings: Settings): Promise<readonly HttpFlow[]> {
  const flows = new Map<HttpFlow['who'], Flow[]>()
  const note = (who: HttpFlow['who'], measured: Flow) =>
    flows.set(who, [...(flows.get(who) ?? []), measured])
  for (let at = 0; at < settings.repetitions; at++) {
    const koa = startWorker<object, string>(join(import.meta.dirname, 'bare-koa.worker.ts'))
    note('bare Koa', await measure(settings, [await koa.ask({})], '/', order))
    await koa.stop()
    // Each on a market of its own, as unpaid orders are looked at from time to time.
    await onStack(async (stack) => {
      note('quotes, one node', await measure(settings, [stack.url], '/v1/quotes', quote))
      note('orders, one node', await measure(settings, [stack.url], '/v1/orders', order))
    })
    await onStack(async (stack) => {
      const others = [await stack.startSecondApi(), await stack.startSecondApi()]
      const urls = [stack.url, ...others.map(({ url }) => url)]
      note('orders, three nodes', await measure(settings, urls, '/v1/orders', order))
    })
  }
  return WHO.map((who) => {
    const all = flows.get(who) ?? []
    return {
      who,
      inFlight: IN_FLIGHT,
      requestsASecond: summarise(all.map(({ ordersASecond }) => ordersASecond)),
      p50: summarise(all.map(({ p50 }) => p50)),
      p99: summarise(all.map(({ p99 }) => p99)),
    }
  })
}

async function onStack(act: (stack: Stack) => Promise<void>): Promise<void> {
  const stack = await startStack({ api: { LOG_LEVEL: 'error', LEASE_SECONDS: '3' } })
  try {
    await openMarket(
      stack,
      Array.from({ length: OFFERS }, (_, at) => ({
        seller: at % 4,
        quantity: 100_000,
        priceMinor: 300 + at,
        project: at % 4,
      })),
    )
    await act(stack)
  } finally {
    await stack.close()
  }
}

const quote = JSON.stringify({ quantity_tonnes: TONNES })
const order = JSON.stringify(orderBody(TONNES, 1_000_000))

async function measure(
  { warmUpSeconds, seconds, mostOrders }: Settings,
  urls: readonly string[],
  path: string,
  body: string,
): Promise<Flow> {
  const client = new Client(IN_FLIGHT)
  let asked = 0
  try {
    const options = { inFlight: IN_FLIGHT, warmUpSeconds, seconds, mostOrders }
    return await flow(options, () => {
      const url = urls[asked++ % urls.length] ?? ''
      const headers = { authorization: `Bearer ${PAGE_KEY}`, 'idempotency-key': randomUUID() }
      return client.post(`${url}${path}`, headers, body)
    })
  } finally {
    client.close()
  }
}

const COLUMNS: readonly Column<HttpFlow>[] = [
  { title: '', left: true, text: ({ who }) => who },
  { title: 'in flight', text: ({ inFlight }) => count(inFlight) },
  { title: 'requests/s', text: ({ requestsASecond }) => digits(requestsASecond.median) },
  { title: 'spread', text: ({ requestsASecond }) => spread(requestsASecond) },
  { title: 'p50 ms', text: ({ p50 }) => digits(p50.median) },
  { title: 'p99 ms', text: ({ p99 }) => digits(p99.median) },
]

export function renderHttp(rows: readonly HttpFlow[]): string {
  return renderTable(COLUMNS, rows)
}
