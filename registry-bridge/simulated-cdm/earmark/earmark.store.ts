import assert from 'node:assert/strict'
import { type Selectable, sql } from 'kysely'
import type { EarmarkReply, EarmarkRequest } from '../../cdm-http/wire.ts'
import { gathered } from '../../gathered.ts'
import { parseSerialBlock, type SerialBlock, totalUnitCount } from '../../serial-block.ts'
import { lockHoldingAccount, lockHoldingAccounts } from '../account/account.store.ts'
import { type Account, checkHoldingAccount } from '../account/account.ts'
import { record } from '../audit.ts'
import { type Db, isConflictOn, type Tables, type Trx } from '../database.ts'
import { type Outcome, ok, refused } from '../outcome.ts'
import { requestHash } from '../request-hash.ts'
import { readBlocks } from '../unit/request.ts'
import {
  readBalancesOf,
  readOverlaps,
  refreshUnitStatistics,
  setUnitsAside,
} from '../unit/unit.store.ts'
import { type Balance, checkBalance, checkEarmarkable, type Overlap } from '../unit/unit.ts'
import { toWireAttributes } from '../unit/wire-attributes.ts'

export type WireEarmark = EarmarkReply['earmark']

/** So many may have split so many rows that the database has to look at them anew. */
const MANY_BLOCKS = 500

type Earmarking = { readonly request: EarmarkRequest; readonly now: Date }

/**
 * Sets free blocks of one holding account and of one set of attributes aside. The same request again: the same answer. What
 * comes at the same time for several accounts is one database transaction; for one account, one after another.
 */
export function earmarkMaking(db: Db): (earmarking: Earmarking) => Promise<Outcome<WireEarmark>> {
  return gathered(
    (all: readonly Earmarking[]) => makeEarmarks(db, all),
    ({ request }) => request.holding_account,
  )
}

async function makeEarmarks(
  db: Db,
  all: readonly Earmarking[],
): Promise<readonly Outcome<WireEarmark>[]> {
  try {
    const outcomes = await db.transaction().execute((trx) => makeInTransaction(trx, all))
    const isLarge = all.some(({ request }) => request.blocks.length >= MANY_BLOCKS)
    if (isLarge) await refreshUnitStatistics(db)
    return outcomes
  } catch (error) {
    if (!isConflictOn(error, 'earmark_reference_key')) throw error
    // Two accounts at once under one reference: the later one finds it taken.
    if (all.length === 1) return [refused(9002)]
    const outcomes: Outcome<WireEarmark>[] = []
    for (const one of all) outcomes.push(...(await makeEarmarks(db, [one])))
    return outcomes
  }
}

/** A request that may have what it asks for, as far as was looked. */
type Candidate = Earmarking & { readonly blocks: readonly SerialBlock[] }
/** Its units were found free. */
type Granted = Candidate & { readonly overlaps: readonly Overlap[]; readonly vintage: number }

/** Each of another account: nothing that is done for one changes what is found for the next. */
async function makeInTransaction(
  trx: Trx,
  all: readonly Earmarking[],
): Promise<readonly Outcome<WireEarmark>[]> {
  const numbers = all.map(({ request }) => request.holding_account)
  const accounts = await lockHoldingAccounts(trx, numbers)
  const made = await readEarmarks(
    trx,
    all.map(({ request }) => request.reference),
  )
  const asked = all.map((one) => {
    const { reference, holding_account: number } = one.request
    const before = made.get(reference)
    return before ? madeBefore(before, one.request) : candidate(one, accounts.get(number) ?? null)
  })
  const looked = await lookForUnits(
    trx,
    asked.flatMap((one) => ('kind' in one ? [] : [one])),
  )
  const outcomes = asked.map((one) => ('kind' in one ? one : (looked.get(one) ?? refused())))
  const granted = outcomes.flatMap((one) => ('kind' in one ? [] : [one]))
  const earmarks = granted.length === 0 ? [] : await storeEarmarks(trx, granted)
  return outcomes.map((one) => {
    if ('kind' in one) return one
    const earmark = earmarks.find(({ reference }) => reference === one.request.reference)
    assert(earmark, 'what was granted is stored')
    return ok(toWireEarmark(earmark))
  })
}

