/** A registry's account: `<registry>-<type>-<id>-<commitment period>-<check digits>`. */
export type AccountNumber = {
  /** Letters of the registry: a Party's two, or a registry's own such as CDM. */
  readonly registry: string
  readonly type: AccountType
  /** Up to 15 digits, 1 or more. */
  readonly identifier: number
  /** 0 to 99. 0 where an account is not bound to one: the simulated registry writes its holding accounts so, the sources are silent. */
  readonly commitmentPeriod: number
}

/** 100 holding · 110 pending (indicative) · 230 voluntary cancellation · 250 mandatory cancellation · 300 retirement. */
export const ACCOUNT_TYPES = [100, 110, 230, 250, 300] as const
export type AccountType = (typeof ACCOUNT_TYPES)[number]

export const ACCOUNT_NUMBER_PROBLEMS = [
  'form_invalid',
  'type_unknown',
  'check_digits_wrong',
] as const
export type AccountNumberProblem = (typeof ACCOUNT_NUMBER_PROBLEMS)[number]

export type ParsedAccountNumber =
  | { readonly kind: 'ok'; readonly account: AccountNumber }
  | { readonly kind: 'invalid'; readonly problem: AccountNumberProblem }

const FORM = /^([A-Z]{2,3})-([0-9]{3})-([1-9][0-9]{0,14})-(0|[1-9][0-9]?)-([0-9]{1,2})$/

/** Reads an account number and verifies its check digits (a registry's check 1001). */
export function parseAccountNumber(text: string): ParsedAccountNumber {
  const match = FORM.exec(text)
  if (match === null) return { kind: 'invalid', problem: 'form_invalid' }
  const [, registry = '', type, identifier, commitmentPeriod, digits] = match
  if (!isAccountType(Number(type))) return { kind: 'invalid', problem: 'type_unknown' }
  const account: AccountNumber = {
    registry,
    type: Number(type) as AccountType,
    identifier: Number(identifier),
    commitmentPeriod: Number(commitmentPeriod),
  }
  if ((checkNumber(account) + BigInt(digits ?? 0)) % 97n !== 1n)
    return { kind: 'invalid', problem: 'check_digits_wrong' }
  return { kind: 'ok', account }
}

/** With its check digits. Below ten they print as one digit: like every other part, no leading zero. */
export function formatAccountNumber(account: AccountNumber): string {
  const { registry, type, identifier, commitmentPeriod } = account
  return [registry, type, identifier, commitmentPeriod, checkDigits(account)].join('-')
}

/** 2 to 98: 98 − (N mod 97), by which N with its check digits mod 97 is 1. */
export function checkDigits(account: AccountNumber): number {
  return Number(98n - (checkNumber(account) % 97n))
}

/** N: identifier, registry letters as A=10 … Z=35, type as 3 digits, period as 2 digits, "00". */
function checkNumber(account: AccountNumber): bigint {
  // The field writes the United Kingdom's accounts GB and checks them as UK.
  const letters = account.registry === 'GB' ? 'UK' : account.registry
  const numbers = [...letters].map((letter) => letter.charCodeAt(0) - 55).join('')
  const period = String(account.commitmentPeriod).padStart(2, '0')
  return BigInt(`${account.identifier}${numbers}${account.type}${period}00`)
}

function isAccountType(type: number): type is AccountType {
  return (ACCOUNT_TYPES as readonly number[]).includes(type)
}
