import type { Mutant } from '../mutant.ts'
import {
  CONFORMANCE,
  LEASE_POSTGRES,
  LEASE_REDIS,
  MARKET_RULES,
  MARKET_STORE,
  ORDER_STORE,
} from './judges.ts'

const TABLES = 'api/database/migrations/0001-market.ts'
const COMMIT = 'api/database/migrations/0005-checks-by-statement.ts'
const MARKET = 'api/market/market.store.ts'
const ORDER = 'api/order/order.store.ts'
const ALLOCATE = 'api/order/order.allocate.ts'
const POSTGRES = 'engine/host/lease.postgres.ts'
const REDIS = 'engine/host/lease.redis.ts'

/** Bugs of what Postgres and Redis are asked. */
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
    name: 'the fence only looks, so that a mint passes a commit in flight',
    file: COMMIT,
    find: `  UPDATE market SET batch_seq = batch_seq + 1,
      next_offer = greatest(next_offer, (p_batch ->> 'next_offer')::bigint),
      next_reservation = greatest(next_reservation, (p_batch ->> 'next_reservation')::bigint),
      next_sequence = greatest(next_sequence, (p_batch ->> 'next_sequence')::bigint)
    WHERE id = p_market AND epoch = p_epoch
    RETURNING batch_seq INTO v_batch_seq;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
`,
    replace: `  SELECT 1 + (SELECT coalesce(max(j.batch_seq), 0) FROM journal j WHERE j.market = p_market)
    INTO v_batch_seq FROM market WHERE id = p_market AND epoch = p_epoch;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  UPDATE market SET
      next_offer = greatest(next_offer, (p_batch ->> 'next_offer')::bigint),
      next_reservation = greatest(next_reservation, (p_batch ->> 'next_reservation')::bigint),
      next_sequence = greatest(next_sequence, (p_batch ->> 'next_sequence')::bigint)
    WHERE id = p_market;
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
    file: MARKET,
    find: 'if (isAsPlaced(state, quantityTonnes)) storedOffers',
    replace: 'storedOffers',
    judge: MARKET_STORE,
  },
  {
    name: 'an offer of which all is reserved is not read',
    file: MARKET,
    find: 'WHERE market = $1 AND quantity > sold + withdrawn\n',
    replace: 'WHERE market = $1 AND quantity > sold + withdrawn + reserved\n',
    judge: CONFORMANCE,
  },
  {
    name: 'a reservation that has ended is read as held',
    file: MARKET,
    find: "  WHERE o.market = $1 AND r.state = 'held'\n",
    replace: "  WHERE o.market = $1 AND r.state <> 'committed'\n",
    judge: CONFORMANCE,
  },
  {
    name: 'a commit does not store how a reservation ends',
    file: COMMIT,
    find: '  UPDATE reservation SET state = r.state, expires_at = r.expires_at\n',
    replace: '  UPDATE reservation SET expires_at = r.expires_at\n',
    judge: CONFORMANCE,
  },
  {
    name: 'numbers of reservations are given again after a rebuild',
    file: COMMIT,
    find: "greatest(next_reservation, (p_batch ->> 'next_reservation')::bigint)",
    replace: "(p_batch ->> 'next_reservation')::bigint",
    judge: CONFORMANCE,
  },
  {
    name: 'a fill may name an offer that is not there',
    file: COMMIT,
    find: '`(SELECT o.id FROM offer o WHERE o.id = added.offer) IS NULL OR (',
    replace: '`(',
    judge: MARKET_RULES,
  },
  {
    name: 'an order may be deleted',
    file: COMMIT,
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
    name: 'a call is begun that was decided on an earlier version',
    file: ORDER,
    find: '        if (current.version !== version) return false\n',
    replace: '',
    judge: CONFORMANCE,
  },
  {
    name: 'a call is begun and the version stays',
    file: ORDER,
    find: '            version: version + 1,\n            ...(isProposal',
    replace: '            version,\n            ...(isProposal',
    judge: CONFORMANCE,
  },
  {
    name: 'two begin the same call again',
    file: ORDER,
    find: "              .where('state', '=', seen.state)\n              .where('tries', '=', seen.tries)\n",
    replace: '',
    judge: ORDER_STORE,
  },
  {
    name: 'a call that another has begun is begun',
    file: ORDER,
    find: ".onConflict((conflict) => conflict.column('key').doNothing())",
    replace: ".onConflict((conflict) => conflict.column('key').doUpdateSet({ state: 'sent' }))",
    judge: CONFORMANCE,
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
    name: 'an order is locked so that the one writer waits for it',
    file: ORDER,
    find: '    .forNoKeyUpdate()\n',
    replace: '    .forUpdate()\n',
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
    find: '        if (current.payment && current.payment.id !== payment.id) return null\n',
    replace: '',
    judge: CONFORMANCE,
  },
  {
    name: 'an event that comes twice is an error',
    file: ORDER,
    find: "            .onConflict((conflict) => conflict.column('id').doNothing())\n",
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
  {
    name: 'a lease in Postgres is granted while another has it',
    file: POSTGRES,
    find: '    WHERE lease.holder = excluded.holder OR lease.expires_at <= clock_timestamp()`',
    replace: '    WHERE lease.market = excluded.market`',
    judge: LEASE_POSTGRES,
  },
  {
    name: 'a lease in Postgres is renewed after it ran out',
    file: POSTGRES,
    find: '  WHERE market = $1 AND holder = $2 AND expires_at > clock_timestamp()`',
    replace: '  WHERE market = $1 AND holder = $2`',
    judge: LEASE_POSTGRES,
  },
  {
    name: 'a lease in Redis is renewed by whoever asks',
    file: REDIS,
    find: `"if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end return redis.call('PEXPIRE', KEYS[1], ARGV[2])"`,
    replace: `"return redis.call('PEXPIRE', KEYS[1], ARGV[2])"`,
    judge: LEASE_REDIS,
  },
  {
    name: 'a lease in Redis is given up by whoever asks',
    file: REDIS,
    find: `"if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end return redis.call('DEL', KEYS[1])"`,
    replace: `"return redis.call('DEL', KEYS[1])"`,
    judge: LEASE_REDIS,
  },
]
