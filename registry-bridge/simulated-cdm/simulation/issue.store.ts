import { sql } from 'kysely'
import type { z } from 'zod'
import type { WireBlock } from '../../cdm-http/wire.ts'
import { formatSerialBlock, problemOf, type SerialBlock } from '../../serial-block.ts'
import { HOLDING, holdingAccountNumber } from '../account/account.ts'
import { record } from '../audit.ts'
import { type Db, isConflictOn, type Trx } from '../database.ts'
import { type Outcome, ok, refused } from '../outcome.ts'
import { refreshUnitStatistics } from '../unit/unit.store.ts'
import type { AccountsReply, AccountsRequest, unitsRequest } from './wire.ts'

type Issue = z.output<typeof unitsRequest>
type IssuedUnits = Issue['units'][number]

/** Opens holding accounts, all or none. An identifier that another holder has is refused (9002). */
export async function openAccounts(
  db: Db,
  request: AccountsRequest,
  now: Date,
): Promise<Outcome<AccountsReply>> {
  try {
    return await db.transaction().execute((trx) => openInTransaction(trx, request, now))
  } catch (error) {
    if (isConflictOn(error, 'account_pkey')) return refused(9002)
    throw error
  }
}

async function openInTransaction(
  trx: Trx,
  request: AccountsRequest,
  now: Date,
): Promise<Outcome<AccountsReply>> {
  const wanted = new Map<string, { identifier: number; holder: string }>()
  for (const { holder, identifier: wished } of request.accounts) {
    const identifier = wished ?? (await nextIdentifier(trx))
    const number = holdingAccountNumber(identifier)
    if ((wanted.get(number)?.holder ?? holder) !== holder) return refused(9002)
    wanted.set(number, { identifier, holder })
  }
  const open = await trx
    .selectFrom('account')
    .select(['number', 'holder'])
    .where('number', 'in', [...wanted.keys()])
    .execute()
  if (open.some(({ number, holder }) => wanted.get(number)?.holder !== holder)) return refused(9002)

  const isOpen = new Set(open.map(({ number }) => number))
  const accounts = [...wanted].map(([number, account]) => ({ number, ...account }))
  for (const { number, identifier, holder } of accounts) {
    if (isOpen.has(number)) continue
    await trx
      .insertInto('account')
      .values({ number, type: HOLDING, identifier, commitment_period: 0, holder })
      .execute()
    await record(trx, { at: now, event: 'AccountOpened', account: number })
  }
  return ok({ accounts: accounts.map(({ number, holder }) => ({ number, holder })) })
}

/** Issues units into holding accounts, all or none; the blocks in the order asked for. A serial that exists is refused (9011). */
export async function issueUnits(
  db: Db,
  request: Issue,
  now: Date,
): Promise<Outcome<{ readonly blocks: readonly WireBlock[] }>> {
  try {
    const outcome = await db.transaction().execute((trx) => issueInTransaction(trx, request, now))
    await refreshUnitStatistics(db)
    return outcome
  } catch (error) {
    if (isConflictOn(error, 'serial_exists_once')) return refused(9011)
    throw error
  }
}

async function issueInTransaction(
  trx: Trx,
  { projects, units }: Issue,
  now: Date,
): Promise<Outcome<{ readonly blocks: readonly WireBlock[] }>> {
  const numbers = [...new Set(units.map((unit) => unit.holding_account))]
  const known = await trx
    .selectFrom('account')
    .select('number')
    .where('number', 'in', numbers)
    .where('type', '=', HOLDING)
    .execute()
  if (known.length !== numbers.length) return refused(1002)

  const blocks = await numberUnits(trx, units)
  if (blocks.some((block) => problemOf(block) !== null)) return refused(3008)
  if (projects.length > 0)
    await trx
      .insertInto('project')
      .values(projects)
      .onConflict((conflict) =>
        conflict.column('identifier').doUpdateSet((update) => ({
          host: update.ref('excluded.host'),
          title: update.ref('excluded.title'),
        })),
      )
      .execute()
  await insertUnits(trx, units, blocks)
  await sql`INSERT INTO audit (at, event, account, quantity)
    SELECT ${now}, 'UnitsIssued', i.account, sum(i.quantity)
    FROM unnest(${units.map((unit) => unit.holding_account)}::text[],
      ${units.map((unit) => unit.quantity)}::int8[]) AS i(account, quantity)
    GROUP BY i.account`.execute(trx)
  return ok({ blocks: blocks.map((block) => formatSerialBlock(block)) })
}

