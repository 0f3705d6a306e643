import assert from 'node:assert/strict'
import { sql } from 'kysely'
import { readAccount } from '../account/account.store.ts'
import type { Db, Trx } from '../database.ts'
import { blockOf, type SeriesRow, seriesOf } from '../unit/unit.store.ts'
import type { UnitBlock } from '../unit/unit.ts'
import { withTransaction } from './finish.ts'
import { moveTransaction, readBlocks, type TransactionRow } from './transaction.store.ts'
import { CHECKED, checkTransaction, DISCREPANCY, PROPOSED, TERMINATED } from './transaction.ts'

/** The registry's own checks of a proposed transaction: 1 → 2, or 1 → 3 → 5 with codes. Nothing where it is no longer proposed. */
export async function checkProposed(db: Db, identifier: string, now: Date): Promise<void> {
  await withTransaction(db, identifier, now, async (trx, row) => {
    if (row.status !== PROPOSED) return
    const codes = await findDiscrepancies(trx, row)
    if (codes.length === 0) {
      await moveTransaction(trx, row, { to: CHECKED, now })
      return
    }
    const discrepant = await moveTransaction(trx, row, { to: DISCREPANCY, now, codes })
    await moveTransaction(trx, discrepant, { to: TERMINATED, now })
  })
}

/** Cancels (7) a transaction whose time is over. */
export async function cancelExpired(db: Db, identifier: string, now: Date): Promise<void> {
  await withTransaction(db, identifier, now, async () => {})
}

async function findDiscrepancies(trx: Trx, row: TransactionRow): Promise<number[]> {
  const holding = await readAccount(trx, row.holding_account)
  const acquiring = await readAccount(trx, row.acquiring_account)
  assert(holding !== null && acquiring !== null, 'accounts are never deleted')
  return checkTransaction({
    holding,
    acquiring,
    applicablePeriod: row.applicable_period,
    blocks: await readBlocks(trx, row.identifier),
    units: await readMarkedUnits(trx, row.identifier),
    planted: await usePlantedRefusals(trx, row),
  })
}

async function readMarkedUnits(trx: Trx, identifier: string): Promise<UnitBlock[]> {
  type Row = SeriesRow & Omit<UnitBlock, 'block' | 'accountType'> & { type: number }
  const { rows } = await sql<Row>`
    SELECT u.id, ${seriesOf('u')}, u.vintage, u.account, a.type, u.earmark, u.transaction
    FROM unit_block u JOIN account a ON a.number = u.account
    WHERE u.transaction = ${identifier}`.execute(trx)
  return rows.map(({ type, ...row }) => ({ ...row, block: blockOf(row), accountType: type }))
}

/** Refusals that the simulation was told to answer, for this account or any of these units; each use is counted. */
async function usePlantedRefusals(trx: Trx, row: TransactionRow): Promise<number[]> {
  const { rows } = await sql<{ code: number }>`
    UPDATE refusal r SET times_left = times_left - 1
    WHERE times_left > 0 AND (holding_account = ${row.holding_account} OR EXISTS (
      SELECT FROM transaction_block b WHERE b.transaction = ${row.identifier}
        AND b.originating_party = r.originating_party AND b.original_period = r.original_period
        AND b.units && r.units))
    RETURNING code`.execute(trx)
  return rows.map(({ code }) => code)
}
