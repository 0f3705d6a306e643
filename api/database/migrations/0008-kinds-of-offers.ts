import { type Kysely, sql } from 'kysely'
import { COMMIT_BATCH } from '../commit-batch.ts'

/**
 * Offers that have the same attributes are of one kind, which each of them names: a host that reads the whole book reads a
 * number an offer, instead of looking first which attributes there are. An offer's own attributes stay for nodes of the version
 * before.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `CREATE TABLE offer_kind (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    attributes jsonb NOT NULL UNIQUE
  )`,
  `CREATE TRIGGER kind_immutable BEFORE UPDATE OR DELETE ON offer_kind
    FOR EACH ROW EXECUTE FUNCTION refuse_change()`,
  'INSERT INTO offer_kind (attributes) SELECT DISTINCT attributes FROM offer',
  'ALTER TABLE offer ADD kind integer REFERENCES offer_kind (id)',
  `UPDATE offer SET kind = offer_kind.id FROM offer_kind
    WHERE offer_kind.attributes = offer.attributes`,
  'ALTER TABLE offer ALTER kind SET NOT NULL',

  // Another transaction may add the same kind at the same time: then it is found when that has ended.
  `CREATE FUNCTION kind_of(p_attributes jsonb) RETURNS integer LANGUAGE plpgsql AS $$
    DECLARE
      v_kind integer;
    BEGIN
      SELECT id INTO v_kind FROM offer_kind WHERE attributes = p_attributes;
      IF NOT FOUND THEN
        INSERT INTO offer_kind (attributes) VALUES (p_attributes) ON CONFLICT DO NOTHING;
        SELECT id INTO v_kind FROM offer_kind WHERE attributes = p_attributes;
      END IF;
      RETURN v_kind;
    END $$`,
  // Two versions before, it took one document.
  'DROP FUNCTION IF EXISTS commit_batch(text, bigint, jsonb)',
  COMMIT_BATCH,
]
