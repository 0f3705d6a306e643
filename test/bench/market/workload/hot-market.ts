/** A market on a Postgres of its own, filled by statements: as many offers as are wanted, at random prices. */
import pg from 'pg'
import { connectPool, openDatabase } from '../../../../api/database/database.ts'
import { migrate } from '../../../../api/database/migrate.ts'
import { templateDatabase } from '../../../support/postgres.ts'

export const MARKET = 'usd'
export const PROJECTS = 200
const SELLERS = 100
/** Prices are 2.00 and more, a cent apart. */
const PRICES = 1000
/** Of an offer, at most. */
const MOST_TONNES = 100

/** The name of a template with a market of so many offers; its page's key has number 1. */
export function hotMarket(offers: number): Promise<string> {
  return templateDatabase(`hot_market_${offers}`, async (url) => {
    const db = openDatabase(connectPool(url, 'offset-button bench', 1))
    await migrate(db)
    await db.destroy()
    const client = new pg.Client(url)
    await client.connect()
    try {
      await client.query(
        "INSERT INTO publishable_key (key, name, origins) VALUES ('pk_1', 'A', '{}')",
      )
      await fillMarket(client, offers)
    } finally {
      await client.end()
    }
  })
}

/** Puts sellers, projects and offers into a market, and leaves Postgres with nothing to tidy up after it. */
export async function fillMarket(client: pg.Client, offers: number): Promise<void> {
  const place = 'SELECT n AS place FROM generate_series(1, $1::int) n'
  await client.query('SELECT setseed(0.42)')
  await client.query(
    `INSERT INTO project (reference, title, host, technology, scope, scope_derived, source)
      SELECT 'B' || place, 'Project ' || place, 'IN', 'hydro', 1, true, 'bench' FROM (${place}) p`,
    [PROJECTS],
  )
  await client.query(
    `INSERT INTO seller (slug, name, api_key_hash, demo)
      SELECT 'bench-' || place, 'Seller ' || place, decode(md5(place::text), 'hex'), true FROM (${place}) p`,
    [SELLERS],
  )
  await client.query(
    `INSERT INTO holding_account (seller, registry, number)
      SELECT id, 'cdm', 'CDM-100-' || 9000 + id || '-0-1' FROM seller WHERE slug LIKE 'bench-%'`,
  )
  await client.query(
    `INSERT INTO earmark (reference, seller, holding_account, request_hash, state)
      SELECT 'bench ' || place, h.seller, h.id, '', 'sent' FROM (${place}) p
      JOIN (SELECT *, row_number() OVER (ORDER BY id) - 1 AS at FROM holding_account WHERE number LIKE 'CDM-100-9%') h
        ON h.at = p.place % ${SELLERS}`,
    [offers],
  )
  await client.query(
    `INSERT INTO offer (id, market, seller, holding_account, project, earmark, kind, vintage, unit_type,
        original_commitment_period, applicable_commitment_period, price_minor, sequence, earmarked, quantity,
        placed_batch, placed_position)
      SELECT m.next_offer - 1 + p.place, m.id, e.seller, e.holding_account, r.id, e.reference, r.kind,
        2014, 5, 2, 2, 200 + floor(random() * ${PRICES}), m.next_sequence - 1 + p.place, q.tonnes, q.tonnes, 0, p.place
      FROM (${place}) p
      JOIN market m ON m.id = '${MARKET}'
      JOIN earmark e ON e.reference = 'bench ' || p.place
      JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS at, kind_of(jsonb_build_object('project', id, 'host', 1,
          'scope', 1, 'technology', 1, 'methodology', 0, 'vintage', 2014, 'unitType', 5)) AS kind
        FROM project WHERE source = 'bench') r
        ON r.at = (p.place * 7919::bigint) % ${PROJECTS}
      CROSS JOIN LATERAL (SELECT 1 + floor(random() * ${MOST_TONNES} + p.place * 0) AS tonnes) q`,
    [offers],
  )
  await client.query(
    `UPDATE market SET next_offer = next_offer + $1, next_sequence = next_sequence + $1`,
    [offers],
  )
  // Of what is filled alone: a table that was analysed while it was empty would be read from end to end ever after.
  await client.query('VACUUM ANALYZE project, seller, holding_account, earmark, offer')
  await client.query('CHECKPOINT')
}
