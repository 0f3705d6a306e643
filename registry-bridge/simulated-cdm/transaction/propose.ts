import { sql } from 'kysely'
import type { ProposeRequest } from '../../cdm-http/wire.ts'
import { type SerialBlock, totalUnitCount } from '../../serial-block.ts'
import { lockHoldingAccount, shareAccount } from '../account/account.store.ts'
import {
  cancellationAccountNumber,
  checkAcquiringAccount,
  checkHoldingAccount,
  REGISTRY_CODE,
} from '../account/account.ts'
import { record } from '../audit.ts'
import { type Db, isConflictOn, type Trx } from '../database.ts'
import { type Outcome, ok, refused } from '../outcome.ts'
import { requestHash } from '../request-hash.ts'
import { checkOnePeriod, readBlocks } from '../unit/request.ts'
import { readBalances, readOverlaps, setUnitsAside } from '../unit/unit.store.ts'
import { checkBalance, checkProposable } from '../unit/unit.ts'
import { readTransaction, type TransactionRow } from './transaction.store.ts'
import { PROPOSED } from './transaction.ts'

export type ProposalSettings = {
  /** Milliseconds from the proposal to the registry's checks. */
  readonly checkDelayMs: number
  /** Milliseconds after which an unfinished transaction is cancelled (7); the field's 24 h is indicative. */
  readonly transactionTimeoutMs: number
  /** Check 1006. */
  readonly oneTransactionAtATime: boolean
}

export type Proposed = { readonly row: TransactionRow; readonly isNew: boolean }

/** Validates a proposal and sets its units aside: status 1. The same request again: the transaction as it stands. */
export async function propose(
  db: Db,
  request: ProposeRequest,
  settings: ProposalSettings,
  now: Date,
): Promise<Outcome<Proposed>> {
  try {
    return await db
      .transaction()
      .execute((trx) => proposeInTransaction(trx, request, settings, now))
  } catch (error) {
    // Two accounts at once under one reference: the later one finds it taken.
    if (isConflictOn(error, 'registry_transaction_reference_key')) return refused(9002)
    throw error
  }
}

async function proposeInTransaction(
  trx: Trx,
  request: ProposeRequest,
  settings: ProposalSettings,
  now: Date,
): Promise<Outcome<Proposed>> {
  const { holding_account: number, reference } = request
  const account = await lockHoldingAccount(trx, number)
  const made = await readTransaction(trx, { reference })
  if (made !== null)
    return made.request_hash === hashOf(request) ? ok({ row: made, isNew: false }) : refused(9002)

  const registry = await trx.selectFrom('registry').selectAll().executeTakeFirstOrThrow()
  if (!registry.is_open) return refused(9005)
  if (registry.reconciling) return refused(3016)
  const ofAccount = checkHoldingAccount(number, account)
  if (ofAccount.length > 0) return refused(...ofAccount)
  if (settings.oneTransactionAtATime && (await hasPending(trx, number))) return refused(1006)

  const { blocks, codes } = readBlocks(request.blocks)
  const ofRequest = codes.length > 0 ? codes : checkOnePeriod(blocks)
  const [first] = blocks
  if (ofRequest.length > 0 || first === undefined) return refused(...ofRequest)

  const acquiring =
    request.acquiring_account ?? cancellationAccountNumber(first.applicableCommitmentPeriod)
  const ofAcquiring = checkAcquiringAccount(acquiring, await shareAccount(trx, acquiring))
  if (ofAcquiring.length > 0) return refused(...ofAcquiring)

  const balances = await readBalances(trx, number)
  const overlaps = await readOverlaps(trx, blocks)
  const ofUnits = [...checkBalance(blocks, balances), ...checkProposable(number, blocks, overlaps)]
  if (ofUnits.length > 0) return refused(...ofUnits)

  const row = await insertTransaction(trx, request, { acquiring, blocks, settings, now })
  await insertBlocks(trx, row.identifier, blocks)
  await setUnitsAside(trx, [{ blocks, overlaps, mark: { transaction: row.identifier } }])
  await record(trx, {
    at: now,
    event: 'TransactionProposed',
    account: number,
    transaction: row.identifier,
    status_to: PROPOSED,
    quantity: row.quantity,
  })
  return ok({ row, isNew: true })
}

function hashOf(request: ProposeRequest): string {
  const { holding_account, acquiring_account = null, blocks, beneficiary, purpose } = request
  return requestHash(holding_account, acquiring_account, blocks, beneficiary, purpose)
}

async function hasPending(trx: Trx, account: string): Promise<boolean> {
  const pending = trx
    .selectFrom('registry_transaction')
    .select('identifier')
    .where('holding_account', '=', account)
    .where('status', 'in', [1, 2, 3])
  return (await pending.executeTakeFirst()) !== undefined
}

async function insertTransaction(
  trx: Trx,
  request: ProposeRequest,
  proposal: {
    readonly acquiring: string
    readonly blocks: readonly SerialBlock[]
    readonly settings: ProposalSettings
    readonly now: Date
  },
): Promise<TransactionRow> {
  const { acquiring, blocks, settings, now } = proposal
  return trx
    .insertInto('registry_transaction')
    .values({
      identifier: sql<string>`${REGISTRY_CODE}::text || nextval('transaction_number')`,
      reference: request.reference,
      request_hash: hashOf(request),
      holding_account: request.holding_account,
      acquiring_account: acquiring,
      status: PROPOSED,
      quantity: totalUnitCount(blocks),
      applicable_period: blocks[0]?.applicableCommitmentPeriod ?? 0,
      beneficiary: request.beneficiary,
      purpose: request.purpose,
      one_at_a_time: settings.oneTransactionAtATime,
      proposed_at: now,
      check_due_at: new Date(now.getTime() + settings.checkDelayMs),
      expires_at: new Date(now.getTime() + settings.transactionTimeoutMs),
    })
    .returningAll()
    .executeTakeFirstOrThrow()
}

async function insertBlocks(
  trx: Trx,
  identifier: string,
  blocks: readonly SerialBlock[],
): Promise<void> {
  const of = (part: (block: SerialBlock) => string | number) => blocks.map(part)
  await sql`
    INSERT INTO transaction_block (transaction, position, originating_party, unit_type, units, original_period,
      applicable_period, lulucf_activity, project_identifier, live)
    SELECT ${identifier}, b.position, b.party, b.type, int8range(b.first, b.last, '[]'), b.original,
      b.applicable, b.lulucf, b.project, true
    FROM unnest(${of((block) => block.originatingParty)}::text[], ${of((block) => block.unitType)}::smallint[],
      ${of((block) => block.start)}::int8[], ${of((block) => block.end)}::int8[],
      ${of((block) => block.originalCommitmentPeriod)}::smallint[],
      ${of((block) => block.applicableCommitmentPeriod)}::smallint[],
      ${of((block) => block.lulucfActivity)}::smallint[],
      ${of((block) => block.projectIdentifier)}::int[])
      WITH ORDINALITY AS b(party, type, first, last, original, applicable, lulucf, project, position)`.execute(
    trx,
  )
}
