import type { Batch, BookStore, MarketHost } from '@offset-button/engine-host'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** What a node tells of itself; names begin with `offset_button_`, times are seconds. */
export type Metrics = {
  /** In Prometheus' text format. */
  text(): Promise<string>
  readonly contentType: string
  /** The same store, with each commit measured. */
  measured<Write>(store: BookStore<Write>): BookStore<Write>
  /** Counts what the host logs. */
  event(name: string): void
  /** Shows a host's state from now on. */
  watch(host: Pick<MarketHost<never>, 'state' | 'epoch' | 'batchSeq'>): void
}

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
  }
}
