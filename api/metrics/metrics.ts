import type { Batch, BookStore, MarketHost } from '@offset-button/engine-host'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { WaitingOrders } from '../order/order.waiting.ts'

/** What a node tells of itself; names begin with `offset_button_`, times are seconds. */
export type Metrics = {
  /** In Prometheus' text format. */
  text(): Promise<string>
  readonly contentType: string
  /** The same store, with each commit measured. */
  measured<Write>(store: BookStore<Write>): BookStore<Write>
  /** Counts what the host logs. */
  event(name: string): void
  /** Counts so many requests more that were answered alike. `route` is a pattern, never a path. */
  answered(
    request: { readonly method: string; readonly route: string; readonly status: number },
    more: number,
  ): void
  /** Shows a host's state from now on. */
  watch(host: Pick<MarketHost<never>, 'state' | 'epoch' | 'batchSeq'>): void
  /** Shows from now on how many orders wait; nothing where that is null, or cannot be read within a second. */
  watchOrders(read: () => Promise<WaitingOrders | null>): void
}

/** A node tells of itself also while Postgres is silent. */
const READ_WITHIN_MS = 1_000

/** Events of the host that somebody may want to be woken for; docs/operations.md says what to do. */
const COUNTED = new Set([
  'commit.unknown',
  'commit.fenced',
  'host.holding',
  'host.notRebuilt',
  'lease.acquire.unanswered',
  'lease.kept',
  'lease.lost',
  'lease.renew.unanswered',
  'market.taken',
  'store.silent',
])

export function createMetrics(): Metrics {
  const registry = new Registry()
  // Among them nodejs_eventloop_lag_seconds and its percentiles.
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  const events = new Counter({
    name: 'offset_button_host_events_total',
    help: 'What the host of the market went through, by event',
    labelNames: ['event'],
    registers,
  })
  for (const event of COUNTED) events.inc({ event }, 0)
  const commits = new Counter({
    name: 'offset_button_commits_total',
    help: 'Commits of batches by result: committed, fenced, or unknown',
    labelNames: ['result'],
    registers,
  })
  for (const result of ['committed', 'fenced', 'unknown']) commits.inc({ result }, 0)
  const seconds = new Histogram({
    name: 'offset_button_commit_seconds',
    help: 'From sending a batch until its answer',
    buckets: [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1, 5],
    registers,
  })
  const sizes = new Histogram({
    name: 'offset_button_batch_commands',
    help: 'Commands in a batch',
    buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256, 512],
    registers,
  })
  const requests = new Counter({
    name: 'offset_button_requests_total',
    help: 'Requests by method, pattern of the route, and status; the route is none where none was met',
    labelNames: ['method', 'route', 'status'],
    registers,
  })
  const commit = async <Write>(store: BookStore<Write>, batch: Batch<Write>) => {
    const stop = seconds.startTimer()
    sizes.observe(batch.journal.length)
    try {
      const result = await store.commitBatch(batch)
      commits.inc({ result: result.kind })
      return result
    } catch (error) {
      commits.inc({ result: 'unknown' })
      throw error
    } finally {
      stop()
    }
  }
  return {
    text: () => registry.metrics(),
    contentType: registry.contentType,
    measured: (store) => ({ ...store, commitBatch: (batch) => commit(store, batch) }),
    event: (name) => {
      if (COUNTED.has(name)) events.inc({ event: name })
    },
    answered: (request, more) => requests.inc(request, more),
    watch(host) {
      const gauge = (name: string, help: string, read: () => number) =>
        new Gauge({
          name,
          help,
          registers,
          collect() {
            this.set(read())
          },
        })
      gauge('offset_button_market_held', '1 where this node writes the market', () =>
        host.state() === 'holding' ? 1 : 0,
      )
      gauge('offset_button_epoch', 'The epoch that this node minted last', () => host.epoch())
      gauge('offset_button_batch_seq', 'The last batch that this node has seen committed', () =>
        host.batchSeq(),
      )
    },
    watchOrders(read) {
      new Gauge({
        name: 'offset_button_orders_waiting',
        help: 'Orders that do not go on by themselves, by what they wait for; on the holder',
        labelNames: ['for'],
        registers,
        async collect() {
          this.reset()
          const waiting = await soon(read)
          if (!waiting) return
          this.set({ for: 'answer' }, waiting.answer)
          this.set({ for: 'person' }, waiting.person)
        },
      })
    },
  }
}

/** Null where it fails or takes too long. */
async function soon<Value>(read: () => Promise<Value>): Promise<Value | null> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, READ_WITHIN_MS, null)
  })
  try {
    return await Promise.race([read(), late])
  } catch {
    return null
  } finally {
    clearTimeout(timer)
  }
}
