import type { Db, Trx } from '../database.ts'
import type { Account } from './account.ts'

/** Null where there is none. */
export async function readAccount(db: Db, number: string): Promise<Account | null> {
  return (await selectAccount(db, number).executeTakeFirst()) ?? null
}

/**
 * Takes the holding account's turn until the database transaction ends. Every change to units of an account
 * begins here, so changes of one account follow each other and locks are always taken in the same order.
 */
export async function lockHoldingAccount(trx: Trx, number: string): Promise<Account | null> {
  return (await selectAccount(trx, number).forNoKeyUpdate().executeTakeFirst()) ?? null
}

/** Takes the turns of several at once, always in the same order; those that there are, by number. */
export async function lockHoldingAccounts(
  trx: Trx,
  numbers: readonly string[],
): Promise<ReadonlyMap<string, Account>> {
  const accounts = await selectAccounts(trx)
    .where('number', 'in', numbers)
    .orderBy('number')
    .forNoKeyUpdate()
    .execute()
  return new Map(accounts.map((account) => [account.number, account]))
}

/** Holds an acquiring account's state still, together with others that do. */
export async function shareAccount(trx: Trx, number: string): Promise<Account | null> {
  return (await selectAccount(trx, number).forShare().executeTakeFirst()) ?? null
}

function selectAccount(db: Db, number: string) {
  return selectAccounts(db).where('number', '=', number)
}

function selectAccounts(db: Db) {
  return db.selectFrom('account').select(['number', 'type', 'commitment_period', 'holder', 'state'])
}
