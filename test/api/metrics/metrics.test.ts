import type { Batch, BookStore, CommitResult } from '@offset-button/engine-host'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createMetrics } from '../../../api/metrics/metrics.ts'

const metrics = suite('metrics')

const BATCH: Batch<never> = {
  market: 'usd',
  epoch: 1,
  journal: [],
  offers: [],
  reservations: [],
  writes: [],
}

const storeThat = (commitBatch: () => Promise<CommitResult>): BookStore<never> => ({
  mintEpoch: async () => 1,
  readHolder: async () => ({ holder: null, epoch: 1 }),
  readBook: () => Promise.reject(new Error('nobody reads')),
  commitBatch,
})

metrics('a commit counts by what became of it, and its answer is not changed', async () => {
  const told = createMetrics()
  const committed = told.measured(storeThat(async () => ({ kind: 'committed', batchSeq: 7 })))
  assert.equal(await committed.commitBatch(BATCH), { kind: 'committed', batchSeq: 7 })
  const fenced = told.measured(storeThat(async () => ({ kind: 'fenced' })))
  assert.equal(await fenced.commitBatch(BATCH), { kind: 'fenced' })
  await fenced.commitBatch(BATCH)
  const lost = told.measured(storeThat(() => Promise.reject(new Error('no answer'))))
  for (let time = 0; time < 3; time++) {
    await lost.commitBatch(BATCH).then(
      () => assert.unreachable(),
      (error: Error) => assert.is(error.message, 'no answer'),
    )
  }
  const text = await told.text()
  for (const line of [
    'offset_button_commits_total{result="committed"} 1',
    'offset_button_commits_total{result="fenced"} 2',
    'offset_button_commits_total{result="unknown"} 3',
    'offset_button_commit_seconds_count 6',
    'offset_button_batch_commands_count 6',
  ]) {
    assert.ok(text.split('\n').includes(line), `${line} is not in:\n${text}`)
  }
})

metrics('orders that wait are told; nothing where they cannot be counted', async () => {
  const series = async (read: () => Promise<{ answer: number; person: number } | null>) => {
    const told = createMetrics()
    told.watchOrders(read)
    return (await told.text())
      .split('\n')
      .filter((line) => line.startsWith('offset_button_orders_waiting'))
  }
  assert.equal(await series(async () => ({ answer: 2, person: 1 })), [
    'offset_button_orders_waiting{for="answer"} 2',
    'offset_button_orders_waiting{for="person"} 1',
  ])
  assert.equal(await series(async () => null), [])
  assert.equal(await series(() => Promise.reject(new Error('Postgres is away'))), [])
  assert.equal(await series(() => new Promise(() => undefined)), [])
})

metrics.run()
