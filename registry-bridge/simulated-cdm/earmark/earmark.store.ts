import { sql } from 'kysely'
import type { EarmarkReply, EarmarkRequest } from '../../cdm-http/wire.ts'
import { parseSerialBlock, totalUnitCount } from '../../serial-block.ts'
import { lockHoldingAccount } from '../account/account.store.ts'
import { checkHoldingAccount } from '../account/account.ts'
import { record } from '../audit.ts'
import { type Db, isConflictOn, type Trx } from '../database.ts'
import { type Outcome, ok, refused } from '../outcome.ts'
import { requestHash } from '../request-hash.ts'
import { readBlocks } from '../unit/request.ts'
import {
  readBalances,
  readOverlaps,
  refreshUnitStatistics,
  setUnitsAside,
} from '../unit/unit.store.ts'
import { checkBalance, checkEarmarkable } from '../unit/unit.ts'
import { toWireAttributes } from '../unit/wire-attributes.ts'

export type WireEarmark = EarmarkReply['earmark']

/** So many may have split so many rows that the database has to look at them anew. */
const MANY_BLOCKS = 500

/** Sets free blocks of one holding account and of one set of attributes aside. The same request again: the same answer. */
export async function makeEarmark(
  db: Db,
  request: EarmarkRequest,
  now: Date,
): Promise<Outcome<WireEarmark>> {
  try {
    const outcome = await db.transaction().execute((trx) => makeInTransaction(trx, request, now))
    if (request.blocks.length >= MANY_BLOCKS) await refreshUnitStatistics(db)
    return outcome
  } catch (error) {
    // Two accounts at once under one reference: the later one finds it taken.
    if (isConflictOn(error, 'earmark_reference_key')) return refused(9002)
    throw error
  }
}

async function makeInTransaction(
  trx: Trx,
  request: EarmarkRequest,
  now: Date,
): Promise<Outcome<WireEarmark>> {
  const account = await lockHoldingAccount(trx, request.holding_account)
  const hash = requestHash(request.holding_account, request.blocks)
  const made = await readEarmark(trx, request.reference)
  if (made !== null) {
    if (made.request_hash !== hash) return refused(9002)
    return made.released_at === null ? ok(toWireEarmark(made)) : refused(9010)
  }

  const ofAccount = checkHoldingAccount(request.holding_account, account)
  if (ofAccount.length > 0) return refused(...ofAccount)
  const { blocks, codes } = readBlocks(request.blocks)
  if (codes.length > 0) return refused(...codes)
  const balances = await readBalances(trx, request.holding_account)
  const overlaps = await readOverlaps(trx, blocks)
  const ofUnits = [
    ...checkBalance(blocks, balances),
    ...checkEarmarkable(request.holding_account, blocks, overlaps),
  ]
  const [first] = overlaps
  if (ofUnits.length > 0 || first === undefined) return refused(...ofUnits)

  const row = await trx
    .insertInto('earmark')
    .values({
      reference: request.reference,
      request_hash: hash,
      holding_account: request.holding_account,
      quantity: totalUnitCount(blocks),
      blocks: JSON.stringify(request.blocks),
      vintage: first.unit.vintage,
      made_at: now,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  await setUnitsAside(trx, blocks, overlaps, { earmark: row.id })
  const { reference: earmark, holding_account, quantity } = row
  await record(trx, { at: now, event: 'EarmarkMade', account: holding_account, earmark, quantity })
  return ok(toWireEarmark(row))
}

/** Frees units of the earmark that are neither cancelled nor pending; pending ones become free when their transaction ends. */
export async function releaseEarmark(
  db: Db,
  reference: string,
  now: Date,
): Promise<Outcome<{ readonly released: number }>> {
  const found = await readEarmark(db, reference)
  if (found === null) return refused(9009)
  return db.transaction().execute(async (trx) => {
    await lockHoldingAccount(trx, found.holding_account)
    const earmark = await readEarmark(trx, reference)
    if (earmark === null) return refused(9009)
    if (earmark.released_quantity !== null) return ok({ released: earmark.released_quantity })

    const { rows } = await sql<{ count: number }>`
      UPDATE unit_block SET earmark = NULL WHERE earmark = ${earmark.id} AND transaction IS NULL
      RETURNING upper(units) - lower(units) AS count`.execute(trx)
    const released = rows.reduce((sum, row) => sum + row.count, 0)
    await trx
      .updateTable('earmark')
      .set({ released_quantity: released, released_at: now })
      .where('id', '=', earmark.id)
      .execute()
    const { holding_account: account } = earmark
    await record(trx, {
      at: now,
      event: 'EarmarkReleased',
      account,
      earmark: reference,
      quantity: released,
    })
    return ok({ released })
  })
}

type EarmarkRow = NonNullable<Awaited<ReturnType<typeof readEarmark>>>

async function readEarmark(db: Db, reference: string) {
  const rows = db.selectFrom('earmark').selectAll().where('reference', '=', reference)
  return (await rows.executeTakeFirst()) ?? null
}

function toWireEarmark(row: EarmarkRow): WireEarmark {
  const [first] = row.blocks
  const parsed = parseSerialBlock(first?.start ?? '', first?.end ?? '')
  if (parsed.kind !== 'ok') throw new Error(`Earmark ${row.reference} has no block`)
  const { block } = parsed
  return {
    reference: row.reference,
    holding_account: row.holding_account,
    blocks: row.blocks,
    quantity: row.quantity,
    attributes: toWireAttributes({ ...block, vintage: row.vintage }),
  }
}
