import pg from 'pg'
import { connectPool } from '../database/database.ts'

/** The host's own connection: one backend, known to the market row by its process. */
export type CommitConnection = {
  query<Row extends pg.QueryResultRow>(
    text: string,
    values: readonly unknown[],
  ): Promise<pg.QueryResult<Row>>
  close(): Promise<void>
}

const APPLICATION_NAME = 'offset-button host'

/**
 * Opens on first use. A query without an answer in time closes the connection for good, because its outcome is
 * unknown; the next query opens a new one.
 */
export function commitConnection(url: string, answerTimeoutMs: number): CommitConnection {
  const pool = connectPool(url, APPLICATION_NAME, 1)
  let client: Promise<pg.PoolClient> | null = null
  let current: pg.PoolClient | null = null

  const open = () => {
    client ??= pool.connect().then((connected) => {
      connected.on('error', () => drop(connected))
      current = connected
      return connected
    })
    client.catch(() => {
      client = null
    })
    return client
  }
  const drop = (broken: pg.PoolClient) => {
    if (current !== broken) return
    current = null
    client = null
    broken.release(true)
  }

  return {
    async query(text, values) {
      const connected = await open()
      let timer: NodeJS.Timeout | undefined
      const late = new Promise<never>((_resolve, reject) => {
        timer = setTimeout(
          () => reject(new Error('Postgres did not answer in time')),
          answerTimeoutMs,
        )
      })
      try {
        return await Promise.race([connected.query(text, [...values]), late])
      } catch (error) {
        // A refusal by the database is a definite answer on a healthy connection; anything else is not.
        if (!(error instanceof pg.DatabaseError)) drop(connected)
        throw error
      } finally {
        clearTimeout(timer)
      }
    },
    async close() {
      if (current) drop(current)
      await pool.end()
    },
  }
}
