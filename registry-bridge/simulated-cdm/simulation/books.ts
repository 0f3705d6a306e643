import { sql } from 'kysely'
import { formatSerialBlock } from '../../serial-block.ts'
import { HOLDING } from '../account/account.ts'
import type { Db } from '../database.ts'
import { attestationReference } from '../transaction/transaction.ts'
import { blockOf, type SeriesRow, seriesOf } from '../unit/unit.store.ts'
import type { AuditEntry, Books } from './wire.ts'

/** The books at one moment: every transaction, everything cancelled, totals an account and an account type. */
export async function readBooks(db: Db): Promise<Books> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (trx) => ({
      transactions: await readTransactions(trx),
      cancelled: await readCancelled(trx),
      totals: await readTotals(trx),
      accounts: await readAccounts(trx),
    }))
}

/** Up to 1000 entries with an id above `after`, oldest first. */
export async function readAudit(db: Db, after: number): Promise<AuditEntry[]> {
  const rows = await db
    .selectFrom('audit')
    .selectAll()
    .where('id', '>', after)
    .orderBy('id')
    .limit(1000)
    .execute()
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }))
}

/** What an account holds, and how much of it is set aside. */
export async function readAccounts(db: Db): Promise<Books['accounts']> {
  const { rows } = await sql<Books['accounts'][number]>`
    SELECT a.number, a.type, a.holder, a.state, coalesce(sum(upper(u.units) - lower(u.units)), 0)::int8 AS quantity,
      coalesce(sum(upper(u.units) - lower(u.units)) FILTER (WHERE u.earmark IS NOT NULL), 0)::int8 AS earmarked,
      coalesce(sum(upper(u.units) - lower(u.units))
        FILTER (WHERE u.transaction IS NOT NULL AND a.type = ${HOLDING}), 0)::int8 AS pending
    FROM account a LEFT JOIN unit_block u ON u.account = a.number
    GROUP BY a.number ORDER BY a.type, a.identifier, a.commitment_period`.execute(db)
  return rows
}

async function readTransactions(db: Db): Promise<Books['transactions']> {
  const { rows } = await sql<SeriesRow & { transaction: string }>`
    SELECT b.transaction, ${seriesOf('b')} FROM transaction_block b
    ORDER BY b.transaction, b.position`.execute(db)
  const blocks = new Map<string, ReturnType<typeof formatSerialBlock>[]>()
  for (const row of rows) {
    const ofTransaction = blocks.get(row.transaction) ?? []
    blocks.set(row.transaction, ofTransaction)
    ofTransaction.push(formatSerialBlock(blockOf(row)))
  }
  const transactions = await db
    .selectFrom('registry_transaction')
    .selectAll()
    .orderBy('proposed_at')
    .orderBy('identifier')
    .execute()
  return transactions.map((row) => ({
    identifier: row.identifier,
    reference: row.reference,
    status: row.status,
    holding_account: row.holding_account,
    acquiring_account: row.acquiring_account,
    quantity: row.quantity,
    blocks: blocks.get(row.identifier) ?? [],
    codes: row.codes,
    attestation:
      row.attestation_number === null || row.attestation_year === null
        ? null
        : attestationReference(row.attestation_number, row.attestation_year),
    proposed_at: row.proposed_at.toISOString(),
    ended_at: row.ended_at?.toISOString() ?? null,
  }))
}

async function readCancelled(db: Db): Promise<Books['cancelled']> {
  const { rows } = await sql<SeriesRow & { transaction: string }>`
    SELECT u.transaction, ${seriesOf('u')} FROM unit_block u JOIN account a ON a.number = u.account
    WHERE a.type <> ${HOLDING} ORDER BY u.originating_party, u.original_period, u.units`.execute(db)
  return rows.map((row) => ({ ...formatSerialBlock(blockOf(row)), transaction: row.transaction }))
}

async function readTotals(db: Db): Promise<Books['totals']> {
  const { rows } = await sql<Books['totals'][number]>`
    SELECT a.type AS account_type, u.unit_type, u.applicable_period AS applicable_commitment_period,
      sum(upper(u.units) - lower(u.units))::int8 AS quantity
    FROM unit_block u JOIN account a ON a.number = u.account GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`.execute(
    db,
  )
  return rows
}
