import type { BookStore, CommitResult } from '@offset-button/engine-host'
import { batchColumns } from './batch-columns.ts'
import type { CommitConnection } from './commit-connection.ts'
import { readBook } from './market.book.ts'
import type { MarketWrite } from './market.write.ts'

/** The host's part of the Store, on Postgres. Every call is one statement on the host's own connection. */
export function marketStore(connection: CommitConnection): BookStore<MarketWrite> {
  return {
    async mintEpoch(market, holder) {
      await connection.query(END_HOLDER, [market])
      const { rows } = await connection.query<{ epoch: number }>(MINT_EPOCH, [market, holder])
      const row = rows[0]
      if (!row) throw new Error(`no market ${market}`)
      return row.epoch
    },
    async readHolder(market) {
      const { rows } = await connection.query<{ holder: string | null; epoch: number }>(
        READ_HOLDER,
        [market],
      )
      const row = rows[0]
      if (!row) throw new Error(`no market ${market}`)
      return row
    },
    readBook: (market) => readBook(connection, market),
    async commitBatch(batch): Promise<CommitResult> {
      const { rows } = await connection.query<{ batch_seq: number | null }>(COMMIT_BATCH, [
        ...batchColumns(batch),
      ])
      const batchSeq = rows[0]?.batch_seq
      if (batchSeq === undefined) throw new Error('commit_batch gave no row')
      return batchSeq === null ? { kind: 'fenced' } : { kind: 'committed', batchSeq }
    },
  }
}

// The backend of the holder before is ended where process, start and name all match: it may be paused in mid-call. Before
// the mint, which would wait for the row that such a call has locked. Whoever it is that mints in between is fenced.
const END_HOLDER = `
  SELECT pg_terminate_backend(a.pid)
  FROM market m JOIN pg_stat_activity a
    ON a.pid = m.holder_pid AND a.backend_start = m.holder_backend_start
  WHERE m.id = $1 AND a.application_name = current_setting('application_name')
    AND a.pid <> pg_backend_pid()`

const MINT_EPOCH = `
  UPDATE market SET epoch = epoch + 1, holder = $2, holder_pid = pg_backend_pid(),
    holder_backend_start =
      (SELECT backend_start FROM pg_stat_activity WHERE pid = pg_backend_pid())
  WHERE id = $1
  RETURNING epoch`

const READ_HOLDER = 'SELECT holder, epoch FROM market WHERE id = $1'

/** As many as `batchColumns` gives. */
const PARAMETERS = Array.from({ length: 44 }, (_, index) => `$${index + 1}`)
const COMMIT_BATCH = `SELECT commit_batch(${PARAMETERS.join()}) AS batch_seq`
