/**
 * What one writes without a book in memory: a transaction an order, that locks the best offers, takes from them, and stores
 * the order with its leg and its fills in the same tables. It has an index of just the offers it looks for, needs no journal, and as many
 * connections as orders are in flight, as far as Postgres has them.
 */
import pg from 'pg'
import { amountsOf, DEFAULT_FEES } from '../../../../api/market/fees.ts'
import { type Ask, makeAsks } from '../workload/orders.ts'
import type { Competitor } from './competitor.ts'

const MOST_CONNECTIONS = 80
/** Offers that are locked at first; four times as many where they do not suffice. */
const FIRST_LIMIT = 8

type OfferRow = {
  readonly id: string
  readonly holding_account: number
  readonly applicable_commitment_period: number
  readonly price_minor: string
  readonly available: string
}
type Taken = OfferRow & { readonly tonnes: number }

export async function forUpdate(url: string, seed: number, inFlight: number): Promise<Competitor> {
  const pool = new pg.Pool({
    connectionString: url,
    max: Math.min(inFlight, MOST_CONNECTIONS),
    idleTimeoutMillis: 0,
  })
  await pool.query(`
    CREATE SEQUENCE bench_number;
    CREATE SEQUENCE bench_reservation;
    CREATE INDEX bench_best ON offer (price_minor, sequence) WHERE quantity > reserved + sold + withdrawn`)
  const next = makeAsks(seed, 'locked')
  let fills = 0
  return {
    async order() {
      const ask = next()
      for (;;) {
        const taken = await attempt(pool, ask)
        fills += taken
        if (taken > 0) return
      }
    },
    counts: () => ({ fills, batches: 0 }),
    close: () => pool.end(),
  }
}

/** How many fills the order got; 0 where it is to be tried again, since others were in its way. */
async function attempt(pool: pg.Pool, ask: Ask): Promise<number> {
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    const taken = await takeBest(client, ask)
    await store(client, ask, taken)
    await client.query('COMMIT')
    return taken.length
  } catch (error) {
    await client.query('ROLLBACK')
    const { code } = error as { code?: string }
    if (code === DEADLOCK) return 0
    throw error
  } finally {
    client.release()
  }
}

const DEADLOCK = '40P01'

async function takeBest(client: pg.PoolClient, { tonnes, projects }: Ask): Promise<Taken[]> {
  for (let limit = FIRST_LIMIT; ; limit *= 4) {
    const { rows } = await client.query<OfferRow>(
      projects
        ? {
            name: 'best inside',
            text: bestOffers('AND project = ANY ($2::int[])'),
            values: [limit, projects],
          }
        : { name: 'best', text: bestOffers(''), values: [limit] },
    )
    const taken: Taken[] = []
    let lacking = tonnes
    for (const row of rows) {
      const some = Math.min(lacking, Number(row.available))
      if (some > 0) taken.push({ ...row, tonnes: some })
      lacking -= some
    }
    if (lacking === 0) return taken
    if (limit > 100_000) throw new Error('The market is sold out.')
  }
}

const bestOffers = (filter: string) => `
  SELECT id, holding_account, applicable_commitment_period, price_minor,
    quantity - reserved - sold - withdrawn AS available
  FROM offer
  WHERE quantity > reserved + sold + withdrawn AND NOT suspended AND NOT expired ${filter}
  ORDER BY price_minor, sequence LIMIT $1
  FOR UPDATE`

async function store(client: pg.PoolClient, ask: Ask, taken: readonly Taken[]): Promise<void> {
  const minor = taken.reduce((sum, one) => sum + Number(one.price_minor) * one.tonnes, 0)
  const amounts = amountsOf(BigInt(minor), DEFAULT_FEES)
  const legs = new Map<string, { number: number; account: number; period: number }>()
  const legOf = (one: Taken) => {
    const key = `${one.holding_account} ${one.applicable_commitment_period}`
    const leg = legs.get(key) ?? {
      number: legs.size + 1,
      account: one.holding_account,
      period: one.applicable_commitment_period,
    }
    legs.set(key, leg)
    return leg.number
  }
  const numbers = taken.map(legOf)
  const all = [...legs.values()]
  await client.query({
    name: 'take',
    text: `UPDATE offer SET reserved = reserved + t.tonnes
      FROM unnest($1::bigint[], $2::bigint[]) AS t(id, tonnes) WHERE offer.id = t.id`,
    values: [taken.map((one) => one.id), taken.map((one) => one.tonnes)],
  })
  await client.query({
    name: 'order',
    text: `INSERT INTO "order" (id, market, batch_seq, position, publishable_key, idempotency_key, request_hash, state,
        quantity, filter, max_total_minor, currency, projects_minor, platform_fee_minor, processing_fee_minor,
        total_minor, fees, beneficiary, consent_text, consent_language, hold_expires_at, created_at, wake_at)
      VALUES ($1, 'usd', nextval('bench_number'), 0, 1, $1, decode($2, 'hex'), 'reserved', $3, $4, 50000000, 'USD', $5, $6, $7,
        $8, $9, 'Riverkeepers Trust (demo)', 'I understand that this is permanent.', 'en', now() + interval '120 s', now(), now())`,
    values: [
      ask.id,
      '5e'.repeat(32),
      ask.tonnes,
      JSON.stringify(ask.projects ? { project: ask.projects } : {}),
      amounts.projectsMinor,
      amounts.platformFeeMinor,
      amounts.processingFeeMinor,
      amounts.totalMinor,
      JSON.stringify(DEFAULT_FEES),
    ],
  })
  await client.query({
    name: 'legs',
    text: `INSERT INTO leg ("order", number, holding_account, applicable_commitment_period, state)
      SELECT $1, l.number, l.account, l.period, 'waiting'
      FROM unnest($2::int[], $3::int[], $4::int[]) AS l(number, account, period)`,
    values: [
      ask.id,
      all.map((leg) => leg.number),
      all.map((leg) => leg.account),
      all.map((leg) => leg.period),
    ],
  })
  await client.query({
    name: 'reservations',
    text: `INSERT INTO reservation (id, offer, "order", leg, price_minor, quantity, state, expires_at)
      SELECT nextval('bench_reservation'), r.offer, $1, r.leg, r.price, r.tonnes, 'held', now() + interval '120 s'
      FROM unnest($2::bigint[], $3::int[], $4::bigint[], $5::bigint[]) AS r(offer, leg, price, tonnes)`,
    values: [
      ask.id,
      taken.map((one) => one.id),
      numbers,
      taken.map((one) => one.price_minor),
      taken.map((one) => one.tonnes),
    ],
  })
}
