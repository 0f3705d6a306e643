import { type Kysely, sql } from 'kysely'

/**
 * Less work in each commit of the book, which the whole market waits for. What is dropped is implied by what stays: the
 * fence has found the market's row before a batch stores anything for it, and a reservation's leg belongs to its order.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  // Its predicate changes with the tonnes, so that each change of an offer would touch all indexes of the table.
  'DROP INDEX offer_live',
  // Room for the next version of a row beside it.
  'ALTER TABLE offer SET (fillfactor = 80)',
  'ALTER TABLE journal DROP CONSTRAINT journal_market_fkey',
  'ALTER TABLE "order" DROP CONSTRAINT order_market_fkey',
  'ALTER TABLE reservation DROP CONSTRAINT reservation_order_fkey',
]
