/**
 * `commit_batch` as it is today: one commit of the book, as one statement that commits by itself, so that a client that is
 * paused can hold no row lock. The first statement inside is the fence. Answers the batch's number, or null where another
 * epoch holds the market. Rows come as a list a column, the offer of a fill as its place in `p_offers`; what few
 * batches have comes in `p_rest`, a document with the lists `placed`, `blocks`, `offers` and `replaced`, or null.
 *
 * A change of this text needs a migration that runs it again. Other parameters make another function, which stands beside
 * the one that nodes of the version before call.
 */
export const COMMIT_BATCH = `
CREATE OR REPLACE FUNCTION commit_batch(
  p_market text, p_epoch bigint,
  p_next_offer bigint, p_next_reservation bigint, p_next_sequence bigint,
  p_commands json[], p_events json[],
  p_rest jsonb,
  p_offers bigint[], p_offer_reserved bigint[], p_offer_sold bigint[], p_offer_withdrawn bigint[],
  p_orders text[], p_order_position integer[], p_order_publishable_key integer[],
  p_order_idempotency_key text[], p_order_request_hash text[], p_order_quantity bigint[],
  p_order_filter json[], p_order_max_price_minor bigint[], p_order_max_total_minor bigint[],
  p_order_currency text[], p_order_projects_minor bigint[], p_order_platform_fee_minor bigint[],
  p_order_processing_fee_minor bigint[], p_order_total_minor bigint[], p_order_fees json[],
  p_order_beneficiary text[], p_order_purpose text[], p_order_consent_text text[],
  p_order_consent_language text[], p_order_hold_expires_at timestamptz[],
  p_order_created_at timestamptz[],
  p_fills bigint[], p_fill_place integer[], p_fill_order text[], p_fill_position integer[],
  p_fill_first_leg integer[], p_fill_price_minor bigint[], p_fill_quantity bigint[],
  p_fill_expires_at timestamptz[],
  p_ends bigint[], p_end_state text[], p_end_expires_at timestamptz[]
) RETURNS bigint
LANGUAGE plpgsql SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  v_batch_seq bigint;
  v_changed integer;
  -- Of p_offers, each at its place there.
  v_account integer[];
  v_period integer[];
  -- The submission whose fills are looked at, and its legs so far.
  v_position integer := -1;
  v_legs bigint[];
  v_place integer;
  v_leg integer;
  v_fill_leg integer[];
  v_leg_order text[];
  v_leg_number integer[];
  v_leg_account integer[];
  v_leg_period integer[];
BEGIN
  UPDATE market SET batch_seq = batch_seq + 1,
      next_offer = greatest(next_offer, p_next_offer),
      next_reservation = greatest(next_reservation, p_next_reservation),
      next_sequence = greatest(next_sequence, p_next_sequence)
    WHERE id = p_market AND epoch = p_epoch
    RETURNING batch_seq INTO v_batch_seq;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;

  INSERT INTO journal (market, batch_seq, position, epoch, command, event)
    SELECT p_market, v_batch_seq, j.place - 1, p_epoch, j.command, j.event
    FROM unnest(p_commands, p_events) WITH ORDINALITY AS j(command, event, place);

  IF p_rest IS NOT NULL THEN
    INSERT INTO offer (
        id, market, seller, holding_account, project, earmark, attributes, kind, vintage, unit_type,
        original_commitment_period, applicable_commitment_period, price_minor, sequence,
        earmarked, quantity, placed_batch, placed_position)
      SELECT o.id, p_market, o.seller, o.holding_account, o.project, o.earmark, o.attributes,
        kind_of(o.attributes), o.vintage, o.unit_type, o.original_commitment_period, o.applicable_commitment_period,
        o.price_minor, o.sequence, o.quantity, o.quantity, v_batch_seq, o.position
      FROM jsonb_to_recordset(p_rest -> 'placed') AS o(
        id bigint, seller int, holding_account int, project int, earmark text, attributes jsonb,
        vintage int, unit_type int, original_commitment_period int,
        applicable_commitment_period int, price_minor bigint, sequence bigint, quantity bigint,
        position int);

    INSERT INTO offer_block (
        offer, originating_party, original_commitment_period, units, lulucf_activity,
        project_identifier)
      SELECT b.offer, b.originating_party, b.original_commitment_period,
        int8range(b.start, b."end", '[]'), b.lulucf_activity, b.project_identifier
      FROM jsonb_to_recordset(p_rest -> 'blocks') AS b(
        offer bigint, originating_party text, original_commitment_period int, start bigint,
        "end" bigint, lulucf_activity int, project_identifier int);

    UPDATE offer SET
        price_minor = o.price_minor, sequence = o.sequence, quantity = o.quantity,
        reserved = o.reserved, sold = o.sold, withdrawn = o.withdrawn,
        is_withdrawn = o.is_withdrawn, suspended = o.suspended,
        expired = coalesce(o.expired, offer.expired),
        attributes = coalesce(o.attributes, offer.attributes),
        kind = CASE WHEN o.attributes IS NULL THEN offer.kind ELSE kind_of(o.attributes) END
      FROM jsonb_to_recordset(p_rest -> 'offers') AS o(
        id bigint, price_minor bigint, sequence bigint, quantity bigint, reserved bigint,
        sold bigint, withdrawn bigint, is_withdrawn boolean, suspended boolean, expired boolean,
        attributes jsonb)
      WHERE offer.id = o.id;
    GET DIAGNOSTICS v_changed = ROW_COUNT;
    IF v_changed <> jsonb_array_length(p_rest -> 'offers') THEN
      RAISE foreign_key_violation USING MESSAGE = 'a batch names an offer that is not there';
    END IF;
  END IF;

  IF cardinality(p_offers) > 0 THEN
    WITH changed AS (
      UPDATE offer SET reserved = o.reserved, sold = o.sold, withdrawn = o.withdrawn
        FROM unnest(p_offers, p_offer_reserved, p_offer_sold, p_offer_withdrawn)
          WITH ORDINALITY AS o(id, reserved, sold, withdrawn, place)
        WHERE offer.id = o.id
        RETURNING o.place, offer.holding_account, offer.applicable_commitment_period AS period
    )
    SELECT array_agg(holding_account ORDER BY place), array_agg(period ORDER BY place)
      INTO v_account, v_period FROM changed;
    IF cardinality(v_account) IS DISTINCT FROM cardinality(p_offers) THEN
      RAISE foreign_key_violation USING MESSAGE = 'a batch names an offer that is not there';
    END IF;
  END IF;

  IF cardinality(p_orders) > 0 THEN
    INSERT INTO "order" (
        id, market, batch_seq, position, publishable_key, idempotency_key, request_hash, state,
        quantity, filter, max_price_minor, max_total_minor, currency, projects_minor,
        platform_fee_minor, processing_fee_minor, total_minor, fees, beneficiary, purpose,
        consent_text, consent_language, hold_expires_at, created_at, wake_at)
      SELECT o.id, p_market, v_batch_seq, o.position, o.publishable_key, o.idempotency_key,
        decode(o.request_hash, 'hex'), 'reserved', o.quantity, o.filter, o.max_price_minor,
        o.max_total_minor, o.currency, o.projects_minor, o.platform_fee_minor,
        o.processing_fee_minor, o.total_minor, o.fees, o.beneficiary, o.purpose, o.consent_text,
        o.consent_language, o.hold_expires_at, o.created_at, o.created_at
      FROM unnest(p_orders, p_order_position, p_order_publishable_key, p_order_idempotency_key,
        p_order_request_hash, p_order_quantity, p_order_filter, p_order_max_price_minor,
        p_order_max_total_minor, p_order_currency, p_order_projects_minor,
        p_order_platform_fee_minor, p_order_processing_fee_minor, p_order_total_minor,
        p_order_fees, p_order_beneficiary, p_order_purpose, p_order_consent_text,
        p_order_consent_language, p_order_hold_expires_at, p_order_created_at) AS o(
        id, position, publishable_key, idempotency_key, request_hash, quantity, filter,
        max_price_minor, max_total_minor, currency, projects_minor, platform_fee_minor,
        processing_fee_minor, total_minor, fees, beneficiary, purpose, consent_text,
        consent_language, hold_expires_at, created_at);
  END IF;

  -- A leg is an order's fills from one holding account and one applicable commitment period,
  -- numbered by its first fill. A submission's fills stand together.
  IF cardinality(p_fills) > 0 THEN
    FOR i IN 1 .. cardinality(p_fills) LOOP
      IF p_fill_position[i] <> v_position THEN
        v_position := p_fill_position[i];
        v_legs := '{}';
      END IF;
      v_place := p_fill_place[i];
      v_leg := array_position(v_legs, v_account[v_place] * 4294967296 + v_period[v_place]);
      IF v_leg IS NULL THEN
        v_legs := v_legs || v_account[v_place] * 4294967296 + v_period[v_place];
        v_leg := cardinality(v_legs);
        v_leg_order := v_leg_order || p_fill_order[i];
        v_leg_number := v_leg_number || p_fill_first_leg[i] - 1 + v_leg;
        v_leg_account := v_leg_account || v_account[v_place];
        v_leg_period := v_leg_period || v_period[v_place];
      END IF;
      v_fill_leg := v_fill_leg || p_fill_first_leg[i] - 1 + v_leg;
    END LOOP;
    INSERT INTO leg ("order", number, holding_account, applicable_commitment_period, state)
      SELECT l."order", l.number, l.account, l.period, 'waiting'
      FROM unnest(v_leg_order, v_leg_number, v_leg_account, v_leg_period)
        AS l("order", number, account, period);
    INSERT INTO reservation (id, offer, "order", leg, price_minor, quantity, state, expires_at)
      SELECT f.id, p_offers[f.place], f."order", f.leg, f.price_minor, f.quantity, 'held',
        f.expires_at
      FROM unnest(p_fills, p_fill_place, p_fill_order, v_fill_leg, p_fill_price_minor,
        p_fill_quantity, p_fill_expires_at) AS f(
        id, place, "order", leg, price_minor, quantity, expires_at);
  END IF;

  IF cardinality(p_ends) > 0 THEN
    UPDATE reservation SET state = e.state, expires_at = e.expires_at
      FROM unnest(p_ends, p_end_state, p_end_expires_at) AS e(id, state, expires_at)
      WHERE reservation.id = e.id;
  END IF;

  -- Once only: who asks a second time does not know of the legs that the first has added, and gives its own their numbers.
  IF p_rest IS NOT NULL THEN
    UPDATE reservation SET replaced = true
      FROM jsonb_to_recordset(p_rest -> 'replaced') AS r(id bigint)
      WHERE reservation.id = r.id;
  END IF;

  RETURN v_batch_seq;
END
$$`