/** Gives each its unit numbers: those asked for, else the next of its Party and original commitment period. */
async function numberUnits(trx: Trx, units: readonly IssuedUnits[]): Promise<SerialBlock[]> {
  const last = new Map<string, number>()
  const seriesOf = (unit: IssuedUnits) =>
    `${unit.originating_party}-${unit.original_commitment_period}`
  // In one order for everybody, so that two issues at once cannot wait for each other.
  const ordered = units.toSorted((one, other) => seriesOf(one).localeCompare(seriesOf(other)))
  for (const unit of ordered)
    if (!last.has(seriesOf(unit))) last.set(seriesOf(unit), await lockLastNumber(trx, unit))

  const blocks = units.map((unit): SerialBlock => {
    const before = last.get(seriesOf(unit)) ?? 0
    const start = unit.start ?? before + 1
    const end = start + unit.quantity - 1
    last.set(seriesOf(unit), Math.max(before, end))
    return {
      originatingParty: unit.originating_party,
      unitType: unit.unit_type,
      start,
      end,
      originalCommitmentPeriod: unit.original_commitment_period,
      applicableCommitmentPeriod: unit.applicable_commitment_period,
      lulucfActivity: unit.lulucf_activity,
      projectIdentifier: unit.project_identifier,
    }
  })
  for (const [series, number] of last) {
    const [party = '', period] = series.split('-')
    await trx
      .updateTable('unit_number')
      .set({ last: number })
      .where('originating_party', '=', party)
      .where('original_period', '=', Number(period))
      .execute()
  }
  return blocks
}

async function lockLastNumber(trx: Trx, unit: IssuedUnits): Promise<number> {
  const row = await trx
    .insertInto('unit_number')
    .values({
      originating_party: unit.originating_party,
      original_period: unit.original_commitment_period,
      last: 0,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['originating_party', 'original_period'])
        .doUpdateSet({ last: sql`unit_number.last` }),
    )
    .returning('last')
    .executeTakeFirstOrThrow()
  return row.last
}

async function insertUnits(
  trx: Trx,
  units: readonly IssuedUnits[],
  blocks: readonly SerialBlock[],
): Promise<void> {
  const of = (part: (block: SerialBlock) => string | number) => blocks.map(part)
  await sql`
    INSERT INTO unit_block (originating_party, unit_type, units, original_period, applicable_period,
      lulucf_activity, project_identifier, vintage, account)
    SELECT b.party, b.type, int8range(b.first, b.last, '[]'), b.original, b.applicable, b.lulucf, b.project,
      b.vintage, b.account
    FROM unnest(${of((block) => block.originatingParty)}::text[], ${of((block) => block.unitType)}::smallint[],
      ${of((block) => block.start)}::int8[], ${of((block) => block.end)}::int8[],
      ${of((block) => block.originalCommitmentPeriod)}::smallint[],
      ${of((block) => block.applicableCommitmentPeriod)}::smallint[],
      ${of((block) => block.lulucfActivity)}::smallint[],
      ${of((block) => block.projectIdentifier)}::int[],
      ${units.map((unit) => unit.vintage)}::smallint[], ${units.map((unit) => unit.holding_account)}::text[])
      AS b(party, type, first, last, original, applicable, lulucf, project, vintage, account)`.execute(
    trx,
  )
}

async function nextIdentifier(trx: Trx): Promise<number> {
  const { rows } = await sql<{
    next: number
  }>`SELECT nextval('account_identifier') AS next`.execute(trx)
  return rows[0]?.next ?? 0
}
