/**
 * `commit_batch` as it is today: one commit of the book, as one statement that commits by itself, so that a client that is
 * paused can hold no row lock. The first statement inside is the fence. Answers the batch's number, or null where another
 * epoch holds the market. Rows come as a list a column, the offer of a fill as its place in `p_offers`; what few
 * batches have comes in `p_rest`, a document with the lists `placed`, `blocks`, `offers` and `replaced`, or null.
 *
 * It alone adds orders, legs and fills, and looks itself whether what they name is there, where nothing else implies it: an
 * offer, and with it its holding account, was found to be changed; legs and their fills come in one batch.
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
  -- Of p_offers, each at its place there: its holding account, and in the lower half its applicable commitment period.
  v_keys bigint[];
  -- The submission whose fills are looked at, and its legs so far.
  v_position integer := -1;
  v_legs bigint[];
  v_key bigint;
  v_leg integer;
  v_fill_leg integer[];
  v_leg_order text[];
  v_leg_number integer[];
  v_leg_key bigint[];
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
    SELECT p_market, v_batch_seq, generate_series(0, cardinality(p_commands) - 1), p_epoch,
      unnest(p_commands), unnest(p_events);

  IF p_rest IS NOT NULL THEN
    INSERT INTO offer (
        id, market, seller, holding_account, project, earmark, kind, vintage, unit_type,
        original_commitment_period, applicable_commitment_period, price_minor, sequence,
        earmarked, quantity, placed_batch, placed_position)
      SELECT o.id, p_market, o.seller, o.holding_account, o.project, o.earmark,
        kind_of(o.attributes), o.vintage, o.unit_type, o.original_commitment_period,
        o.applicable_commitment_period, o.price_minor, o.sequence, o.quantity, o.quantity,
        v_batch_seq, o.position
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
        FROM (SELECT generate_series(1, cardinality(p_offers)) AS place, unnest(p_offers) AS id,
          unnest(p_offer_reserved) AS reserved, unnest(p_offer_sold) AS sold,
          unnest(p_offer_withdrawn) AS withdrawn) AS o
        WHERE offer.id = o.id
        RETURNING o.place,
          offer.holding_account * 4294967296 + offer.applicable_commitment_period AS key
    )
    SELECT array_agg(key ORDER BY place) INTO v_keys FROM changed;
    IF cardinality(v_keys) IS DISTINCT FROM cardinality(p_offers) THEN
      RAISE foreign_key_violation USING MESSAGE = 'a batch names an offer that is not there';
    END IF;
  END IF;

  IF cardinality(p_orders) > 0 THEN
    IF EXISTS (SELECT FROM (SELECT DISTINCT unnest(p_order_publishable_key) AS id) AS named
        WHERE (SELECT k.id FROM publishable_key k WHERE k.id = named.id) IS NULL) THEN
      RAISE foreign_key_violation USING MESSAGE = 'a batch names a key that is not there';
    END IF;
    INSERT INTO "order" (
        id, market, batch_seq, position, publishable_key, idempotency_key, request_hash, state,
        quantity, filter, max_price_minor, max_total_minor, currency, projects_minor,
        platform_fee_minor, processing_fee_minor, total_minor, fees, beneficiary, purpose,
        consent_text, consent_language, hold_expires_at, created_at, wake_at)
      SELECT unnest(p_orders), p_market, v_batch_seq, unnest(p_order_position),
        unnest(p_order_publishable_key), unnest(p_order_idempotency_key),
        decode(unnest(p_order_request_hash), 'hex'), 'reserved', unnest(p_order_quantity),
        unnest(p_order_filter), unnest(p_order_max_price_minor), unnest(p_order_max_total_minor),
        unnest(p_order_currency), unnest(p_order_projects_minor),
        unnest(p_order_platform_fee_minor), unnest(p_order_processing_fee_minor),
        unnest(p_order_total_minor), unnest(p_order_fees), unnest(p_order_beneficiary),
        unnest(p_order_purpose), unnest(p_order_consent_text), unnest(p_order_consent_language),
        unnest(p_order_hold_expires_at), unnest(p_order_created_at), unnest(p_order_created_at);
  END IF;

  -- A leg is an order's fills from one holding account and one applicable commitment period,
  -- numbered by its first fill. A submission's fills stand together.
  IF cardinality(p_fills) > 0 THEN
    FOR i IN 1 .. cardinality(p_fills) LOOP
      IF p_fill_position[i] <> v_position THEN
        v_position := p_fill_position[i];
        v_legs := '{}';
      END IF;
      v_key := v_keys[p_fill_place[i]];
      v_leg := array_position(v_legs, v_key);
      IF v_leg IS NULL THEN
        v_legs := v_legs || v_key;
        v_leg := cardinality(v_legs);
        v_leg_order := v_leg_order || p_fill_order[i];
        v_leg_number := v_leg_number || p_fill_first_leg[i] - 1 + v_leg;
        v_leg_key := v_leg_key || v_key;
      END IF;
      v_fill_leg := v_fill_leg || p_fill_first_leg[i] - 1 + v_leg;
    END LOOP;
    IF p_rest IS NOT NULL AND EXISTS (SELECT FROM unnest(v_leg_order) AS named(id)
        WHERE (SELECT o.id FROM "order" o WHERE o.id = named.id) IS NULL) THEN
      RAISE foreign_key_violation USING MESSAGE = 'a batch names an order that is not there';
    END IF;
    INSERT INTO leg ("order", number, holding_account, applicable_commitment_period, state)
      SELECT unnest(v_leg_order), unnest(v_leg_number), unnest(v_leg_key) >> 32,
        unnest(v_leg_key) & 4294967295, 'waiting';
    INSERT INTO reservation (id, offer, "order", leg, price_minor, quantity, state, expires_at)
      SELECT unnest(p_fills), p_offers[unnest(p_fill_place)], unnest(p_fill_order),
        unnest(v_fill_leg), unnest(p_fill_price_minor), unnest(p_fill_quantity), 'held',
        unnest(p_fill_expires_at);
  END IF;

  IF cardinality(p_ends) > 0 THEN
    UPDATE reservation SET state = e.state, expires_at = e.expires_at
      FROM unnest(p_ends, p_end_state, p_end_expires_at) AS e(id, state, expires_at)
      WHERE reservation.id = e.id AND reservation.state = 'held';
  END IF;

  -- Once only: who asks a second time does not know of the legs that the first has added, and gives its own their numbers.
  IF p_rest IS NOT NULL THEN
    UPDATE reservation SET replaced = true
      FROM jsonb_to_recordset(p_rest -> 'replaced') AS r(id bigint, "order" text)
      WHERE reservation."order" = r."order" AND reservation.id = r.id;
    GET DIAGNOSTICS v_changed = ROW_COUNT;
    IF v_changed <> jsonb_array_length(p_rest -> 'replaced') THEN
      RAISE foreign_key_violation USING MESSAGE = 'a batch replaces a fill that is not there';
    END IF;
  END IF;

  RETURN v_batch_seq;
END
$$`
