/** Price-time matching inside a filter. Reads the ladder, changes nothing. */
import type { Fill, Rejected } from './command.ts'
import type { Ladder } from './ladder.ts'
import type { Offer } from './offer.ts'
import type { Wanted } from './query.ts'
import { rejected } from './rejection.ts'

/** Fills with the offers they take from, and their exact cost in minor units. */
export type Match = {
  readonly fills: readonly (Fill & { readonly from: Offer })[]
  readonly quantityTonnes: number
  readonly costMinor: bigint
}

/**
 * What a query takes now: a prefix of the offers that it may take, best price first, then earliest; only the last fill
 * may be partial. At most `maxFills` fills: passing them refuses all-or-none and shortens the rest. All-or-none on a
 * budget is filled when what is left of the money does not pay for another tonne at the last price.
 */
export function match(ladder: Ladder, wanted: Wanted, maxFills: number): Match | Rejected {
  const fills: (Fill & { from: Offer })[] = []
  let tonnesLeft = wanted.quantityTonnes
  let minorLeft = wanted.budgetMinor
  let foundTonnes = 0
  let complete = false
  let capped = false
  for (const from of candidates(ladder, wanted)) {
    const { offer, priceMinor, availableTonnes } = from
    // Exact: a quotient of safe integers never rounds up to the next whole number.
    const payable = Math.floor(minorLeft / priceMinor)
    const quantityTonnes = Math.min(availableTonnes, tonnesLeft, payable)
    if (quantityTonnes === 0) {
      complete = true
      break
    }
    if (fills.length < maxFills) fills.push({ offer, priceMinor, quantityTonnes, from })
    else capped = true
    if (capped && !wanted.allOrNone) break
    foundTonnes += quantityTonnes
    tonnesLeft -= quantityTonnes
    minorLeft -= quantityTonnes * priceMinor
    complete = tonnesLeft === 0 || minorLeft < priceMinor
    if (complete) break
  }
  if (foundTonnes === 0 && !complete) return rejected('NothingAvailable', 0)
  if (wanted.allOrNone && !complete) return rejected('NotEnoughAvailable', foundTonnes)
  if (wanted.allOrNone && capped) return rejected('TooManyFills')
  const costMinor = costOf(fills)
  if (costMinor > wanted.maxTotalMinor) return rejected('TotalLimitExceeded')
  if (foundTonnes === 0) return rejected('BudgetTooSmall')
  return { fills, quantityTonnes: foundTonnes, costMinor }
}

/** The offers that a query may take, in the order in which it takes them. */
function* candidates(ladder: Ladder, wanted: Wanted): Generator<Offer, void> {
  for (const level of ladder.levels) {
    if (level.priceMinor > wanted.maxPriceMinor) return
    for (const offer of level.queue) if (wanted.matches(offer)) yield offer
  }
}

/** Summed as bigints: one product alone may reach 10^21. */
function costOf(fills: readonly Fill[]): bigint {
  return fills.reduce(
    (sum, fill) => sum + BigInt(fill.priceMinor) * BigInt(fill.quantityTonnes),
    0n,
  )
}
