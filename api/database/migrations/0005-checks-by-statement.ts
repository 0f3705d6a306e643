import { type Kysely, sql } from 'kysely'

/**
 * What a new order, leg or fill names is looked for once a statement instead of once a row, and all that a commit touches
 * is found by its key. Whatever is named so is never deleted. Whose turn it is no longer is read off all that waits.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

/**
 * Refuses rows of `table` that name something which is not there: `missing` is asked of `added`, the new rows. Each is looked
 * up by its key: NOT EXISTS would become a join that reads the other table, as long as Postgres takes it for small.
 */
const namesOnlyWhatIs = (table: string, missing: string): readonly string[] => [
  `CREATE FUNCTION ${table}_names() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
    BEGIN
      IF EXISTS (SELECT FROM added WHERE ${missing}) THEN
        RAISE foreign_key_violation USING
          MESSAGE = 'a new ${table} names something that is not there', TABLE = TG_TABLE_NAME;
      END IF;
      RETURN NULL;
    END $$`,
  `CREATE TRIGGER names_only_what_is AFTER INSERT ON "${table}" REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION ${table}_names()`,
]

const isNeverDeleted = (table: string): string =>
  `CREATE TRIGGER is_never_deleted BEFORE DELETE OR TRUNCATE ON "${table}"
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_deletion()`

