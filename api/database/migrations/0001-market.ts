import { type Kysely, sql } from 'kysely'

/** The market, its offers, its orders, and what below all code refuses to sell a tonne twice. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`CREATE EXTENSION IF NOT EXISTS btree_gist`.execute(db)
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `CREATE TABLE lease (
    market text PRIMARY KEY,
    holder text NOT NULL,
    expires_at timestamptz NOT NULL
  )`,

  `CREATE TABLE market (
    id text PRIMARY KEY,
    currency text NOT NULL,
    state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'halted')),
    epoch bigint NOT NULL DEFAULT 0,
    batch_seq bigint NOT NULL DEFAULT 0,
    holder text,
    holder_pid integer,
    holder_backend_start timestamptz,
    next_offer bigint NOT NULL DEFAULT 1,
    next_reservation bigint NOT NULL DEFAULT 1,
    next_sequence bigint NOT NULL DEFAULT 1,
    seeded boolean NOT NULL DEFAULT false
  )`,
  `INSERT INTO market (id, currency) VALUES ('usd', 'USD')`,

  // Every command that changed the book, in the order in which it did.
  `CREATE TABLE journal (
    market text NOT NULL REFERENCES market (id),
    batch_seq bigint NOT NULL,
    position integer NOT NULL,
    epoch bigint NOT NULL,
    command jsonb NOT NULL,
    event jsonb NOT NULL,
    committed_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (market, batch_seq, position)
  )`,

  `CREATE TABLE project (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    reference text NOT NULL UNIQUE,
    title text NOT NULL,
    host text NOT NULL,
    technology text NOT NULL,
    scope integer,
    scope_derived boolean NOT NULL,
    source text NOT NULL
  )`,

  `CREATE TABLE seller (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    slug text NOT NULL UNIQUE,
    name text NOT NULL,
    api_key_hash bytea NOT NULL UNIQUE,
    demo boolean NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
  )`,

  `CREATE TABLE holding_account (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    seller integer NOT NULL REFERENCES seller (id),
    registry text NOT NULL,
    number text NOT NULL,
    UNIQUE (registry, number)
  )`,

  `CREATE TABLE publishable_key (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key text NOT NULL UNIQUE,
    name text NOT NULL,
    origins text[] NOT NULL
  )`,

  // Units that the registry sets aside, from before the offer is placed until it has ended.
  `CREATE TABLE earmark (
    reference text PRIMARY KEY,
    seller integer NOT NULL REFERENCES seller (id),
    holding_account integer NOT NULL REFERENCES holding_account (id),
    request_hash bytea NOT NULL,
    state text NOT NULL CHECK (state IN ('sent', 'refused', 'released')),
    created_at timestamptz NOT NULL DEFAULT now()
  )`,

  `CREATE TABLE offer (
    id bigint PRIMARY KEY,
    market text NOT NULL REFERENCES market (id),
    seller integer NOT NULL REFERENCES seller (id),
    holding_account integer NOT NULL REFERENCES holding_account (id),
    project integer NOT NULL REFERENCES project (id),
    earmark text NOT NULL UNIQUE REFERENCES earmark (reference),
    attributes jsonb NOT NULL,
    vintage integer NOT NULL CHECK (vintage BETWEEN 2000 AND 2020),
    unit_type integer NOT NULL CHECK (unit_type IN (5, 6, 7)),
    original_commitment_period integer NOT NULL,
    applicable_commitment_period integer NOT NULL,
    price_minor bigint NOT NULL CHECK (price_minor > 0),
    sequence bigint NOT NULL,
    earmarked bigint NOT NULL,
    quantity bigint NOT NULL CHECK (quantity > 0 AND quantity <= earmarked),
    reserved bigint NOT NULL DEFAULT 0,
    sold bigint NOT NULL DEFAULT 0,
    withdrawn bigint NOT NULL DEFAULT 0,
    is_withdrawn boolean NOT NULL DEFAULT false,
    suspended boolean NOT NULL DEFAULT false,
    suspended_codes integer[] NOT NULL DEFAULT '{}',
    placed_batch bigint NOT NULL,
    placed_position integer NOT NULL,
    placed_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (market, sequence),
    CHECK (reserved >= 0 AND sold >= 0 AND withdrawn >= 0 AND reserved + sold + withdrawn <= quantity)
  )`,
  `CREATE INDEX offer_live ON offer (market, price_minor, sequence)
    WHERE NOT is_withdrawn OR reserved > 0`,
  `CREATE INDEX offer_seller ON offer (seller, id DESC)`,

  // The serial blocks behind an offer, as earmarked.
  `CREATE TABLE offer_block (
    offer bigint NOT NULL REFERENCES offer (id),
    originating_party text NOT NULL,
    original_commitment_period integer NOT NULL,
    units int8range NOT NULL,
    lulucf_activity integer NOT NULL,
    project_identifier integer NOT NULL,
    PRIMARY KEY (offer, units)
  )`,

  `CREATE TABLE "order" (
    id text PRIMARY KEY,
    market text NOT NULL REFERENCES market (id),
    batch_seq bigint NOT NULL,
    position integer NOT NULL,
    publishable_key integer NOT NULL REFERENCES publishable_key (id),
    idempotency_key text NOT NULL,
    request_hash bytea NOT NULL,
    state text NOT NULL,
    version integer NOT NULL DEFAULT 1,
    reason text,
    quantity bigint NOT NULL CHECK (quantity > 0),
    filter jsonb NOT NULL,
    max_price_minor bigint,
    max_total_minor bigint NOT NULL,
    currency text NOT NULL,
    projects_minor bigint NOT NULL,
    platform_fee_minor bigint NOT NULL,
    processing_fee_minor bigint NOT NULL,
    total_minor bigint NOT NULL,
    fees jsonb NOT NULL,
    captured_minor bigint NOT NULL DEFAULT 0,
    refunded_minor bigint NOT NULL DEFAULT 0,
    beneficiary text,
    purpose text,
    consent_text text NOT NULL,
    consent_language text NOT NULL,
    hold_expires_at timestamptz NOT NULL,
    hold_extended boolean NOT NULL DEFAULT false,
    stop_requested boolean NOT NULL DEFAULT false,
    turn bigint,
    payment jsonb,
    created_at timestamptz NOT NULL,
    authorised_at timestamptz,
    first_proposed_at timestamptz,
    captured_at timestamptz,
    closed_at timestamptz,
    wake_at timestamptz,
    UNIQUE (market, batch_seq, position),
    UNIQUE (publishable_key, idempotency_key),
    CHECK (total_minor = projects_minor + platform_fee_minor + processing_fee_minor),
    CHECK (captured_minor <= total_minor AND refunded_minor <= captured_minor)
  )`,
  `CREATE INDEX order_due ON "order" (wake_at) WHERE wake_at IS NOT NULL`,
  `CREATE UNIQUE INDEX order_payment ON "order" ((payment ->> 'id')) WHERE payment IS NOT NULL`,
  // Turns at the holding accounts are taken in the order in which orders were authorised.
  `CREATE SEQUENCE turn`,

  `CREATE TABLE leg (
    "order" text NOT NULL REFERENCES "order" (id),
    number integer NOT NULL,
    holding_account integer NOT NULL REFERENCES holding_account (id),
    applicable_commitment_period integer NOT NULL,
    state text NOT NULL,
    version integer NOT NULL DEFAULT 1,
    attempt integer NOT NULL DEFAULT 1,
    transaction text,
    reference text,
    codes integer[] NOT NULL DEFAULT '{}',
    charged boolean NOT NULL DEFAULT false,
    given_up boolean NOT NULL DEFAULT false,
    proposed_at timestamptz,
    checked_at timestamptz,
    completed_at timestamptz,
    PRIMARY KEY ("order", number)
  )`,
  `CREATE INDEX leg_turn ON leg (holding_account)
    WHERE state IN ('waiting', 'proposed', 'checked')`,

  // One fill each: tonnes of an offer held for a leg.
  `CREATE TABLE reservation (
    id bigint PRIMARY KEY,
    offer bigint NOT NULL REFERENCES offer (id),
    "order" text NOT NULL REFERENCES "order" (id),
    leg integer NOT NULL,
    price_minor bigint NOT NULL CHECK (price_minor > 0),
    quantity bigint NOT NULL CHECK (quantity > 0),
    state text NOT NULL CHECK (state IN ('held', 'committed', 'released', 'expired')),
    expires_at timestamptz,
    replaced boolean NOT NULL DEFAULT false,
    FOREIGN KEY ("order", leg) REFERENCES leg ("order", number) DEFERRABLE INITIALLY DEFERRED
  )`,
  `CREATE INDEX reservation_order ON reservation ("order")`,
  `CREATE INDEX reservation_held ON reservation (offer) WHERE state = 'held'`,

  // Exact serials for a leg; the database refuses a unit twice, whatever the code does.
  `CREATE TABLE allocation (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    offer bigint NOT NULL REFERENCES offer (id),
    reservation bigint NOT NULL REFERENCES reservation (id),
    "order" text NOT NULL,
    leg integer NOT NULL,
    originating_party text NOT NULL,
    unit_type integer NOT NULL,
    original_commitment_period integer NOT NULL,
    applicable_commitment_period integer NOT NULL,
    lulucf_activity integer NOT NULL,
    project_identifier integer NOT NULL,
    units int8range NOT NULL CHECK (NOT isempty(units)),
    state text NOT NULL CHECK (state IN ('live', 'completed', 'freed')),
    FOREIGN KEY ("order", leg) REFERENCES leg ("order", number),
    CONSTRAINT no_unit_twice EXCLUDE USING gist (
      originating_party WITH =, original_commitment_period WITH =, units WITH &&
    ) WHERE (state IN ('live', 'completed'))
  )`,
  `CREATE INDEX allocation_leg ON allocation ("order", leg)`,

  // What was done to the outside: written before the call, never after.
  `CREATE TABLE effect (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    "order" text NOT NULL REFERENCES "order" (id),
    leg integer,
    kind text NOT NULL,
    key text NOT NULL UNIQUE,
    request jsonb NOT NULL,
    request_hash bytea NOT NULL,
    state text NOT NULL CHECK (state IN ('sent', 'ok', 'refused', 'unknown')),
    tries integer NOT NULL DEFAULT 1,
    result jsonb,
    sent_at timestamptz NOT NULL,
    ended_at timestamptz
  )`,
  `CREATE INDEX effect_order ON effect ("order")`,

  `CREATE TABLE webhook_event (
    id text PRIMARY KEY,
    type text NOT NULL,
    payment text,
    received_at timestamptz NOT NULL DEFAULT now()
  )`,

  // Double entry: a row moves an amount from one account to another, so that the sum is always zero.
  `CREATE TABLE ledger_entry (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key text NOT NULL UNIQUE,
    "order" text NOT NULL REFERENCES "order" (id),
    leg integer,
    debit text NOT NULL,
    credit text NOT NULL,
    amount_minor bigint NOT NULL CHECK (amount_minor > 0),
    currency text NOT NULL,
    booked_at timestamptz NOT NULL,
    CHECK (debit <> credit)
  )`,
  `CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'rows of % are immutable', TG_TABLE_NAME; END $$`,
  `CREATE TRIGGER ledger_entry_immutable BEFORE UPDATE OR DELETE ON ledger_entry
    FOR EACH ROW EXECUTE FUNCTION refuse_change()`,
  `CREATE TRIGGER journal_immutable BEFORE UPDATE OR DELETE ON journal
    FOR EACH ROW EXECUTE FUNCTION refuse_change()`,

  `CREATE TABLE payout (
    "order" text NOT NULL,
    leg integer NOT NULL,
    seller integer NOT NULL REFERENCES seller (id),
    amount_minor bigint NOT NULL CHECK (amount_minor > 0),
    currency text NOT NULL,
    state text NOT NULL DEFAULT 'owed' CHECK (state IN ('owed', 'held', 'sent', 'settled')),
    owed_at timestamptz NOT NULL,
    PRIMARY KEY ("order", leg),
    FOREIGN KEY ("order", leg) REFERENCES leg ("order", number)
  )`,

  `CREATE TABLE certificate (
    id text PRIMARY KEY,
    "order" text NOT NULL UNIQUE REFERENCES "order" (id),
    document jsonb NOT NULL,
    issued_at timestamptz NOT NULL
  )`,
]
