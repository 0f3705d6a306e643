import type { OfferId, Query } from './command.ts'
import type { Contents } from './contents.ts'
import { viewOf } from './depth.ts'
import type { Explanation, OfferTally, Standing } from './explanation.ts'
import type { Filter } from './filter.ts'
import { SLOTS } from './ladder.ts'
import type { Matching } from './matching.ts'
import { lowestBit, NONE } from './memory/tree.ts'
import { type Bound, compare, PassedOverTally, reasonFor } from './passed-over.ts'
import { answerOf } from './quote.ts'
import { isRejected } from './rejection.ts'
import type { OfferState } from './state.ts'

/** What a query takes now, and what it passes over, among offers that ended before too. */
export function explain(
  contents: Contents,
  matching: Matching,
  query: Query,
  ended: readonly OfferState[] = [],
): Explanation {
  const answer = answerOf(matching, query)
  const tally = new PassedOverTally()
  if (isRejected(answer) && answer.reason.startsWith('Invalid')) return tally.explanation(answer)
  const bound = boundOf(contents, matching, query, isRejected(answer))
  const view = viewOf(contents, query.filter)
  const taken = new Set(isRejected(answer) ? [] : answer.fills.map((fill) => fill.offer))
  for (const home of openUpTo(contents, bound)) {
    const state = contents.stateAt(home)
    if (taken.has(state.offer)) continue
    const inside = !view || view.has(contents.ladder.records.instrument(home))
    const reason = reasonFor(state, inside, query)
    if (reason) tally.add(state, reason)
  }
  for (const state of ended) {
    const instrument = contents.instruments.of(state.attributes, state.seller)
    view?.update(contents.instruments)
    const inside = (!view || view.has(instrument)) && state.seller !== query.buyer
    if (!inside || compare(state, bound) > 0) continue
    tally.add(state, state.withdrawn ? 'Withdrawn' : 'Exhausted')
  }
  return tally.explanation(answer)
}

/** What a query with this filter takes before it comes to an offer; undefined where the offer is not open. */
export function standingOf(
  contents: Contents,
  offer: OfferId,
  filter: Filter | undefined,
): Standing | undefined {
  const view = viewOf(contents, filter)
  const { ladder } = contents
  const home = contents.homeOf(offer)
  if (home === 0 || contents.stateAt(home).withdrawn) return undefined
  const bound = { priceMinor: ladder.price(home), sequence: ladder.records.sequence(home) }
  const better = { offers: 0, quantityTonnes: 0 }
  const earlier = { offers: 0, quantityTonnes: 0 }
  for (const ahead of openUpTo(contents, bound)) {
    if (ahead === home || !ladder.rests(ahead)) continue
    if (view && !view.has(ladder.records.instrument(ahead))) continue
    const tally: { -readonly [Name in keyof OfferTally]: number } =
      ladder.price(ahead) < bound.priceMinor ? better : earlier
    tally.offers++
    tally.quantityTonnes += ladder.records.unspoken(ahead)
  }
  return { better, earlier }
}

/** The homes of open offers up to a place in the order of taking, in that order. */
export function* openUpTo({ ladder }: Contents, bound: Bound): Generator<number> {
  for (let leaf = ladder.first(); leaf !== NONE; leaf = ladder.next(leaf)) {
    for (let left = ladder.used(leaf); left !== 0; left &= left - 1) {
      const home = leaf * SLOTS + lowestBit(left) + 1
      const sequence = ladder.records.sequence(home)
      if (compare({ priceMinor: ladder.price(home), sequence }, bound) > 0) return
      yield home
    }
  }
}

/** Up to where a query looked: its last fill where it got all, or all it may; else everything within its price limit. */
function boundOf(contents: Contents, matching: Matching, query: Query, refused: boolean): Bound {
  if (refused || !(matching.complete || matching.capped)) {
    return { priceMinor: query.maxPriceMinor ?? Infinity, sequence: Infinity }
  }
  const last = contents.homes.get(matching.offers[matching.fills - 1] as number)
  return {
    priceMinor: contents.ladder.price(last),
    sequence: contents.ladder.records.sequence(last),
  }
}
