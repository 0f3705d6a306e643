import { type Kysely, sql } from 'kysely'

/** A lease counts its grants, so that what gives one up says nothing of a later one. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE lease ADD grants integer NOT NULL DEFAULT 1`.execute(db)
}
