/** A host that begins, in a process of its own. */
import { startHost } from '@offset-button/engine-host'
import { systemClock } from '@offset-button/engine-host/clock-system'
import { commitConnection } from '../../../../api/market/commit-connection.ts'
import { marketStore } from '../../../../api/market/market.store.ts'
import type { MarketWrite } from '../../../../api/market/market.write.ts'
import { answerWith } from '../../support/worker.ts'
import { LONE_LEASE } from '../throughput/ours.ts'
import { MARKET } from '../workload/hot-market.ts'

export interface RebuildRequest {
  readonly url: string
}
export interface RebuildAnswer {
  readonly milliseconds: number
  readonly readMilliseconds: number
}

const ANSWER_WITHIN_MS = 60_000

answerWith(async ({ url }: RebuildRequest): Promise<RebuildAnswer> => {
  const connection = commitConnection(url, ANSWER_WITHIN_MS)
  const store = marketStore(connection)
  let readMilliseconds = 0
  const began = performance.now()
  const host = startHost<MarketWrite>({
    market: MARKET,
    holder: 'bench',
    lease: LONE_LEASE,
    store: {
      ...store,
      readBook: async (market) => {
        const from = performance.now()
        const read = await store.readBook(market)
        readMilliseconds = performance.now() - from
        return read
      },
    },
    clock: systemClock,
  })
  await host.ready()
  const milliseconds = performance.now() - began
  await host.stop()
  await connection.close()
  return { milliseconds, readMilliseconds }
})
