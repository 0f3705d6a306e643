import { type Kysely, sql } from 'kysely'

/** Offers whose units have expired. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE offer ADD COLUMN expired boolean NOT NULL DEFAULT false`.execute(db)
}
