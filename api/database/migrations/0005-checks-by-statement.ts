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
]
