import { Pool } from 'pg'
import type { Grant, Lease } from './ports.ts'

/** `ttlMs`: how long a grant or a renewal lasts, in whole milliseconds. */
export type PostgresLeaseOptions = { readonly ttlMs: number } & (
  | {
      /** The caller's, to be closed by the caller; its time-outs apply. */
      readonly pool: Pool
    }
  | {
      /** For a connection of the lease's own. */
      readonly connectionString: string
      /** How long a command may take before it throws, in milliseconds; well below `ttlMs`. */
      readonly commandTimeoutMs: number
    }
)

/** $1 the market, $2 the holder, $3 milliseconds. Only the database's clock is asked: nodes may disagree about the time. */
const TAKE = `
  INSERT INTO lease (market, holder, expires_at)
  VALUES ($1, $2, clock_timestamp() + $3 * interval '1 millisecond')
  ON CONFLICT (market) DO UPDATE
    SET holder = excluded.holder, expires_at = clock_timestamp() + $3 * interval '1 millisecond',
      grants = lease.grants + 1
    WHERE lease.holder = excluded.holder OR lease.expires_at <= clock_timestamp()`
const ACQUIRE = `${TAKE} RETURNING grants`
const SEIZE = `${TAKE} OR lease.holder = $4 RETURNING grants`
const RENEW = `
  UPDATE lease SET expires_at = clock_timestamp() + $3 * interval '1 millisecond'
  WHERE market = $1 AND holder = $2 AND expires_at > clock_timestamp() RETURNING grants`
/** The row stays: it counts the grants. */
const RELEASE =
  'UPDATE lease SET expires_at = clock_timestamp() WHERE market = $1 AND holder = $2 AND grants = $3'
const HOLDER = 'SELECT holder FROM lease WHERE market = $1 AND expires_at > clock_timestamp()'

/**
 * A lease in Postgres, for an installation without Redis: a row a market in the table
 * `lease (market text PRIMARY KEY, holder text NOT NULL, expires_at timestamptz NOT NULL, grants integer NOT NULL DEFAULT 1)`,
 * which must be there. A call without an answer throws.
 */
export function postgresLease(options: PostgresLeaseOptions): Lease & { close(): Promise<void> } {
  const { ttlMs } = options
  const own = 'pool' in options ? null : ownPool(options.connectionString, options.commandTimeoutMs)
  const pool = 'pool' in options ? options.pool : (own as Pool)
  const ask = async (text: string, values: unknown[]): Promise<Grant | null> => {
    const { rows } = await pool.query<{ grants: Grant }>(text, values)
    return rows[0]?.grants ?? null
  }
  return {
    ttlMs,
    acquire: (market, holder) => ask(ACQUIRE, [market, holder, ttlMs]),
    seize: (market, from, holder) => ask(SEIZE, [market, holder, ttlMs, from]),
    renew: (market, holder) => ask(RENEW, [market, holder, ttlMs]),
    release: async (market, holder, grant) => {
      await pool.query(RELEASE, [market, holder, grant])
    },
    holder: async (market) => {
      const { rows } = await pool.query<{ holder: string }>(HOLDER, [market])
      return rows[0]?.holder ?? null
    },
    close: async () => own?.end(),
  }
}

function ownPool(connectionString: string, commandTimeoutMs: number): Pool {
  const pool = new Pool({
    connectionString,
    max: 1,
    application_name: 'lease',
    connectionTimeoutMillis: commandTimeoutMs,
    query_timeout: commandTimeoutMs,
    statement_timeout: commandTimeoutMs,
  })
  // Every query tells its own caller; between queries a lost connection is nobody's error.
  pool.on('error', () => {})
  return pool
}
