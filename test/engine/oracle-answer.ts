/** What a query takes of the oracle's offers, or why it takes nothing. Money is summed in bigints. */
import type { Query, Quote, Rejected } from '@offset-button/engine'
import { available, inTurn, type Posted, takeable, total } from './oracle-offer.ts'
import { first, inside, invalidQuery } from './oracle-rules.ts'

export type Taken = { offer: Posted; tonnes: number }

export type Answer =
  | Rejected
  | {
      kind: 'Taken'
      taken: Taken[]
      cost: bigint
      /** Nothing more could be taken, and yet the query would take more. */
      ranOut: boolean
    }

export function answer(offers: readonly Posted[], query: Query, maxFills: number): Answer {
  const invalid = invalidQuery(query)
  if (invalid) return invalid
  const { quantityTonnes: wanted, maxPriceMinor, maxTotalMinor, allOrNone } = query
  const atAnyPrice = offers.filter(
    (offer) =>
      takeable(offer) && offer.seller !== query.buyer && inside(query.filter, offer.attributes),
  )
  const candidates = atAnyPrice
    .filter(({ price }) => maxPriceMinor === undefined || price <= maxPriceMinor)
    .sort(inTurn)
  const unbounded = wanted === undefined ? byMoney(candidates, query) : byTonnes(candidates, wanted)
  const taken = unbounded.slice(0, maxFills)
  const isCut = unbounded.length > maxFills
  const ranOut = !isCut && !isSatisfied(query, unbounded, candidates)
  const cost = costOf(taken)
  const refusal = first({
    NothingAvailable: () => candidates.length === 0,
    NotEnoughAvailable: () =>
      allOrNone && (ranOut || (wanted !== undefined && total(atAnyPrice.map(available)) < wanted)),
    TooManyFills: () => allOrNone && isCut,
    TotalLimitExceeded: () => maxTotalMinor !== undefined && cost > BigInt(maxTotalMinor),
    BudgetTooSmall: () => taken.length === 0,
  })
  return refusal ?? { kind: 'Taken', taken, cost, ranOut }
}

export function quoteOf(answer: Answer): Quote | Rejected {
  if (answer.kind === 'Rejected') return answer
  return {
    fills: answer.taken.map(({ offer, tonnes }) => ({
      offer: offer.id,
      priceMinor: offer.price,
      quantityTonnes: tonnes,
    })),
    quantityTonnes: total(answer.taken.map(({ tonnes }) => tonnes)),
    costMinor: answer.cost,
  }
}

/** The shortest prefix that holds the quantity, its last offer cut to fit. */
function byTonnes(candidates: Posted[], wanted: number): Taken[] {
  const taken: Taken[] = []
  let left = wanted
  for (const offer of candidates) {
    if (left === 0) break
    const tonnes = Math.min(available(offer), left)
    left -= tonnes
    taken.push({ offer, tonnes })
  }
  return taken
}

/** As many whole tonnes of each as the rest of the money pays for, until it does not pay for all of one. */
function byMoney(candidates: Posted[], query: Query): Taken[] {
  const taken: Taken[] = []
  let left = BigInt(query.budgetMinor as number)
  for (const offer of candidates) {
    const payable = left / BigInt(offer.price)
    const tonnes = payable < BigInt(available(offer)) ? Number(payable) : available(offer)
    left -= BigInt(tonnes) * BigInt(offer.price)
    if (tonnes > 0) taken.push({ offer, tonnes })
    if (tonnes < available(offer)) break
  }
  return taken
}

/** Money is spent as far as it goes where it would not pay for another tonne at the last price. */
function isSatisfied(query: Query, taken: Taken[], candidates: Posted[]): boolean {
  const tonnes = total(taken.map((one) => one.tonnes))
  if (query.quantityTonnes !== undefined) return tonnes === query.quantityTonnes
  const last = taken.at(-1)
  if (!last || tonnes < total(candidates.map(available))) return true
  return BigInt(query.budgetMinor as number) - costOf(taken) < BigInt(last.offer.price)
}

function costOf(taken: Taken[]): bigint {
  return taken.reduce((sum, one) => sum + BigInt(one.offer.price) * BigInt(one.tonnes), 0n)
}
