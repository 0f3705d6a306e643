import { type Kysely, sql } from 'kysely'
import { COMMIT_BATCH } from '../commit-batch.ts'

/** The book's commits, as they are today: later migrations bring what they need. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(COMMIT_BATCH).execute(db)
}
