/** The states of a transaction, by the status numbers of the field. */
import type { TransactionStatus } from '../../registry.ts'
import { isSameSeries, type SerialBlock, totalUnitCount } from '../../serial-block.ts'
import { type Account, checkState, HOLDING, VOLUNTARY_CANCELLATION } from '../account/account.ts'
import type { UnitBlock } from '../unit/unit.ts'

export const PROPOSED = 1
export const CHECKED = 2
export const DISCREPANCY = 3
export const COMPLETED = 4
export const TERMINATED = 5
export const CANCELLED = 7

/** From each status, where it can go. 6 (rejected) is never reached here: what this registry rejects gets no transaction. */
export const TRANSITIONS: Readonly<Record<TransactionStatus, readonly TransactionStatus[]>> = {
  [PROPOSED]: [CHECKED, DISCREPANCY, TERMINATED, CANCELLED],
  [CHECKED]: [COMPLETED, TERMINATED, CANCELLED],
  [DISCREPANCY]: [TERMINATED],
  [COMPLETED]: [],
  [TERMINATED]: [],
  6: [],
  [CANCELLED]: [],
}

/** Its units are set aside for it. */
export function isPending(status: TransactionStatus): boolean {
  return TRANSITIONS[status].length > 0
}

/** Its units are set aside for it, or cancelled by it. */
export function isLive(status: TransactionStatus): boolean {
  return isPending(status) || status === COMPLETED
}

/** `VC<n>/<year>`. */
export function attestationReference(number: number, year: number): string {
  return `VC${number}/${year}`
}

/** What the registry's own checks look at, between proposal and completion. */
export type CheckFacts = {
  readonly holding: Account
  readonly acquiring: Account
  readonly applicablePeriod: number
  readonly blocks: readonly SerialBlock[]
  /** Rows of the books that the transaction has set aside. */
  readonly units: readonly UnitBlock[]
  /** Codes that the simulation was told to answer. */
  readonly planted: readonly number[]
}

/** Discrepancies, each code once, in the order of their numbers; empty where there are none. */
export function checkTransaction(facts: CheckFacts): number[] {
  const { holding, acquiring, units, blocks } = facts
  const codes = new Set<number>([...facts.planted, ...checkState(holding)])
  if (acquiring.state === 'closed') codes.add(2003)
  if (acquiring.type !== VOLUNTARY_CANCELLATION) codes.add(5153)
  if (acquiring.commitment_period !== facts.applicablePeriod) codes.add(5155)
  if (units.length === 0) codes.add(4012)
  const isElsewhere = units.some((unit) => unit.account !== holding.number)
  const isMissing = totalUnitCount(units.map((unit) => unit.block)) !== totalUnitCount(blocks)
  if (isElsewhere || isMissing) codes.add(4003)
  if (units.some((unit) => unit.accountType !== HOLDING)) codes.add(4011)
  if (units.some((unit) => !blocks.some((block) => isSameSeries(block, unit.block))))
    codes.add(4004)
  return [...codes].sort((one, other) => one - other)
}
