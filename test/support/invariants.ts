/**
 * Invariants 1 to 9 of a market at rest, in SQL over our own rows and against the books of the other side: a registry's
 * and a payment service's. Invariant 6, what was acknowledged, is for those who asked; 10 is not one of rows.
 */

import type pg from 'pg'
import type { paymentBooks } from './market.ts'
import { replay } from './replay.ts'
import type { Stack } from './stack.ts'

export type RegistryBooks = Pick<
  Awaited<ReturnType<Stack['registry']['books']>>,
  'transactions' | 'cancelled'
>

export type PaymentBooks = Awaited<ReturnType<typeof paymentBooks>>

export type Violation = {
  /** Its number among the invariants. */
  readonly invariant: number
  /** A short sentence, and the rows that break it. */
  readonly rule: string
  readonly rows: readonly object[]
}

/**
 * Looks at everything, changes nothing. Orders that have not ended are looked at too: an open one breaks 9 only when a hold
 * of its is more than `graceMs` late (default 60 s); with `isOver` every order must have ended.
 */
export async function checkInvariants(
  client: Pick<pg.Client, 'query'>,
  registryBooks: RegistryBooks,
  books: PaymentBooks,
  {
    isOver = true,
    graceMs = 60_000,
  }: { readonly isOver?: boolean; readonly graceMs?: number } = {},
): Promise<readonly Violation[]> {
  const outside = JSON.stringify({
    transactions: registryBooks.transactions,
    cancelled: registryBooks.cancelled.map(({ start, end, transaction }) => ({
      ...unitsOf(start, end),
      transaction,
    })),
    payments: books.payments,
  })
  const violations: Violation[] = []
  for (const { invariant, rule, sql } of RULES) {
    const { rows } = await client.query(`WITH ${OUTSIDE} ${sql}`, [outside, isOver, graceMs])
    if (rows.length > 0) violations.push({ invariant, rule, rows })
  }
  const unlike = await replay(client)
  if (unlike.length > 0) {
    violations.push({ ...REPLAY, rows: unlike })
  }
  return violations.sort((one, other) => one.invariant - other.invariant)
}

/** The other side's books as tables. Every statement names all three parameters, so that each may be prepared alike. */
const OUTSIDE = `
  given AS (SELECT $1::jsonb AS books, $2::boolean AS is_over, $3::bigint AS grace_ms),
  registry_transaction AS (
    SELECT t.* FROM given, jsonb_to_recordset(books -> 'transactions')
      AS t(identifier text, reference text, status int, quantity bigint)),
  registry_cancelled AS (
    SELECT c.transaction, c.party, c.period, int8range(c.first, c.last, '[]') AS units
    FROM given, jsonb_to_recordset(books -> 'cancelled')
      AS c(transaction text, party text, period int, first bigint, last bigint)),
  paid AS (
    SELECT p.id, p.metadata ->> 'order' AS "order", p.status, p."capturedMinor" AS captured_minor,
      p."refundedMinor" AS refunded_minor, p.captures
    FROM given, jsonb_to_recordset(books -> 'payments')
      AS p(id text, metadata jsonb, status text, "capturedMinor" bigint, "refundedMinor" bigint, captures int)),
  ended AS (SELECT * FROM "order" WHERE state IN ('closed', 'declined', 'expired', 'rejected', 'refunded')),
  cost AS (
    SELECT r."order", sum(r.price_minor * r.quantity) AS minor, sum(r.quantity) AS tonnes,
      max(r.price_minor) AS highest_minor
    FROM reservation r WHERE r.state = 'committed' GROUP BY 1)`

type Rule = { readonly invariant: number; readonly rule: string; readonly sql: string }

