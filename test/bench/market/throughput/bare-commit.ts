/** The commits of our batches alone: what is in them was matched before the clock starts. */
import { createBook } from '@offset-button/engine'
import type { Batch } from '@offset-button/engine-host'
import { commitConnection } from '../../../../api/market/commit-connection.ts'
import { marketStore } from '../../../../api/market/market.store.ts'
import type { MarketWrite } from '../../../../api/market/market.write.ts'
import { buildBatch } from '../../../../engine/host/batch-builder.ts'
import { MARKET } from '../workload/hot-market.ts'
import { makeAsks } from '../workload/orders.ts'
import { submissionOf } from './ours.ts'

/** Batches of a size, ready to be committed one after another. `commit` answers false when none is left. */
export async function bareCommit(url: string, seed: number, orders: number, batchSize: number) {
  const connection = commitConnection(url, 10_000)
  const store = marketStore(connection)
  const epoch = await store.mintEpoch(MARKET, 'bench')
  const { book: state } = await store.readBook(MARKET)
  const book = createBook({}, state)
  const next = makeAsks(seed, 'commit')
  const batches: Batch<MarketWrite>[] = []
  for (let made = 0; made < orders; made += batchSize) {
    const submissions = Array.from({ length: batchSize }, () => ({
      submission: submissionOf(next()),
      answer: () => undefined,
      fail: (error: unknown) => {
        throw error
      },
    }))
    batches.push({ market: MARKET, epoch, ...buildBatch(book, submissions).contents })
  }
  let at = 0
  return {
    async commit(): Promise<boolean> {
      const batch = batches[at++]
      if (!batch) return false
      const { kind } = await store.commitBatch(batch)
      if (kind !== 'committed') throw new Error(`a batch is ${kind}`)
      return true
    },
    close: () => connection.close(),
  }
}
