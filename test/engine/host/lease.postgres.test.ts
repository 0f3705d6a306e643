import { postgresLease } from '@offset-button/engine-host/lease-postgres'
import pg from 'pg'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { cleanUp } from '../../support/clean-up.ts'
import { freshDatabase } from '../../support/postgres.ts'
import { leaseRules } from './lease.conformance.ts'

const it = suite('a lease in Postgres')
const keep = cleanUp(it)
let url = ''

leaseRules(
  it,
  async () => {
    const database = keep(await freshDatabase())
    const client = new pg.Client(database.url)
    await client.connect()
    await client.query(
      'CREATE TABLE lease (market text PRIMARY KEY, holder text NOT NULL, expires_at timestamptz NOT NULL, grants integer NOT NULL DEFAULT 1)',
    )
    await client.end()
    url = database.url
    return url
  },
  (at, ttlMs) => postgresLease({ connectionString: at, ttlMs, commandTimeoutMs: 300 }),
)

it("closing a lease leaves its caller's pool open", async () => {
  const pool = keep(new pg.Pool({ connectionString: url }))
  const lease = postgresLease({ pool, ttlMs: 60_000 })
  assert.is(await lease.acquire('pooled', 'a'), 1)
  await lease.close()
  const { rows } = await pool.query('SELECT holder FROM lease WHERE market = $1', ['pooled'])
  assert.equal(rows, [{ holder: 'a' }])
})

it.run()