const statements = [
  'ALTER TABLE "order" DROP CONSTRAINT order_publishable_key_fkey',
  ...namesOnlyWhatIs(
    'order',
    '(SELECT k.id FROM publishable_key k WHERE k.id = added.publishable_key) IS NULL',
  ),
  `ALTER TABLE leg DROP CONSTRAINT leg_order_fkey, DROP CONSTRAINT leg_holding_account_fkey`,
  ...namesOnlyWhatIs(
    'leg',
    `(SELECT o.id FROM "order" o WHERE o.id = added."order") IS NULL
      OR (SELECT h.id FROM holding_account h WHERE h.id = added.holding_account) IS NULL`,
  ),
  `ALTER TABLE reservation
    DROP CONSTRAINT reservation_offer_fkey, DROP CONSTRAINT reservation_order_leg_fkey`,
  ...namesOnlyWhatIs(
    'reservation',
    `(SELECT o.id FROM offer o WHERE o.id = added.offer) IS NULL OR (SELECT l.number FROM leg l
      WHERE l."order" = added."order" AND l.number = added.leg) IS NULL`,
  ),
  `CREATE FUNCTION refuse_deletion() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'rows of % are never deleted', TG_TABLE_NAME; END $$`,
  ...['publishable_key', 'holding_account', 'offer', 'order', 'leg'].map(isNeverDeleted),

  // Whose turn it is at an account is asked at every look at an order: of the legs that the registry knows, and of the orders
  // that have a turn, but never of all that wait for a payment.
  'DROP INDEX leg_turn',
  `CREATE INDEX leg_at_registry ON leg (holding_account) WHERE state IN ('proposed', 'checked')`,
  'CREATE INDEX order_turn ON "order" (turn) WHERE turn IS NOT NULL AND closed_at IS NULL',
  // An order changes about ten times; room for its next version beside it.
  'ALTER TABLE "order" SET (fillfactor = 70)',

  // The fence, the numbers that come next, and then one statement a table. Without statistics, as on a young market, Postgres
  // would keep the plan that reads a table from end to end when it was small.
  `CREATE OR REPLACE FUNCTION commit_batch(p_market text, p_epoch bigint, p_batch jsonb) RETURNS bigint
LANGUAGE plpgsql SET enable_seqscan = off AS $$
DECLARE
  v_batch_seq bigint;
BEGIN
  UPDATE market SET batch_seq = batch_seq + 1,
      next_offer = greatest(next_offer, (p_batch ->> 'next_offer')::bigint),
      next_reservation = greatest(next_reservation, (p_batch ->> 'next_reservation')::bigint),
      next_sequence = greatest(next_sequence, (p_batch ->> 'next_sequence')::bigint)
    WHERE id = p_market AND epoch = p_epoch
    RETURNING batch_seq INTO v_batch_seq;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;

  INSERT INTO journal (market, batch_seq, position, epoch, command, event)
    SELECT p_market, v_batch_seq, j.position, p_epoch, j.command, j.event
    FROM jsonb_to_recordset(p_batch -> 'journal') AS j(position int, command jsonb, event jsonb);

  INSERT INTO offer (
      id, market, seller, holding_account, project, earmark, attributes, vintage, unit_type,
      original_commitment_period, applicable_commitment_period, price_minor, sequence,
      earmarked, quantity, placed_batch, placed_position)
    SELECT o.id, p_market, o.seller, o.holding_account, o.project, o.earmark, o.attributes,
      o.vintage, o.unit_type, o.original_commitment_period, o.applicable_commitment_period,
      o.price_minor, o.sequence, o.quantity, o.quantity, v_batch_seq, o.position
    FROM jsonb_to_recordset(p_batch -> 'placed') AS o(
      id bigint, seller int, holding_account int, project int, earmark text, attributes jsonb,
      vintage int, unit_type int, original_commitment_period int,
      applicable_commitment_period int, price_minor bigint, sequence bigint, quantity bigint,
      position int);

  INSERT INTO offer_block (
      offer, originating_party, original_commitment_period, units, lulucf_activity,
      project_identifier)
    SELECT b.offer, b.originating_party, b.original_commitment_period,
      int8range(b.start, b."end", '[]'), b.lulucf_activity, b.project_identifier
    FROM jsonb_to_recordset(p_batch -> 'blocks') AS b(
      offer bigint, originating_party text, original_commitment_period int, start bigint,
      "end" bigint, lulucf_activity int, project_identifier int);

  UPDATE offer SET
      price_minor = o.price_minor, sequence = o.sequence, quantity = o.quantity,
      reserved = o.reserved, sold = o.sold, withdrawn = o.withdrawn,
      is_withdrawn = o.is_withdrawn, suspended = o.suspended,
      expired = coalesce(o.expired, offer.expired),
      attributes = coalesce(o.attributes, offer.attributes)
    FROM jsonb_to_recordset(p_batch -> 'offers') AS o(
      id bigint, price_minor bigint, sequence bigint, quantity bigint, reserved bigint,
      sold bigint, withdrawn bigint, is_withdrawn boolean, suspended boolean, expired boolean,
      attributes jsonb)
    WHERE offer.id = o.id;

  INSERT INTO "order" (
      id, market, batch_seq, position, publishable_key, idempotency_key, request_hash, state,
      quantity, filter, max_price_minor, max_total_minor, currency, projects_minor,
      platform_fee_minor, processing_fee_minor, total_minor, fees, beneficiary, purpose, consent_text,
      consent_language, hold_expires_at, created_at, wake_at)
    SELECT o.id, p_market, v_batch_seq, o.position, o.publishable_key, o.idempotency_key,
      decode(o.request_hash, 'hex'), 'reserved', o.quantity, o.filter, o.max_price_minor,
      o.max_total_minor, o.currency, o.projects_minor, o.platform_fee_minor,
      o.processing_fee_minor, o.total_minor, o.fees, o.beneficiary, o.purpose, o.consent_text,
      o.consent_language, o.hold_expires_at, o.created_at, o.created_at
    FROM jsonb_to_recordset(p_batch -> 'orders') AS o(
      id text, position int, publishable_key int, idempotency_key text, request_hash text,
      quantity bigint, filter jsonb, max_price_minor bigint, max_total_minor bigint,
      currency text, projects_minor bigint, platform_fee_minor bigint,
      processing_fee_minor bigint, total_minor bigint, fees jsonb, beneficiary text, purpose text,
      consent_text text, consent_language text, hold_expires_at timestamptz,
      created_at timestamptz);

  -- A leg is an order's fills from one holding account and one applicable commitment period,
  -- numbered by its first fill.
  WITH fill AS (
    SELECT r.*, o.holding_account, o.applicable_commitment_period,
      min(r.id) OVER (
        PARTITION BY r.position, o.holding_account, o.applicable_commitment_period
      ) AS first_fill
    FROM jsonb_to_recordset(p_batch -> 'reserved') AS r(
      id bigint, offer bigint, "order" text, position int, first_leg int, price_minor bigint,
      quantity bigint, expires_at timestamptz)
    JOIN offer o ON o.id = r.offer
  ), numbered AS (
    SELECT fill.*, first_leg - 1 + dense_rank() OVER (
      PARTITION BY position ORDER BY first_fill
    )::int AS leg
    FROM fill
  ), new_leg AS (
    INSERT INTO leg ("order", number, holding_account, applicable_commitment_period, state)
      SELECT "order", leg, holding_account, applicable_commitment_period, 'waiting'
      FROM numbered WHERE id = first_fill
  )
  INSERT INTO reservation (id, offer, "order", leg, price_minor, quantity, state, expires_at)
    SELECT id, offer, "order", leg, price_minor, quantity, 'held', expires_at FROM numbered;

  UPDATE reservation SET state = r.state, expires_at = r.expires_at
    FROM jsonb_to_recordset(p_batch -> 'reservations') AS r(
      id bigint, state text, expires_at timestamptz)
    WHERE reservation.id = r.id;

  -- Once only: who asks a second time does not know of the legs that the first has added, and gives its own their numbers.
  UPDATE reservation SET replaced = true
    FROM jsonb_to_recordset(p_batch -> 'replaced') AS r(id bigint)
    WHERE reservation.id = r.id;

  RETURN v_batch_seq;
END
$$`,
]
