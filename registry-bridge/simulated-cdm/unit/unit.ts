/** Units as the registry's books have them, and what keeps some of them from being earmarked or cancelled. */
import type { ResponseCode } from '../../response-code.ts'
import { isSameSeries, type SerialBlock, unitCount } from '../../serial-block.ts'
import { HOLDING } from '../account/account.ts'

/** A row of the books: units that share attributes, account, earmark and transaction. */
export type UnitBlock = {
  readonly id: number
  readonly block: SerialBlock
  readonly vintage: number
  readonly account: string
  readonly accountType: number
  readonly earmark: number | null
  readonly transaction: string | null
}

/** A row of the books that shares unit numbers with the wanted block at this index. */
export type Overlap = { readonly wanted: number; readonly unit: UnitBlock }

/** Units of one account, by unit type and applicable commitment period. */
export type Balance = {
  readonly unitType: number
  readonly applicablePeriod: number
  readonly quantity: number
}

/** 3005 where more is wanted of a unit type and period than the account holds. */
export function checkBalance(
  wanted: readonly SerialBlock[],
  balances: readonly Balance[],
): ResponseCode[] {
  const left = new Map<string, number>()
  for (const { unitType, applicablePeriod, quantity } of balances)
    left.set(`${unitType}-${applicablePeriod}`, quantity)
  for (const block of wanted) {
    const key = `${block.unitType}-${block.applicableCommitmentPeriod}`
    left.set(key, (left.get(key) ?? 0) - unitCount(block))
  }
  return [...left.values()].some((quantity) => quantity < 0) ? [3005] : []
}

/** Why these blocks of this account cannot be earmarked. */
export function checkEarmarkable(
  account: string,
  wanted: readonly SerialBlock[],
  overlaps: readonly Overlap[],
): ResponseCode[] {
  const codes = checkHeld(account, wanted, overlaps)
  if (codes.length > 0) return codes
  if (overlaps.some(({ unit }) => unit.earmark !== null)) return [9008]
  const [first] = overlaps
  const isMixed = overlaps.some(
    ({ unit }) =>
      first !== undefined &&
      !(isSameSeries(unit.block, first.unit.block) && unit.vintage === first.unit.vintage),
  )
  return isMixed ? [4004] : []
}

/** Why these blocks of this account cannot be proposed. Each has to lie within one live earmark. */
export function checkProposable(
  account: string,
  wanted: readonly SerialBlock[],
  overlaps: readonly Overlap[],
): ResponseCode[] {
  const codes = checkHeld(account, wanted, overlaps)
  if (codes.length > 0) return codes
  const earmarks = new Map<number, number>()
  for (const { wanted: index, unit } of overlaps) {
    if (unit.earmark === null || (earmarks.get(index) ?? unit.earmark) !== unit.earmark)
      return [9001]
    earmarks.set(index, unit.earmark)
  }
  return []
}

/** Cancelled 4011, in another transaction 4010, attributes unlike the books 4004, not in this account 4003. */
function checkHeld(
  account: string,
  wanted: readonly SerialBlock[],
  overlaps: readonly Overlap[],
): ResponseCode[] {
  const codes = new Set<ResponseCode>()
  const found = wanted.map(() => 0)
  for (const { wanted: index, unit } of overlaps) {
    const block = wanted[index]
    if (block === undefined) continue
    found[index] = (found[index] ?? 0) + commonCount(block, unit.block)
    if (unit.accountType !== HOLDING) codes.add(4011)
    else if (unit.account !== account) codes.add(4003)
    else if (!isSameSeries(unit.block, block)) codes.add(4004)
    else if (unit.transaction !== null) codes.add(4010)
  }
  if (wanted.some((block, index) => found[index] !== unitCount(block))) codes.add(4003)
  return [...codes]
}

/** A run of unit numbers, both ends inclusive. */
export type Run = { readonly start: number; readonly end: number }

/**
 * Cuts wanted runs out of a row: runs in ascending order that cover the row exactly. The row itself keeps the first,
 * the low end; the others become rows of their own. `wanted` may reach beyond the row, and does not overlap itself.
 */
export function cutRun(row: Run, wanted: readonly Run[]): (Run & { readonly isWanted: boolean })[] {
  const runs: (Run & { readonly isWanted: boolean })[] = []
  let next = row.start
  for (const run of wanted.toSorted((one, other) => one.start - other.start)) {
    const start = Math.max(run.start, row.start)
    const end = Math.min(run.end, row.end)
    if (start > end) continue
    if (next < start) runs.push({ start: next, end: start - 1, isWanted: false })
    runs.push({ start, end, isWanted: true })
    next = end + 1
  }
  if (next <= row.end) runs.push({ start: next, end: row.end, isWanted: false })
  return runs
}

/** Unit numbers in common, whatever the other parts say. */
function commonCount(one: Run, other: Run): number {
  return Math.max(0, Math.min(one.end, other.end) - Math.max(one.start, other.start) + 1)
}
