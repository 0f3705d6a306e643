import pg from 'pg'
import { connectPool } from '../database/database.ts'
import { type CopiedRow, RowCopy } from './row-copy.ts'

/** The host's own connection: one backend, known to the market row by its process. */
export type CommitConnection = {
  query<Row extends pg.QueryResultRow>(
    text: string,
    values: readonly unknown[],
  ): Promise<pg.QueryResult<Row>>
  /**
   * Sends `COPY … TO STDOUT` and looks at its rows while they come. Each of them has to come in time; all of them, within two
   * minutes.
   */
  copy(text: string, onRow: (row: CopiedRow) => void): Promise<void>
  close(): Promise<void>
}

/** Far more rows than a market has; a statement of any other kind has to be much faster. */
const COPY_TIME_LIMIT = '120s'
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

  /** Gives up, and the connection too, once `heard` has been false for as long as an answer may take. */
  const answered = async <Answer>(
    ask: (connected: pg.PoolClient) => Promise<Answer>,
    heard: () => boolean,
  ): Promise<Answer> => {
    const connected = await open()
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_resolve, reject) => {
      timer = setInterval(() => {
        if (!heard()) reject(new Error('Postgres did not answer in time'))
      }, answerTimeoutMs)
    })
    try {
      return await Promise.race([ask(connected), late])
    } catch (error) {
      // A refusal by the database is a definite answer on a healthy connection; anything else is not.
      if (!(error instanceof pg.DatabaseError)) drop(connected)
      throw error
    } finally {
      clearInterval(timer)
    }
  }

  return {
    query: (text, values) =>
      answered(
        (connected) => connected.query(text, [...values]),
        () => false,
      ),
    copy(text, onRow) {
      let rows = 0
      let rowsBefore = 0
      const copy = new RowCopy(text, (row) => {
        rows++
        onRow(row)
      })
      return answered(
        async (connected) => {
          await connected.query(`SET statement_timeout = '${COPY_TIME_LIMIT}'`)
          try {
            await connected.query(copy).ended
          } finally {
            await connected.query('RESET statement_timeout')
          }
        },
        () => {
          const more = rows > rowsBefore
          rowsBefore = rows
          return more
        },
      )
    },
    async close() {
      if (current) drop(current)
      await pool.end()
    },
  }
}
