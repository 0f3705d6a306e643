import {
  type AccountNumber,
  formatAccountNumber,
  parseAccountNumber,
} from '../../account-number.ts'
import type { ResponseCode } from '../../response-code.ts'

export type AccountState = 'open' | 'suspended' | 'closed'

export type Account = {
  readonly number: string
  readonly type: number
  /** 0 where the account is not bound to one. */
  readonly commitment_period: number
  readonly holder: string
  readonly state: AccountState
}

/** The letters of every account and transaction of this registry. */
export const REGISTRY_CODE = 'CDM'
export const HOLDING = 100
export const VOLUNTARY_CANCELLATION = 230

/** Holding accounts hold units of both commitment periods; the sources are silent on the part, 0 stands for both. */
export function holdingAccountNumber(identifier: number): string {
  return numberOf({ type: HOLDING, identifier, commitmentPeriod: 0 })
}

/** One for each applicable commitment period. */
export function cancellationAccountNumber(commitmentPeriod: number): string {
  return numberOf({ type: VOLUNTARY_CANCELLATION, identifier: 1, commitmentPeriod })
}

/** Why this account cannot give units; `account` is null where the registry knows none. */
export function checkHoldingAccount(number: string, account: Account | null): ResponseCode[] {
  const parsed = parseAccountNumber(number)
  if (parsed.kind === 'invalid' && parsed.problem === 'check_digits_wrong') return [1001]
  if (account === null || account.type !== HOLDING) return [1002]
  return checkState(account)
}

/** Why this account cannot take cancelled units. Whether its period fits is for the later checks. */
export function checkAcquiringAccount(number: string, account: Account | null): ResponseCode[] {
  const parsed = parseAccountNumber(number)
  if (parsed.kind === 'invalid' && parsed.problem === 'check_digits_wrong') return [1001]
  if (account === null) return [1002]
  if (account.type !== VOLUNTARY_CANCELLATION) return [2007]
  return account.state === 'closed' ? [2003] : []
}

/** 1003 closed, 1004 suspended. */
export function checkState(account: Account): ResponseCode[] {
  if (account.state === 'closed') return [1003]
  return account.state === 'suspended' ? [1004] : []
}

function numberOf(account: Omit<AccountNumber, 'registry'>): string {
  return formatAccountNumber({ registry: REGISTRY_CODE, ...account })
}
