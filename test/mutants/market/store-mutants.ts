import type { Mutant } from '../mutant.ts'
import { CONFORMANCE, MARKET_RULES, MARKET_STORE, ORDER_STORE } from './judges.ts'

const TABLES = 'api/database/migrations/0001-market.ts'
const CHECKS = 'api/database/migrations/0005-checks-by-statement.ts'
const COMMIT = 'api/database/commit-batch.ts'
const COLUMNS = 'api/market/batch-columns.ts'
const BOOK = 'api/market/market.book.ts'
const MARKET = 'api/market/market.store.ts'
const ORDER = 'api/order/order.store.ts'
const STATEMENTS = 'api/order/order.statements.ts'
const ALLOCATE = 'api/order/order.allocate.ts'

/** Bugs of what Postgres is asked. */
export const STORE_MUTANTS: readonly Mutant[] = [
  {
    name: 'a commit does not compare the epoch',
    file: COMMIT,
    find: '    WHERE id = p_market AND epoch = p_epoch\n',
    replace: '    WHERE id = p_market\n',
    judge: CONFORMANCE,
  },
  {
    name: 'a commit passes the fence with an earlier epoch',
    file: COMMIT,
    find: 'AND epoch = p_epoch\n',
    replace: 'AND epoch >= p_epoch\n',
    judge: CONFORMANCE,
  },
  {
    name: 'a commit passes the fence with an epoch that nobody minted',
    file: COMMIT,
    find: 'AND epoch = p_epoch\n',
    replace: 'AND epoch <= p_epoch\n',
    judge: MARKET_STORE,
  },
  {
    name: 'an amended offer stays of the kind that it was',
    file: COMMIT,
    find: 'kind = CASE WHEN o.attributes IS NULL THEN offer.kind ELSE kind_of(o.attributes) END',
    replace: 'kind = offer.kind',
    judge: MARKET_STORE,
  },
  {
    name: 'the fence only looks, so that a mint passes a commit in flight',
    file: COMMIT,
    find: `  UPDATE market SET batch_seq = batch_seq + 1,
      next_offer = greatest(next_offer, p_next_offer),
      next_reservation = greatest(next_reservation, p_next_reservation),
      next_sequence = greatest(next_sequence, p_next_sequence)
    WHERE id = p_market AND epoch = p_epoch
    RETURNING batch_seq INTO v_batch_seq;
`,
    replace: `  SELECT 1 + (SELECT coalesce(max(j.batch_seq), 0) FROM journal j WHERE j.market = p_market)
    INTO v_batch_seq FROM market WHERE id = p_market AND epoch = p_epoch;
`,
    judge: ORDER_STORE,
  },
  {
    name: 'an epoch is minted that was minted before',
    file: MARKET,
    find: 'UPDATE market SET epoch = epoch + 1,',
    replace: 'UPDATE market SET epoch = epoch + (epoch + 1) % 2,',
    judge: CONFORMANCE,
  },
  {
    name: 'the backend of the holder before lives on',
    file: MARKET,
    find: '      await connection.query(END_HOLDER, [market])\n',
    replace: '',
    judge: MARKET_STORE,
  },
  {
    name: 'a backend is ended that is no host',
    file: MARKET,
    find: "WHERE m.id = $1 AND a.application_name = current_setting('application_name')",
    replace: 'WHERE m.id = $1',
    judge: MARKET_STORE,
  },
  {
    name: 'what follows a placing in its batch is not stored',
    file: COLUMNS,
    find: 'if (isAsPlaced(state, quantityTonnes)) this',
    replace: 'this',
    judge: MARKET_STORE,
  },
  {
    name: 'an offer of which all is reserved is not read',
    file: BOOK,
    find: "const IS_OPEN = 'quantity > sold + withdrawn'\n",
    replace: "const IS_OPEN = 'quantity > sold + withdrawn + reserved'\n",
    judge: CONFORMANCE,
  },
  {
    name: 'a reservation that has ended is read as held',
    file: BOOK,
    find: "  WHERE o.market = $1 AND r.state = 'held'`\n",
    replace: "  WHERE o.market = $1 AND r.state <> 'committed'`\n",
    judge: CONFORMANCE,
  },
  {
    name: 'a commit does not store how a reservation ends',
    file: COMMIT,
    find: '    UPDATE reservation SET state = e.state, expires_at = e.expires_at\n',
    replace: '    UPDATE reservation SET expires_at = e.expires_at\n',
    judge: CONFORMANCE,
  },
  {
    name: 'the legs of two submissions are numbered as if they were one',
    file: COMMIT,
    find: '      IF p_fill_position[i] <> v_position THEN\n',
    replace: '      IF v_position < 0 THEN\n',
    judge: CONFORMANCE,
  },
  {
    name: 'fills from one account in two periods are one leg',
    file: COMMIT,
    find: 'offer.holding_account * 4294967296 + offer.applicable_commitment_period AS key',
    replace: 'offer.holding_account * 4294967296 + 2 AS key',
    judge: CONFORMANCE,
  },
  {
    name: 'what changes of an offer that is not there is passed over',
    file: COMMIT,
    find: '    IF cardinality(v_keys) IS DISTINCT FROM cardinality(p_offers) THEN\n',
    replace: '    IF false THEN\n',
    judge: MARKET_STORE,
  },
  {
    name: 'numbers of reservations are given again after a rebuild',
    file: COMMIT,
    find: 'greatest(next_reservation, p_next_reservation)',
    replace: 'p_next_reservation',
    judge: CONFORMANCE,
  },
  {
    name: 'a replacement may name an order that is not there',
    file: COMMIT,
    find: '    IF p_rest IS NOT NULL AND EXISTS (SELECT FROM unnest(v_leg_order)',
    replace: '    IF false AND EXISTS (SELECT FROM unnest(v_leg_order)',
    judge: MARKET_STORE,
  },
  {
    name: 'an order may name a key that is not there',
    file: COMMIT,
    find: '    IF EXISTS (SELECT FROM (SELECT DISTINCT unnest(p_order_publishable_key)',
    replace:
      '    IF false AND EXISTS (SELECT FROM (SELECT DISTINCT unnest(p_order_publishable_key)',
    judge: MARKET_STORE,
  },
  {
    name: 'an order may be deleted',
    file: CHECKS,
    find: "'offer', 'order', 'leg']",
    replace: "'offer', 'leg']",
    judge: MARKET_RULES,
  },
  {
    name: 'one idempotency key makes two orders',
    file: TABLES,
    find: '    UNIQUE (publishable_key, idempotency_key),\n',
    replace: '',
    judge: MARKET_RULES,
  },
  {
    name: 'more of an offer may be sold than there is',
    file: TABLES,
    find: ' AND reserved + sold + withdrawn <= quantity)',
    replace: ')',
    judge: MARKET_STORE,
  },
  {
    name: 'two offers may stand at one place in the queue',
    file: TABLES,
    find: '    UNIQUE (market, sequence),\n',
    replace: '',
    judge: MARKET_RULES,
  },
  {
    name: 'a unit may be in two legs',
    file: TABLES,
    find: `    CONSTRAINT no_unit_twice EXCLUDE USING gist (
      originating_party WITH =, original_commitment_period WITH =, units WITH &&
    ) WHERE (state IN ('live', 'completed'))
`,
    replace: '    CHECK (leg > 0)\n',
    judge: ORDER_STORE,
  },
  {
    name: 'a unit that was cancelled may be given to another leg',
    file: TABLES,
    find: "    ) WHERE (state IN ('live', 'completed'))\n",
    replace: "    ) WHERE (state = 'live')\n",
    judge: MARKET_RULES,
  },
  {
    name: 'more is captured than the order costs',
    file: TABLES,
    find: '    CHECK (captured_minor <= total_minor AND refunded_minor <= captured_minor)\n',
    replace: '    CHECK (captured_minor >= 0)\n',
    judge: CONFORMANCE,
  },
  {
    name: 'one entry is booked twice',
    file: TABLES,
    find: `    key text NOT NULL UNIQUE,
    "order" text NOT NULL REFERENCES "order" (id),
    leg integer,
    debit text NOT NULL,
`,
    replace: `    key text NOT NULL,
    "order" text NOT NULL REFERENCES "order" (id),
    leg integer,
    debit text NOT NULL,
`,
    judge: MARKET_RULES,
  },
  {
    name: 'a leg is owed for twice',
    file: TABLES,
    find: `    owed_at timestamptz NOT NULL,
    PRIMARY KEY ("order", leg),
`,
    replace: '    owed_at timestamptz NOT NULL,\n',
    judge: MARKET_RULES,
  },
  {
    name: 'a step is recorded that was decided on an earlier version',
    file: ORDER,
    find: "        if (current.version !== version) return 'conflict' as const\n",
    replace: '',
    judge: CONFORMANCE,
  },
  {
    name: 'an answer is recorded on an earlier version',
    file: STATEMENTS,
    find: '    WHERE id = $1 AND version = $2\n    RETURNING id\n  ), answered',
    replace: '    WHERE id = $1 AND version >= $2\n    RETURNING id\n  ), answered',
    judge: CONFORMANCE,
  },
  {
    name: 'an answer is stored where the order has another version',
    file: STATEMENTS,
    find: 'ended_at = $9 FROM changed WHERE key = $6',
    replace: 'ended_at = $9 WHERE key = $6',
    judge: ORDER_STORE,
  },
  {
    name: 'an answer is recorded and the version stays',
    file: STATEMENTS,
    find: 'SET version = version + 1, payment = coalesce',
    replace: 'SET payment = coalesce',
    judge: CONFORMANCE,
  },
  {
    name: 'an answer does not store when to look again',
    file: STATEMENTS,
    find: 'wake_at = CASE WHEN $4 THEN $5 ELSE wake_at END',
    replace: 'wake_at = CASE WHEN $4 AND $5 IS NULL THEN $5 ELSE wake_at END',
    judge: CONFORMANCE,
  },
  {
    name: 'a call is begun that was decided on an earlier version',
    file: STATEMENTS,
    find: 'version = $2 AND ',
    replace: 'version >= $2 AND ',
    judge: CONFORMANCE,
  },
  {
    name: 'a call is begun and the version stays',
    file: STATEMENTS,
    find: 'SET version = version + 1,\n      first_proposed_at',
    replace: 'SET version = version,\n      first_proposed_at',
    judge: CONFORMANCE,
  },
  {
    name: 'two begin the same call again',
    file: STATEMENTS,
    find: "const AS_SEEN = 'state = $6 AND tries = $7'\n",
    replace: "const AS_SEEN = '($6 IS NOT NULL OR $7 > 0)'\n",
    judge: ORDER_STORE,
  },
  {
    name: 'a call that another has begun is begun',
    file: STATEMENTS,
    find: "'NOT EXISTS (SELECT FROM effect WHERE key = $3)'",
    replace: "'$3::text IS NOT NULL'",
    judge: ORDER_STORE,
  },
  {
    name: 'a call that was answered becomes unknown again',
    file: ORDER,
    find: "        .where('state', 'in', ['sent', 'unknown'])\n",
    replace: '',
    judge: CONFORMANCE,
  },
  {
    name: 'an order is read without its lock',
    file: ORDER,
    find: '    .forNoKeyUpdate()\n',
    replace: '',
    judge: ORDER_STORE,
  },
  {
    name: 'turns are taken that an earlier one may still overtake',
    file: ORDER,
    find: "  await sql`SELECT pg_advisory_xact_lock(hashtext('turn'))`.execute(trx)\n",
    replace: '',
    judge: ORDER_STORE,
  },
  {
    name: 'the payment of another order is merged into this one',
    file: ORDER,
    find: '        if (paid && paid.id !== payment.id) return\n',
    replace: '',
    judge: CONFORMANCE,
  },
  {
    name: 'what a payment has come to is stored on an earlier version',
    file: STATEMENTS,
    find: 'payment = $3 WHERE id = $1 AND version = $2\n',
    replace: 'payment = $3 WHERE id = $1 AND version >= $2\n',
    judge: ORDER_STORE,
  },
  {
    name: 'an event that comes twice is an error',
    file: STATEMENTS,
    find: '    ON CONFLICT (id) DO NOTHING\n',
    replace: '',
    judge: CONFORMANCE,
  },
  {
    name: 'two legs take the same serials when both ask at once',
    file: ALLOCATE,
    find: "    .orderBy('units')\n    .forUpdate()\n",
    replace: "    .orderBy('units')\n",
    judge: ORDER_STORE,
  },
  {
    name: 'a leg that has ended keeps serials from others',
    file: ALLOCATE,
    find: "  if (state !== 'waiting') throw",
    replace: '  if (!state) throw',
    judge: ORDER_STORE,
  },
  {
    name: 'a leg gets serials each time it asks',
    file: ALLOCATE,
    find: 'fills.filter((one) => !done.has(one.id))',
    replace: 'fills',
    judge: ORDER_STORE,
  },
]
