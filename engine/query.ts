/** A query made ready for matching. */
import { isNumbering, isPrice, isQuantity, isTotal } from './bounds.ts'
import type { Query, Rejected, SellerId } from './command.ts'
import { type Matcher, readFilter } from './matcher.ts'
import type { Offer } from './offer.ts'
import { rejected } from './rejection.ts'

/** A checked query with every absent limit filled in. */
export type Wanted = {
  /** Infinity with a budget. */
  readonly quantityTonnes: number
  /** Infinity without one. */
  readonly budgetMinor: number
  readonly maxPriceMinor: number
  readonly maxTotalMinor: number
  readonly allOrNone: boolean
  readonly matches: (offer: Offer) => boolean
}

/**
 * Checks a query and compiles its filter. Refused as InvalidQuantity (also for both or neither of quantity and budget,
 * and when `allOrNone` is not a boolean), InvalidSeller, InvalidFilter or InvalidLimit (also for a budget).
 */
export function readQuery(query: Query): Wanted | Rejected {
  if (typeof query !== 'object' || query === null) return rejected('InvalidQuantity')
  const { quantityTonnes, budgetMinor, maxPriceMinor, maxTotalMinor, allOrNone, buyer } = query
  if ((quantityTonnes === undefined) === (budgetMinor === undefined)) {
    return rejected('InvalidQuantity')
  }
  if (quantityTonnes !== undefined && !isQuantity(quantityTonnes)) {
    return rejected('InvalidQuantity')
  }
  if (typeof allOrNone !== 'boolean') return rejected('InvalidQuantity')
  if (buyer !== undefined && !isNumbering(buyer)) return rejected('InvalidSeller')
  const matcher = readFilter(query.filter)
  if (!matcher) return rejected('InvalidFilter')
  if (maxPriceMinor !== undefined && !isPrice(maxPriceMinor)) return rejected('InvalidLimit')
  if (maxTotalMinor !== undefined && !isTotal(maxTotalMinor)) return rejected('InvalidLimit')
  if (budgetMinor !== undefined && !isTotal(budgetMinor)) return rejected('InvalidLimit')
  return {
    quantityTonnes: quantityTonnes ?? Number.POSITIVE_INFINITY,
    budgetMinor: budgetMinor ?? Number.POSITIVE_INFINITY,
    maxPriceMinor: maxPriceMinor ?? Number.POSITIVE_INFINITY,
    maxTotalMinor: maxTotalMinor ?? Number.POSITIVE_INFINITY,
    allOrNone,
    matches: passingOver(buyer, matcher),
  }
}

function passingOver(buyer: SellerId | undefined, matches: Matcher): (offer: Offer) => boolean {
  return (offer) => offer.seller !== buyer && matches(offer.attributes)
}
