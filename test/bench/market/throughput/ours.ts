/** Orders through the production host, on the production Store. */
import { type Lease, startHost } from '@offset-button/engine-host'
import { systemClock } from '@offset-button/engine-host/clock-system'
import { commitConnection } from '../../../../api/market/commit-connection.ts'
import { DEFAULT_FEES } from '../../../../api/market/fees.ts'
import { marketStore } from '../../../../api/market/market.store.ts'
import type { MarketWrite } from '../../../../api/market/market.write.ts'
import { queryOf, reserving } from '../../../../api/order/order.reserve.ts'
import { MARKET } from '../workload/hot-market.ts'
import { type Ask, makeAsks, requestOf } from '../workload/orders.ts'
import type { Competitor } from './competitor.ts'

const HOLD_MS = 120_000
const ANSWER_WITHIN_MS = 10_000

/** One node, so the lease is granted to whoever asks: it is not on the way of an order. */
export const LONE_LEASE: Lease = {
  ttlMs: 60_000,
  acquire: async () => 1,
  seize: async () => 1,
  renew: async () => 1,
  release: async () => undefined,
  holder: async () => null,
}

export async function ours(url: string, seed: number): Promise<Competitor> {
  const connection = commitConnection(url, ANSWER_WITHIN_MS)
  const store = marketStore(connection)
  let batches = 0
  const host = startHost<MarketWrite>({
    market: MARKET,
    holder: 'bench',
    lease: LONE_LEASE,
    store: {
      ...store,
      commitBatch: (batch) => {
        batches++
        return store.commitBatch(batch)
      },
    },
    clock: systemClock,
  })
  await host.ready()
  const next = makeAsks(seed, 'ours')
  let fills = 0
  return {
    async order() {
      const result = await host.submit(submissionOf(next()))
      if (result.kind !== 'committed') throw new Error(`an order is ${JSON.stringify(result)}`)
      const [event] = result.events
      if (event?.kind === 'Reserved') fills += event.fills.length
    },
    counts: () => ({ fills, batches }),
    async close() {
      await host.stop()
      await connection.close()
    },
  }
}

export function submissionOf(ask: Ask) {
  const { named, filter } = asked(ask.projects)
  const request = { ...requestOf(ask), ...named }
  return reserving({
    id: ask.id,
    publishableKey: 1,
    idempotencyKey: ask.id,
    requestHash: REQUEST_HASH,
    request,
    query: queryOf(request, filter, DEFAULT_FEES),
    fees: DEFAULT_FEES,
    now: Date.now(),
    holdMs: HOLD_MS,
  })
}

const ANYTHING = { named: {}, filter: {} }
const filters = new Map<readonly number[], typeof ANYTHING>()

/** A filter as a page names it and as the book does, made once: that is its buyer's work, not the host's. */
function asked(projects: Ask['projects']): typeof ANYTHING {
  if (!projects) return ANYTHING
  let made = filters.get(projects)
  if (!made) {
    made = {
      named: { filter: { project: projects.map(String) } },
      filter: { project: [...projects] },
    }
    filters.set(projects, made)
  }
  return made
}

const REQUEST_HASH = '5e'.repeat(32)
