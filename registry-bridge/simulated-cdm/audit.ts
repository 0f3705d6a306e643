import type { Insertable } from 'kysely'
import type { Db, Tables } from './database.ts'

type Entry = Pick<Insertable<Tables['audit']>, 'at' | 'event'> &
  Partial<Insertable<Tables['audit']>>

/** Writes what happened; in the same database transaction as the change itself. */
export async function record(trx: Db, ...entries: readonly Entry[]): Promise<void> {
  if (entries.length > 0)
    await trx
      .insertInto('audit')
      .values([...entries])
      .execute()
}
