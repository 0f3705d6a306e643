import assert from 'node:assert/strict'
import { type Selectable, sql } from 'kysely'
import { type TransactionReply, toWireBlocks } from '../../cdm-http/wire.ts'
import type { TransactionStatus } from '../../registry.ts'
import type { SerialBlock } from '../../serial-block.ts'
import { record } from '../audit.ts'
import type { Db, Tables, Trx } from '../database.ts'
import { blockOf, type SeriesRow, seriesOf } from '../unit/unit.store.ts'
import { attestationReference, isLive, isPending, TRANSITIONS } from './transaction.ts'

export type TransactionRow = Selectable<Tables['registry_transaction']>
export type WireTransaction = TransactionReply['transaction']
export type TransactionKey = { readonly identifier: string } | { readonly reference: string }

/** Null where there is none. */
export async function readTransaction(db: Db, by: TransactionKey): Promise<TransactionRow | null> {
  const rows = db.selectFrom('registry_transaction').selectAll()
  const one =
    'identifier' in by
      ? rows.where('identifier', '=', by.identifier)
      : rows.where('reference', '=', by.reference)
  return (await one.executeTakeFirst()) ?? null
}

/** The blocks as they were proposed, in that order. */
export async function readBlocks(db: Db, identifier: string): Promise<SerialBlock[]> {
  const { rows } = await sql<SeriesRow>`SELECT ${seriesOf('b')} FROM transaction_block b
    WHERE b.transaction = ${identifier} ORDER BY b.position`.execute(db)
  return rows.map(blockOf)
}

export async function toWireTransaction(db: Db, row: TransactionRow): Promise<WireTransaction> {
  const { attestation_number: number, attestation_year: year, ended_at: ended } = row
  const hasAttestation = number !== null && year !== null && ended !== null
  return {
    identifier: row.identifier,
    reference: row.reference,
    status: row.status,
    quantity: row.quantity,
    blocks: toWireBlocks(await readBlocks(db, row.identifier)),
    codes: row.codes,
    attestation: hasAttestation
      ? { reference: attestationReference(number, year), completed_at: ended.toISOString() }
      : null,
  }
}

type Move = {
  readonly to: TransactionStatus
  readonly now: Date
  readonly codes?: readonly number[]
  readonly attestation?: { readonly number: number; readonly year: number }
}

/** Moves a locked transaction on, as the table of states allows, and writes it into the audit trail. */
export async function moveTransaction(
  trx: Trx,
  row: TransactionRow,
  move: Move,
): Promise<TransactionRow> {
  const { to, now, codes = row.codes, attestation = null } = move
  assert(TRANSITIONS[row.status].includes(to), `status ${row.status} does not lead to ${to}`)
  const moved = await trx
    .updateTable('registry_transaction')
    .set({
      status: to,
      codes: [...codes],
      ended_at: isPending(to) ? null : now,
      attestation_number: attestation?.number ?? null,
      attestation_year: attestation?.year ?? null,
    })
    .where('identifier', '=', row.identifier)
    .where('status', '=', row.status)
    .returningAll()
    .executeTakeFirstOrThrow()
  if (!isLive(to)) await releaseUnits(trx, row.identifier)
  await record(trx, {
    at: now,
    event: 'TransactionMoved',
    account: row.holding_account,
    transaction: row.identifier,
    status_from: row.status,
    status_to: to,
    quantity: row.quantity,
    codes: [...codes],
  })
  return moved
}

/** The units are free again inside their earmark, or altogether where it was released meanwhile. */
async function releaseUnits(trx: Trx, identifier: string): Promise<void> {
  await sql`UPDATE unit_block u
    SET transaction = NULL, earmark = CASE WHEN e.released_at IS NULL THEN e.id END
    FROM earmark e WHERE e.id = u.earmark AND u.transaction = ${identifier}`.execute(trx)
  await trx
    .updateTable('transaction_block')
    .set({ live: false })
    .where('transaction', '=', identifier)
    .execute()
}
