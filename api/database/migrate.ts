import type { Kysely } from 'kysely'
import { Migrator } from 'kysely/migration'
import * as market from './migrations/0001-market.ts'
import * as commitBatch from './migrations/0002-commit-batch.ts'
import * as expiredOffers from './migrations/0003-expired-offers.ts'
import * as leanCommits from './migrations/0004-lean-commits.ts'
import * as checksByStatement from './migrations/0005-checks-by-statement.ts'
import * as commitInColumns from './migrations/0006-a-commit-in-columns.ts'
import * as grantsOfALease from './migrations/0007-grants-of-a-lease.ts'
import * as kindsOfOffers from './migrations/0008-kinds-of-offers.ts'
import * as fewerEntries from './migrations/0009-fewer-entries.ts'

const migrations = {
  '0001-market': market,
  '0002-commit-batch': commitBatch,
  '0003-expired-offers': expiredOffers,
  '0004-lean-commits': leanCommits,
  '0005-checks-by-statement': checksByStatement,
  '0006-a-commit-in-columns': commitInColumns,
  '0007-grants-of-a-lease': grantsOfALease,
  '0008-kinds-of-offers': kindsOfOffers,
  '0009-fewer-entries': fewerEntries,
}

/** Brings the database up to date; several nodes may call it at once. Throws one sentence that says what went wrong. */
export async function migrate<T>(db: Kysely<T>): Promise<void> {
  const migrator = new Migrator({
    db: db as Kysely<unknown>,
    provider: { getMigrations: async () => migrations },
  })
  const { error } = await migrator.migrateToLatest()
  if (error) {
    throw new Error(`The database cannot be brought up to date: ${reasonOf(error)}.`, {
      cause: error,
    })
  }
}

/** A name with several addresses fails once for each, and says nothing itself. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join(', ')
  return error instanceof Error ? error.message : String(error)
}