const RULES: readonly Rule[] = [
  {
    invariant: 1,
    rule: 'an offer is available, reserved, sold and withdrawn in sum, and its reservations say the same',
    sql: `SELECT o.id FROM offer o LEFT JOIN (
        SELECT offer, sum(quantity) FILTER (WHERE state = 'held') AS held,
          sum(quantity) FILTER (WHERE state = 'committed') AS committed
        FROM reservation GROUP BY 1) r ON r.offer = o.id
      WHERE o.reserved <> coalesce(r.held, 0) OR o.sold <> coalesce(r.committed, 0) OR least(o.reserved, o.sold, o.withdrawn) < 0
        OR o.reserved + o.sold + o.withdrawn > o.quantity
        OR o.is_withdrawn AND o.reserved + o.sold + o.withdrawn <> o.quantity`,
  },
  {
    invariant: 1,
    rule: 'a fill, a leg and an order name what is there',
    sql: `SELECT r."order", r.id AS reservation FROM reservation r
        LEFT JOIN offer f ON f.id = r.offer LEFT JOIN leg l ON l."order" = r."order" AND l.number = r.leg
      WHERE f.id IS NULL OR l.number IS NULL
      UNION ALL
      SELECT l."order", l.number FROM leg l
        LEFT JOIN "order" o ON o.id = l."order" LEFT JOIN holding_account h ON h.id = l.holding_account
      WHERE o.id IS NULL OR h.id IS NULL
      UNION ALL
      SELECT o.id, o.publishable_key FROM "order" o LEFT JOIN publishable_key k ON k.id = o.publishable_key
      WHERE k.id IS NULL`,
  },
  {
    invariant: 1,
    rule: 'the ledger of an order that has ended is even',
    sql: `SELECT o.id, sum(CASE WHEN e.credit = 'order' THEN e.amount_minor ELSE 0 END
          - CASE WHEN e.debit = 'order' THEN e.amount_minor ELSE 0 END) AS kept_minor
      FROM ended o JOIN ledger_entry e ON e."order" = o.id GROUP BY 1
      HAVING sum(CASE WHEN e.credit = 'order' THEN e.amount_minor ELSE 0 END
        - CASE WHEN e.debit = 'order' THEN e.amount_minor ELSE 0 END) <> 0`,
  },
  {
    invariant: 2,
    rule: 'a serial is in one live or completed allocation',
    sql: `SELECT id FROM (
        SELECT id, lower(units) AS first, max(upper(units)) OVER (
          PARTITION BY originating_party, original_commitment_period ORDER BY lower(units), id
          ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS used
        FROM allocation WHERE state <> 'freed') a
      WHERE first < used`,
  },
  {
    invariant: 2,
    rule: 'what we call cancelled is what the registry has cancelled, unit by unit',
    sql: `SELECT coalesce(ours.party, theirs.party) AS party, coalesce(ours.period, theirs.period) AS period,
          (coalesce(ours.units, '{}') - coalesce(theirs.units, '{}'))::text AS only_ours,
          (coalesce(theirs.units, '{}') - coalesce(ours.units, '{}'))::text AS only_theirs
      FROM (SELECT originating_party AS party, original_commitment_period AS period, range_agg(units) AS units
          FROM allocation WHERE state = 'completed' GROUP BY 1, 2) ours
        FULL JOIN (SELECT party, period, range_agg(units) AS units FROM registry_cancelled GROUP BY 1, 2) theirs
          USING (party, period)
      WHERE ours.units IS DISTINCT FROM theirs.units`,
  },
  {
    invariant: 2,
    rule: 'units of a leg that has ended otherwise are free, those of a completed one are exactly its tonnes',
    sql: `SELECT l."order", l.number, l.state FROM leg l
      WHERE l.state IN ('refused', 'terminated', 'refunded') AND EXISTS (
          SELECT FROM allocation a WHERE a."order" = l."order" AND a.leg = l.number AND a.state <> 'freed')
        OR l.state = 'completed' AND (
          SELECT coalesce(sum(upper(units) - lower(units)), 0) FROM allocation a
          WHERE a."order" = l."order" AND a.leg = l.number AND a.state = 'completed') <> (
          SELECT coalesce(sum(quantity), 0) FROM reservation r
          WHERE r."order" = l."order" AND r.leg = l.number AND r.state = 'committed')`,
  },
  {
    invariant: 3,
    rule: 'an order has one payment, captured at most once, and for what we say',
    sql: `SELECT o.id, count(p.id) AS payments, sum(p.captures) AS captures, sum(p.captured_minor) AS captured_minor
      FROM "order" o JOIN paid p ON p."order" = o.id GROUP BY o.id, o.captured_minor, o.state
      HAVING count(*) > 1 OR sum(p.captures) > 1
        OR sum(p.captured_minor) <> o.captured_minor AND o.state NOT IN ('authorised', 'reserved')`,
  },
  {
    invariant: 3,
    rule: 'a leg is cancelled once at the registry if it is completed, and otherwise never, nor left pending',
    sql: `SELECT l."order", l.number, l.state, t.completed, t.pending FROM leg l LEFT JOIN (
        SELECT split_part(reference, ':', 1) AS "order", split_part(reference, ':', 3) AS number,
          count(*) FILTER (WHERE status = 4) AS completed, count(*) FILTER (WHERE status <= 2) AS pending
        FROM registry_transaction WHERE split_part(reference, ':', 2) = 'propose' GROUP BY 1, 2
      ) t ON t."order" = l."order" AND t.number = l.number::text
      WHERE coalesce(t.completed, 0) <> CASE WHEN l.state = 'completed' THEN 1 ELSE 0 END
          AND NOT (l.state = 'checked' AND coalesce(t.completed, 0) = 1)
        OR t.pending > CASE WHEN l.state IN ('waiting', 'proposed', 'checked') THEN 1 ELSE 0 END`,
  },
  {
    invariant: 3,
    rule: 'a completed leg has one payout, of its price, to its seller; no other leg has one',
    sql: `SELECT l."order", l.number, p.amount_minor, f.minor FROM leg l
        LEFT JOIN payout p ON p."order" = l."order" AND p.leg = l.number
        LEFT JOIN LATERAL (SELECT sum(r.price_minor * r.quantity) AS minor, min(o.seller) AS seller
          FROM reservation r JOIN offer o ON o.id = r.offer
          WHERE r."order" = l."order" AND r.leg = l.number) f ON true
      WHERE (l.state = 'completed') <> (p.leg IS NOT NULL)
        OR p.leg IS NOT NULL AND (p.amount_minor <> f.minor OR p.seller <> f.seller)`,
  },
  {
    invariant: 3,
    rule: 'a certificate is there exactly when an order has closed with a completed leg and every charged leg made good',
    sql: `SELECT o.id, o.state FROM "order" o LEFT JOIN certificate c ON c."order" = o.id
      WHERE (c.id IS NOT NULL) <> (o.state = 'closed')
        OR c.id IS NOT NULL AND (
          NOT EXISTS (SELECT FROM leg l WHERE l."order" = o.id AND l.state = 'completed')
          OR EXISTS (SELECT FROM leg l WHERE l."order" = o.id AND l.charged
            AND l.state NOT IN ('completed', 'refunded'))
          OR (c.document ->> 'quantity_tonnes')::bigint IS DISTINCT FROM
            (SELECT sum(quantity) FROM reservation r WHERE r."order" = o.id AND r.state = 'committed'))`,
  },
  {
    invariant: 4,
    rule: 'what was captured is what sellers, fees and refunds got, and what is still owed to buyers',
    sql: `SELECT l.*, p.payouts, f.captured_minor AS captured_there FROM (
        SELECT currency,
          coalesce(sum(amount_minor) FILTER (WHERE debit = 'processor'), 0) AS captured,
          coalesce(sum(amount_minor) FILTER (WHERE credit LIKE 'seller:%'), 0) AS sellers,
          coalesce(sum(amount_minor) FILTER (WHERE credit LIKE '% fee'), 0) AS fees,
          coalesce(sum(amount_minor) FILTER (WHERE credit = 'processor'), 0) AS refunded,
          coalesce(sum(CASE WHEN credit = 'order' THEN amount_minor WHEN debit = 'order' THEN -amount_minor END), 0)
            AS owed
        FROM ledger_entry GROUP BY 1) l
      LEFT JOIN (SELECT currency, sum(amount_minor) AS payouts FROM payout GROUP BY 1) p USING (currency)
      CROSS JOIN (SELECT coalesce(sum(p.captured_minor), 0) AS captured_minor FROM paid p JOIN ended o ON o.id = p."order") f
      CROSS JOIN (SELECT coalesce(sum(captured_minor), 0) AS ours FROM ended) o
      WHERE captured <> sellers + fees + refunded + owed OR sellers <> coalesce(p.payouts, 0)
        OR f.captured_minor <> o.ours`,
  },
  {
    invariant: 5,
    rule: 'no units are cancelled without a captured payment',
    sql: `SELECT t.identifier, t.reference FROM registry_transaction t
      WHERE t.status = 4 AND NOT EXISTS (
        SELECT FROM paid p WHERE p."order" = split_part(t.reference, ':', 1) AND p.captures = 1)`,
  },
  {
    invariant: 5,
    rule: 'every captured cent of an order that has ended is in a cancellation or in a refund',
    sql: `SELECT o.id, o.state, o.captured_minor, o.refunded_minor, p.refunded_minor AS refunded_there
      FROM ended o LEFT JOIN (SELECT "order", sum(refunded_minor) AS refunded_minor FROM paid GROUP BY 1) p
        ON p."order" = o.id
      WHERE o.refunded_minor <> coalesce(p.refunded_minor, 0)
        OR o.state <> 'closed' AND o.captured_minor <> o.refunded_minor`,
  },
  {
    invariant: 6,
    rule: 'a key stands for one order',
    sql: `SELECT publishable_key, idempotency_key FROM "order" GROUP BY 1, 2 HAVING count(*) > 1`,
  },
  {
    invariant: 6,
    rule: 'every order is in the journal, at a place of its own, as a reservation of its tonnes',
    sql: `SELECT o.id FROM "order" o LEFT JOIN journal j USING (market, batch_seq, position)
      WHERE j.event ->> 'kind' IS DISTINCT FROM 'Reserved'
        OR (j.event ->> 'quantityTonnes')::bigint <> o.quantity
      UNION ALL
      SELECT min(id) FROM "order" GROUP BY market, batch_seq, position HAVING count(*) > 1`,
  },
  {
    invariant: 7,
    rule: 'batches are numbered without a gap, and positions within a batch',
    sql: `SELECT m.id, m.batch_seq, max(j.batch_seq) AS last, count(DISTINCT j.batch_seq) AS batches
      FROM market m LEFT JOIN journal j ON j.market = m.id GROUP BY m.id, m.batch_seq
      HAVING m.batch_seq <> coalesce(max(j.batch_seq), 0) OR m.batch_seq <> count(DISTINCT j.batch_seq)
      UNION ALL
      SELECT market, batch_seq, max(position), count(*) FROM journal GROUP BY 1, 2
      HAVING max(position) <> count(*) - 1`,
  },
  {
    invariant: 7,
    rule: 'no epoch commits after a later one',
    sql: `SELECT * FROM (SELECT market, batch_seq, epoch, max(epoch) OVER (
          PARTITION BY market ORDER BY batch_seq, position ROWS UNBOUNDED PRECEDING) AS latest FROM journal) j
      WHERE epoch < latest`,
  },
  {
    invariant: 8,
    rule: 'every fill is within its order: its price, its limit, its tonnes',
    sql: `SELECT o.id, c.* FROM "order" o JOIN cost c ON c."order" = o.id
      WHERE c.highest_minor > o.max_price_minor OR c.tonnes > o.quantity OR c.minor > o.projects_minor
        OR o.total_minor > o.max_total_minor`,
  },
  {
    invariant: 8,
    rule: 'the charge is the sum of fills plus fees, to the cent',
    sql: `SELECT o.id, o.captured_minor - o.refunded_minor AS charged_minor, c.minor, f.minor AS fees_minor
      FROM ended o LEFT JOIN cost c ON c."order" = o.id
        LEFT JOIN (SELECT "order", sum(amount_minor) AS minor FROM ledger_entry WHERE credit LIKE '% fee' GROUP BY 1) f
          ON f."order" = o.id
      WHERE o.captured_minor - o.refunded_minor <> coalesce(c.minor, 0) + coalesce(f.minor, 0)
        OR c.minor IS NOT NULL AND f.minor IS DISTINCT FROM round(
          (c.minor + ceil(c.minor * (o.fees ->> 'platformBasisPoints')::int / 10000.0)
            + (o.fees ->> 'processingFixedMinor')::int) * 10000
          / (10000 - (o.fees ->> 'processingBasisPoints')::int)) - c.minor`,
  },
  {
    invariant: 9,
    rule: 'a reservation of an order that has ended is not held, and none is long past its time',
    sql: `SELECT r.id, r."order", r.expires_at FROM reservation r CROSS JOIN given g
      WHERE r.state = 'held' AND (r."order" IN (SELECT id FROM ended)
        OR r.expires_at < now() - make_interval(secs => g.grace_ms / 1000.0))`,
  },
  {
    invariant: 9,
    rule: 'a reservation is resolved once in the journal, as its row says',
    sql: `SELECT r.id, r.state, j.ends FROM reservation r LEFT JOIN (
        SELECT (event ->> 'reservation')::bigint AS id, array_agg(event ->> 'kind') AS ends FROM journal
        WHERE event ->> 'kind' IN ('ReservationCommitted', 'ReservationReleased', 'ReservationExpired')
        GROUP BY 1) j ON j.id = r.id
      WHERE coalesce(j.ends, '{}') <> CASE WHEN r.state = 'held' THEN '{}'
        ELSE ARRAY['Reservation' || initcap(r.state)] END`,
  },
  {
    invariant: 9,
    rule: 'every order has ended when the faults are over, and its legs with it',
    sql: `SELECT o.id, o.state, l.number, l.state AS leg FROM "order" o CROSS JOIN given g
        LEFT JOIN leg l ON l."order" = o.id AND l.state IN ('waiting', 'proposed', 'checked')
      WHERE o.id NOT IN (SELECT id FROM ended) AND g.is_over
        OR o.id IN (SELECT id FROM ended) AND l.number IS NOT NULL AND (g.is_over OR NOT l.given_up)`,
  },
  {
    invariant: 9,
    rule: 'no call of an order that has ended is without its answer',
    sql: `SELECT e.key, e.state FROM effect e CROSS JOIN given g
      WHERE g.is_over AND e.state IN ('sent', 'unknown') AND e."order" IN (SELECT id FROM ended)`,
  },
]

const REPLAY = {
  invariant: 7,
  rule: 'replaying the journal gives the same events and the same rows',
}

/** Every rule that is looked at, with the number of its invariant, in that order. */
export const CHECKED: readonly Omit<Violation, 'rows'>[] = [...RULES, REPLAY]
  .map(({ invariant, rule }) => ({ invariant, rule }))
  .sort((one, other) => one.invariant - other.invariant)

/** First and last unit number, Party and original commitment period of a block that is written as two serial numbers. */
function unitsOf(start: string, end: string) {
  const [party, , first, period] = start.split('-')
  return { party, period: Number(period), first: Number(first), last: Number(end.split('-')[2]) }
}
