import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import {
  cancellationAccountNumber,
  REGISTRY_CODE,
  VOLUNTARY_CANCELLATION,
} from './account/account.ts'

/** Every step of the database's shape, oldest first. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001_registry': {
    async up(db) {
      for (const statement of REGISTRY) await sql.raw(statement).execute(db)
      for (const period of [1, 2])
        await sql`INSERT INTO account (number, type, identifier, commitment_period, holder)
          VALUES (${cancellationAccountNumber(period)}, ${VOLUNTARY_CANCELLATION}, 1, ${period},
            ${`${REGISTRY_CODE} registry (simulated)`})`.execute(db)
    },
  },
}

const SERIES = `
  originating_party text NOT NULL CHECK (originating_party ~ '^[A-Z]{2}$'),
  unit_type smallint NOT NULL CHECK (unit_type IN (5, 6, 7)),
  units int8range NOT NULL CHECK (NOT isempty(units) AND lower(units) >= 1),
  original_period smallint NOT NULL CHECK (original_period IN (1, 2)),
  applicable_period smallint NOT NULL CHECK (applicable_period IN (1, 2)),
  lulucf_activity smallint NOT NULL CHECK (lulucf_activity BETWEEN 0 AND 7),
  project_identifier int NOT NULL CHECK (project_identifier >= 1)`

const REGISTRY = [
  'CREATE EXTENSION IF NOT EXISTS btree_gist',

  `CREATE TABLE registry (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    is_open boolean NOT NULL DEFAULT true,
    reconciling boolean NOT NULL DEFAULT false,
    checks_paused boolean NOT NULL DEFAULT false)`,
  'INSERT INTO registry DEFAULT VALUES',

  'CREATE SEQUENCE account_identifier START 1020',
  'CREATE SEQUENCE transaction_number START 40140',
  `CREATE TABLE account (
    number text PRIMARY KEY,
    type smallint NOT NULL CHECK (type IN (100, 110, 230, 250, 300)),
    identifier int8 NOT NULL,
    commitment_period smallint NOT NULL,
    holder text NOT NULL,
    state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'suspended', 'closed')),
    UNIQUE (type, identifier, commitment_period))`,

  `CREATE TABLE project (
    identifier int PRIMARY KEY CHECK (identifier >= 1),
    host text NOT NULL CHECK (host ~ '^[A-Z]{2}$'),
    title text)`,

  `CREATE TABLE earmark (
    id int8 GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    reference text NOT NULL UNIQUE,
    request_hash text NOT NULL,
    holding_account text NOT NULL REFERENCES account,
    quantity int8 NOT NULL CHECK (quantity > 0),
    blocks jsonb NOT NULL,
    vintage smallint NOT NULL,
    made_at timestamptz NOT NULL,
    released_quantity int8,
    released_at timestamptz)`,

  `CREATE TABLE registry_transaction (
    identifier text PRIMARY KEY,
    reference text NOT NULL UNIQUE,
    request_hash text NOT NULL,
    holding_account text NOT NULL REFERENCES account,
    acquiring_account text NOT NULL REFERENCES account,
    status smallint NOT NULL CHECK (status BETWEEN 1 AND 7),
    quantity int8 NOT NULL CHECK (quantity > 0),
    applicable_period smallint NOT NULL,
    beneficiary text,
    purpose text,
    codes int[] NOT NULL DEFAULT '{}',
    one_at_a_time boolean NOT NULL,
    proposed_at timestamptz NOT NULL,
    check_due_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    ended_at timestamptz,
    attestation_year int,
    attestation_number int,
    UNIQUE (attestation_year, attestation_number),
    CHECK ((status = 4) = (attestation_number IS NOT NULL)),
    CHECK ((attestation_year IS NULL) = (attestation_number IS NULL)),
    CHECK ((status IN (1, 2, 3)) = (ended_at IS NULL)))`,
  `CREATE UNIQUE INDEX registry_transaction_pending ON registry_transaction (holding_account)
    WHERE one_at_a_time AND status IN (1, 2, 3)`,
  `CREATE INDEX registry_transaction_due ON registry_transaction (check_due_at) WHERE status = 1`,
  `CREATE INDEX registry_transaction_expiry ON registry_transaction (expires_at) WHERE status IN (1, 2)`,
  `CREATE INDEX registry_transaction_proposed ON registry_transaction (proposed_at)`,

  // A unit number is unique per Party and original commitment period: the database refuses a serial that is live or cancelled twice.
  `CREATE TABLE transaction_block (
    transaction text NOT NULL REFERENCES registry_transaction,
    position int NOT NULL, ${SERIES},
    live boolean NOT NULL,
    PRIMARY KEY (transaction, position),
    CONSTRAINT serial_in_one_transaction EXCLUDE USING gist
      (originating_party WITH =, original_period WITH =, units WITH &&) WHERE (live))`,

  `CREATE TABLE unit_block (
    id int8 GENERATED ALWAYS AS IDENTITY PRIMARY KEY, ${SERIES},
    vintage smallint NOT NULL CHECK (vintage BETWEEN 2000 AND 2020),
    account text NOT NULL REFERENCES account,
    earmark int8 REFERENCES earmark,
    transaction text REFERENCES registry_transaction,
    CONSTRAINT serial_exists_once EXCLUDE USING gist
      (originating_party WITH =, original_period WITH =, units WITH &&))`,
  // Rows never overlap, so the rows that meet a run are found by their lower ends alone.
  'CREATE INDEX unit_block_lower ON unit_block (originating_party, original_period, lower(units))',
  'CREATE INDEX unit_block_account ON unit_block (account)',
  'CREATE INDEX unit_block_earmark ON unit_block (earmark) WHERE earmark IS NOT NULL',
  'CREATE INDEX unit_block_transaction ON unit_block (transaction) WHERE transaction IS NOT NULL',
  `CREATE TABLE unit_number (
    originating_party text, original_period smallint, last int8 NOT NULL,
    PRIMARY KEY (originating_party, original_period))`,

  'CREATE TABLE attestation_counter (year int PRIMARY KEY, last int NOT NULL)',

  `CREATE TABLE refusal (
    id int8 GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code int NOT NULL,
    holding_account text REFERENCES account,
    originating_party text,
    original_period smallint,
    units int8range,
    times_left int NOT NULL CHECK (times_left >= 0),
    CHECK ((holding_account IS NULL) <> (units IS NULL)))`,

  `CREATE TABLE audit (
    id int8 GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL,
    event text NOT NULL,
    account text,
    transaction text,
    earmark text,
    status_from smallint,
    status_to smallint,
    quantity int8,
    codes int[] NOT NULL DEFAULT '{}')`,
  `CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'the audit trail only grows'; END $$`,
  `CREATE TRIGGER audit_only_grows BEFORE UPDATE OR DELETE ON audit
    FOR EACH ROW EXECUTE FUNCTION refuse_change()`,
]
