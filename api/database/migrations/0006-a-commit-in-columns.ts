import { type Kysely, sql } from 'kysely'
import { COMMIT_BATCH } from '../commit-batch.ts'

/** A batch comes as columns instead of one document, and the journal keeps what it is given. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

/** Looks once for each thing that is named; the host's function, from where rows are added, plans without whole tables. */
const namesOnlyWhatIs = (table: string, missing: string): string =>
  `CREATE OR REPLACE FUNCTION ${table}_names() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
    BEGIN
      IF ${missing} THEN
        RAISE foreign_key_violation USING
          MESSAGE = 'a new ${table} names something that is not there', TABLE = TG_TABLE_NAME;
      END IF;
      RETURN NULL;
    END $$`

const statements = [
  'ALTER TABLE journal ALTER command TYPE json, ALTER event TYPE json',
  namesOnlyWhatIs(
    'order',
    `EXISTS (SELECT FROM (SELECT DISTINCT publishable_key AS id FROM added) a
        WHERE (SELECT k.id FROM publishable_key k WHERE k.id = a.id) IS NULL)`,
  ),
  namesOnlyWhatIs(
    'leg',
    `EXISTS (SELECT FROM (SELECT DISTINCT "order" AS id FROM added) a
        WHERE (SELECT o.id FROM "order" o WHERE o.id = a.id) IS NULL)
      OR EXISTS (SELECT FROM (SELECT DISTINCT holding_account AS id FROM added) a
        WHERE (SELECT h.id FROM holding_account h WHERE h.id = a.id) IS NULL)`,
  ),
  // By its number: a new one is the last, wherever its offer stands.
  'DROP INDEX reservation_held',
  `CREATE INDEX reservation_held ON reservation (id) WHERE state = 'held'`,
  COMMIT_BATCH,
]
