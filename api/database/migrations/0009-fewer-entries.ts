import { type Kysely, sql } from 'kysely'
import { COMMIT_BATCH } from '../commit-batch.ts'

/**
 * Fewer rows and entries of indexes for each order that is committed. What is dropped is implied by what stays: commit_batch
 * itself looks for what it names, an order stands at a place of the journal, and an offer's kind has its attributes.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  ...['order', 'leg', 'reservation'].flatMap((table) => [
    `DROP TRIGGER names_only_what_is ON "${table}"`,
    `DROP FUNCTION ${table}_names()`,
  ]),
  'ALTER TABLE "order" DROP CONSTRAINT order_market_batch_seq_position_key',
  'ALTER TABLE offer DROP COLUMN attributes',

  // Fills are found by their order, or, while they are held, by their number alone.
  'ALTER TABLE allocation DROP CONSTRAINT allocation_reservation_fkey',
  'ALTER TABLE reservation DROP CONSTRAINT reservation_pkey, ADD PRIMARY KEY ("order", id)',
  'DROP INDEX reservation_order, reservation_held',
  `CREATE UNIQUE INDEX reservation_held ON reservation (id) WHERE state = 'held'`,
  `ALTER TABLE allocation
    ADD FOREIGN KEY ("order", reservation) REFERENCES reservation ("order", id)`,
  COMMIT_BATCH,
]
