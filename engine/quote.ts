import type { Fill, Query, Quote, Rejected } from './command.ts'
import type { Matching } from './matching.ts'
import { rejected } from './rejection.ts'

/** What a query would take now. */
export function answerOf(matching: Matching, query: Query): Quote | Rejected {
  const refusal = matching.match(query)
  if (refusal) return rejected(refusal)
  const fills = new Array<Fill>(matching.fills)
  for (let fill = 0; fill < matching.fills; fill++) {
    fills[fill] = {
      offer: matching.offers[fill] as number,
      priceMinor: matching.prices[fill] as number,
      quantityTonnes: matching.tonnes[fill] as number,
    }
  }
  const { quantityTonnes, costMinor } = matching
  return { fills, quantityTonnes, costMinor }
}