function madeBefore(made: EarmarkRow, request: EarmarkRequest): Outcome<WireEarmark> {
  if (made.request_hash !== hashOf(request)) return refused(9002)
  return made.released_at === null ? ok(toWireEarmark(made)) : refused(9010)
}

function candidate(one: Earmarking, account: Account | null): Outcome<never> | Candidate {
  const ofAccount = checkHoldingAccount(one.request.holding_account, account)
  if (ofAccount.length > 0) return refused(...ofAccount)
  const { blocks, codes } = readBlocks(one.request.blocks)
  return codes.length > 0 ? refused(...codes) : { ...one, blocks }
}

async function lookForUnits(
  trx: Trx,
  candidates: readonly Candidate[],
): Promise<ReadonlyMap<Candidate, Outcome<never> | Granted>> {
  if (candidates.length === 0) return new Map()
  const numbers = candidates.map(({ request }) => request.holding_account)
  const balances = await readBalancesOf(trx, numbers)
  const all = await readOverlaps(
    trx,
    candidates.flatMap(({ blocks }) => blocks),
  )
  let from = 0
  return new Map(
    candidates.map((one) => {
      const first = from
      from += one.blocks.length
      const overlaps = all
        .filter(({ wanted }) => wanted >= first && wanted < first + one.blocks.length)
        .map(({ wanted, unit }) => ({ wanted: wanted - first, unit }))
      return [one, grant(one, balances.get(one.request.holding_account) ?? [], overlaps)]
    }),
  )
}

function grant(
  one: Candidate,
  balances: readonly Balance[],
  overlaps: readonly Overlap[],
): Outcome<never> | Granted {
  const ofUnits = [
    ...checkBalance(one.blocks, balances),
    ...checkEarmarkable(one.request.holding_account, one.blocks, overlaps),
  ]
  const [first] = overlaps
  if (ofUnits.length > 0 || first === undefined) return refused(...ofUnits)
  return { ...one, overlaps, vintage: first.unit.vintage }
}

async function storeEarmarks(trx: Trx, granted: readonly Granted[]): Promise<EarmarkRow[]> {
  const rows = await trx
    .insertInto('earmark')
    .values(
      granted.map(({ request, blocks, vintage, now }) => ({
        reference: request.reference,
        request_hash: hashOf(request),
        holding_account: request.holding_account,
        quantity: totalUnitCount(blocks),
        blocks: JSON.stringify(request.blocks),
        vintage,
        made_at: now,
      })),
    )
    .returningAll()
    .execute()
  const idOf = new Map(rows.map(({ reference, id }) => [reference, id]))
  await setUnitsAside(
    trx,
    granted.map(({ blocks, overlaps, request }) => {
      const earmark = idOf.get(request.reference)
      assert(earmark, 'what is set aside has an earmark')
      return { blocks, overlaps, mark: { earmark } }
    }),
  )
  await record(
    trx,
    ...rows.map(({ reference: earmark, holding_account: account, quantity, made_at: at }) => ({
      at,
      event: 'EarmarkMade',
      account,
      earmark,
      quantity,
    })),
  )
  return rows
}

const hashOf = ({ holding_account, blocks }: EarmarkRequest) => requestHash(holding_account, blocks)

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

type EarmarkRow = Selectable<Tables['earmark']>

async function readEarmark(db: Db, reference: string): Promise<EarmarkRow | null> {
  return (await readEarmarks(db, [reference])).get(reference) ?? null
}

/** Those that there are, by reference. */
async function readEarmarks(
  db: Db,
  references: readonly string[],
): Promise<ReadonlyMap<string, EarmarkRow>> {
  const rows = await db
    .selectFrom('earmark')
    .selectAll()
    .where('reference', 'in', references)
    .execute()
  return new Map(rows.map((row) => [row.reference, row]))
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
