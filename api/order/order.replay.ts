import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { Explanation } from '@offset-button/engine'
import { sql } from 'kysely'
import type { Db } from '../database/database.ts'

/** A command's place in time. */
export type JournalPlace = {
  readonly market: string
  readonly batchSeq: number
  readonly position: number
}

const PAGE = 5_000

/** True where the journal has more than `most` commands before this place; counts no further. */
export async function isLongBefore(
  db: Db,
  { market, batchSeq, position }: JournalPlace,
  most: number,
): Promise<boolean> {
  const { rows } = await sql<{ before: number }>`
    SELECT count(*)::int AS before FROM (
      SELECT FROM journal
      WHERE market = ${market} AND (batch_seq, position) < (${batchSeq}, ${position})
      LIMIT ${most + 1}
    ) counted`.execute(db)
  return (rows[0]?.before ?? 0) > most
}

/**
 * Replays the journal up to the reserve at this place and explains it; undefined where there is no reserve. In a thread of
 * its own: the one writer may be in this process, and does not wait.
 */
export async function explainReserve(
  db: Db,
  place: JournalPlace,
): Promise<Explanation | undefined> {
  const worker = new Worker(new URL('./replay.worker.ts', import.meta.url))
  try {
    const answer = once(worker, 'message')
    // Its failure is met where it is awaited.
    answer.catch(() => undefined)
    for await (const page of commandsUpTo(db, place)) worker.postMessage(page)
    worker.postMessage(null)
    const [explanation] = (await answer) as [Explanation | undefined]
    return explanation
  } finally {
    await worker.terminate()
  }
}

/** Commands as JSON, from the first of the journal up to this place and with it, page by page. */
async function* commandsUpTo(
  db: Db,
  { market, batchSeq, position }: JournalPlace,
): AsyncGenerator<string[]> {
  let after = { batch_seq: -1, position: -1 }
  for (;;) {
    const { rows } = await sql<{ batch_seq: number; position: number; command: string }>`
      SELECT batch_seq, position, command::text AS command FROM journal
      WHERE market = ${market} AND (batch_seq, position) <= (${batchSeq}, ${position})
        AND (batch_seq, position) > (${after.batch_seq}, ${after.position})
      ORDER BY batch_seq, position LIMIT ${PAGE}`.execute(db)
    yield rows.map((row) => row.command)
    const last = rows.at(-1)
    if (!last || rows.length < PAGE) return
    after = last
  }
}
