/** The node that holds the market is killed; how long until another has served an order? Whole nodes, as in production. */
import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { Child } from '@offset-button/demo-site/start/child-process'
import pg from 'pg'
import { openMarket, orderBody, request } from '../../../support/market.ts'
import { PAGE_KEY, startStack } from '../../../support/stack.ts'
import { count, digits } from '../../support/numbers.ts'
import { quantile } from '../../support/statistics.ts'
import { type Column, renderTable } from '../../support/table.ts'
import type { Settings } from '../settings.ts'
import { fillMarket } from '../workload/hot-market.ts'

export interface Takeover {
  readonly offers: number
  readonly kills: number
  /** Milliseconds. */
  readonly p50: number
  readonly p99: number
  readonly longest: number
}

type Node = { child: Child; url: string }

/** A node that has just begun has still to compile what it runs; the one that takes over has been up for a while. */
const SETTLE_MS = 1_500

export async function measureTakeover(settings: Settings): Promise<readonly Takeover[]> {
  const stack = await startStack({ api: { LOG_LEVEL: 'error', LEASE_SECONDS: '3' } })
  try {
    await openMarket(stack, [{ seller: 0, quantity: 100_000, priceMinor: 100 }])
    await stack.killApi()
    const client = new pg.Client(stack.databases.api.url)
    await client.connect()
    await fillMarket(client, settings.takenOver)
    await client.end()
    const nodes: Node[] = [await stack.startSecondApi(), await stack.startSecondApi()]
    const took: number[] = []
    const end = performance.now() + settings.killsSeconds * 1000
    while (took.length < settings.kills && performance.now() < end) {
      const { ms, prepared, restarted } = await killOnce(nodes, () => stack.startSecondApi())
      took.push(ms)
      console.error(
        `kill ${took.length} of ${settings.kills}: an order served after ${digits(ms)} ms (before it ${digits(prepared)} ms until both nodes had settled, after it ${digits(restarted)} ms until the killed one was back)`,
      )
    }
    const sorted = Float64Array.from(took).sort()
    return [
      {
        offers: settings.takenOver,
        kills: took.length,
        p50: quantile(sorted, 0.5),
        p99: quantile(sorted, 0.99),
        longest: quantile(sorted, 1),
      },
    ]
  } finally {
    await stack.close()
  }
}

/** Kills who holds the market, and puts a new node in its place. All in milliseconds. */
async function killOnce(nodes: Node[], start: () => Promise<Node>) {
  const began = performance.now()
  const holder = await holderOf(nodes)
  const other = nodes.find((node) => node !== holder)
  if (!other) throw new Error('Nobody is left.')
  await untilServed(other.url)
  await wait(SETTLE_MS)
  const killed = performance.now()
  holder.child.kill('SIGKILL')
  await untilServed(other.url)
  const served = performance.now()
  await holder.child.exited
  nodes[nodes.indexOf(holder)] = await start()
  return {
    ms: served - killed,
    prepared: killed - began,
    restarted: performance.now() - served,
  }
}

async function holderOf(nodes: readonly Node[]): Promise<Node> {
  for (let tries = 0; tries < 400; tries++) {
    for (const node of nodes) {
      const answer = await request<{ market: string }>(node.url, 'GET', '/healthz').catch(
        () => null,
      )
      if (answer?.body.market === 'holding') return node
    }
    await wait(25)
  }
  throw new Error('Nobody holds the market.')
}

/** One order, asked for until it is there, under one key. */
async function untilServed(url: string): Promise<void> {
  const key = randomUUID()
  for (let tries = 0; tries < 2_000; tries++) {
    const answer = await request(url, 'POST', '/v1/orders', {
      key: PAGE_KEY,
      body: orderBody(1, 1_000_000),
      headers: { 'idempotency-key': key },
    }).catch(() => null)
    if (answer && answer.status < 300) return
    await wait(5)
  }
  throw new Error('No order was served.')
}

const COLUMNS: readonly Column<Takeover>[] = [
  { title: 'offers', text: ({ offers }) => count(offers) },
  { title: 'kills', text: ({ kills }) => count(kills) },
  { title: 'p50 ms', text: ({ p50 }) => digits(p50) },
  { title: 'p99 ms', text: ({ p99 }) => digits(p99) },
  { title: 'longest ms', text: ({ longest }) => digits(longest) },
]

export function renderTakeover(rows: readonly Takeover[]): string {
  return renderTable(COLUMNS, rows)
}
