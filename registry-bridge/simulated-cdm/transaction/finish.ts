import assert from 'node:assert/strict'
import { sql } from 'kysely'
import { lockHoldingAccount } from '../account/account.store.ts'
import type { Db, Trx } from '../database.ts'
import { type Outcome, ok, refused } from '../outcome.ts'
import { moveTransaction, readTransaction, type TransactionRow } from './transaction.store.ts'
import { CANCELLED, CHECKED, COMPLETED, isPending, PROPOSED, TERMINATED } from './transaction.ts'

/**
 * Runs `act` on a transaction of the registry while nobody else can change it or its account's units.
 * Null where there is no such transaction. One whose time is over is cancelled (7) first.
 */
export async function withTransaction<Result>(
  db: Db,
  identifier: string,
  now: Date,
  act: (trx: Trx, row: TransactionRow) => Promise<Result>,
): Promise<Result | null> {
  const found = await readTransaction(db, { identifier })
  if (found === null) return null
  return db.transaction().execute(async (trx) => {
    await lockHoldingAccount(trx, found.holding_account)
    const row = await readTransaction(trx, { identifier })
    assert(row !== null, 'a transaction is never deleted')
    return act(trx, await cancelLate(trx, row, now))
  })
}

/** 2 → 4: the blocks move to the cancellation account and the attestation is made. Completed already: the same answer. */
export async function complete(
  db: Db,
  identifier: string,
  now: Date,
): Promise<Outcome<TransactionRow>> {
  const outcome = await withTransaction(db, identifier, now, async (trx, row) => {
    if (row.status === COMPLETED) return ok(row)
    if (row.status === PROPOSED) return refused(9007)
    if (row.status !== CHECKED) return refused(9004)
    await cancelUnits(trx, row)
    const year = now.getUTCFullYear()
    const number = await nextAttestation(trx, year)
    const attestation = { number, year }
    return ok(await moveTransaction(trx, row, { to: COMPLETED, now, attestation }))
  })
  return outcome ?? refused(9003)
}

/** 1 or 2 → 5: the units are free again. Ended without completion already: the same answer. */
export async function terminate(
  db: Db,
  identifier: string,
  now: Date,
): Promise<Outcome<TransactionRow>> {
  const outcome = await withTransaction(db, identifier, now, async (trx, row) => {
    if (row.status === COMPLETED) return refused(9004)
    if (!isPending(row.status)) return ok(row)
    return ok(await moveTransaction(trx, row, { to: TERMINATED, now }))
  })
  return outcome ?? refused(9003)
}

/** 1 or 2 → 7 where its time is over. */
async function cancelLate(trx: Trx, row: TransactionRow, now: Date): Promise<TransactionRow> {
  if (!isPending(row.status) || now < row.expires_at) return row
  return moveTransaction(trx, row, { to: CANCELLED, now })
}

async function cancelUnits(trx: Trx, row: TransactionRow): Promise<void> {
  const { rows } = await sql<{ count: number }>`
    UPDATE unit_block SET account = ${row.acquiring_account}, earmark = NULL
    WHERE transaction = ${row.identifier} AND account = ${row.holding_account}
    RETURNING upper(units) - lower(units) AS count`.execute(trx)
  const cancelled = rows.reduce((sum, { count }) => sum + count, 0)
  assert.equal(cancelled, row.quantity, 'a transaction cancels exactly what it proposed')
}

async function nextAttestation(trx: Trx, year: number): Promise<number> {
  const { last } = await trx
    .insertInto('attestation_counter')
    .values({ year, last: 1 })
    .onConflict((conflict) =>
      conflict.column('year').doUpdateSet({ last: sql`attestation_counter.last + 1` }),
    )
    .returning('last')
    .executeTakeFirstOrThrow()
  return last
}
