import { isRecord } from './bounds.ts'
import type { OfferId, Query } from './command.ts'
import type { Contents } from './contents.ts'
import { viewOf } from './depth.ts'
import type { Explanation, Standing } from './explanation.ts'
import type { Filter } from './filter.ts'
import { Instruments } from './instruments.ts'
import { SLOTS } from './ladder.ts'
import type { Matching } from './matching.ts'
import { lowestBit, NONE } from './memory/tree.ts'
import { type Bound, compare, PassedOverTally, reasonFor, tonnesOf } from './passed-over.ts'
import { answerOf } from './quote.ts'
import { isRejected } from './rejection.ts'
import type { OfferState } from './state.ts'
import { faultOf } from './stored-offers.ts'
import type { View } from './views.ts'

/**
 * What a query takes now, and what it passes over, among offers that ended before too. Throws a TypeError when one of those
 * is malformed or has not ended.
 */
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
  addOpen(tally, contents, view, query, bound)
  addEnded(tally, ended, view, query, bound)
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
  const { records } = ladder
  const home = contents.homeOf(offer)
  if (home === 0 || contents.stateAt(home).withdrawn) return undefined
  const level = records.level(home)
  const better = { offers: 0, quantityTonnes: 0 }
  const earlier = { offers: 0, quantityTonnes: 0 }
  for (const [leaf, used] of leavesUpTo(contents, placeOf(contents, home))) {
    for (let left = used & ladder.resting(leaf); left !== 0; left &= left - 1) {
      const ahead = leaf * SLOTS + lowestBit(left) + 1
      if (ahead === home || (view && !view.has(records.instrument(ahead)))) continue
      const tally = records.level(ahead) === level ? earlier : better
      tally.offers++
      tally.quantityTonnes += records.unspoken(ahead)
    }
  }
  return { better, earlier }
}

/** The homes of open offers up to a place in the order of taking, in that order. */
export function* openUpTo(contents: Contents, bound: Bound): Generator<number> {
  for (const [leaf, used] of leavesUpTo(contents, bound)) {
    for (let left = used; left !== 0; left &= left - 1) yield leaf * SLOTS + lowestBit(left) + 1
  }
}

/** Reads records alone, once there are enough examples: a million offers may be passed over. */
function addOpen(
  tally: PassedOverTally,
  contents: Contents,
  view: View | undefined,
  { buyer }: Query,
  bound: Bound,
): void {
  const { records } = contents.ladder
  for (const [leaf, used] of leavesUpTo(contents, bound)) {
    for (let left = used; left !== 0; left &= left - 1) {
      const home = leaf * SLOTS + lowestBit(left) + 1
      const instrument = records.instrument(home)
      const inside = !view || view.has(instrument)
      const isOwn = contents.instruments.seller(instrument) === buyer
      const reason = reasonFor(records, home, inside, isOwn)
      if (!reason) continue
      const tonnes = tonnesOf(records, home, reason)
      tally.count(reason, tonnes)
      if (!tally.isFull) tally.show(records.offer(home), reason, placeOf(contents, home), tonnes)
    }
  }
}

function addEnded(
  tally: PassedOverTally,
  ended: readonly OfferState[],
  view: View | undefined,
  { buyer }: Query,
  bound: Bound,
): void {
  // Not the book's own: an explanation leaves nothing behind there.
  const instruments = new Instruments()
  for (const state of ended) {
    mustHaveEnded(state)
    const { attributes, seller, offer, withdrawn, withdrawnTonnes, soldTonnes } = state
    if (seller === buyer || compare(state, bound) > 0) continue
    if (view && !view.criteria.admit(instruments, instruments.of(attributes, seller))) continue
    const reason = withdrawn ? 'Withdrawn' : 'Exhausted'
    const tonnes = withdrawn ? withdrawnTonnes : soldTonnes
    tally.count(reason, tonnes)
    tally.show(offer, reason, state, tonnes)
  }
}

function mustHaveEnded(state: OfferState): void {
  if (!isRecord(state)) throw new TypeError('What has ended must be offers')
  const isOpen = state.availableTonnes !== 0 || state.reservedTonnes !== 0
  const fault = faultOf(state) ?? (isOpen ? 'has not ended' : undefined)
  if (fault !== undefined) throw new TypeError(`An offer that ended, ${state.offer}: ${fault}`)
}

/** The leaves up to a place in the order of taking, in that order, with a bit for each offer there that is not beyond it. */
function* leavesUpTo(
  contents: Contents,
  bound: Bound,
): Generator<readonly [leaf: number, used: number]> {
  const { ladder } = contents
  for (let leaf = ladder.first(); leaf !== NONE; leaf = ladder.next(leaf)) {
    const used = ladder.used(leaf)
    let within = used
    while (within !== 0) {
      const last = 31 - Math.clz32(within)
      if (compare(placeOf(contents, leaf * SLOTS + last + 1), bound) <= 0) break
      within &= ~(1 << last)
    }
    if (within !== 0) yield [leaf, within]
    if (within !== used) return
  }
}

/** Up to where a query looked: its last fill where it got all, or all it may; else everything within its price limit. */
function boundOf(contents: Contents, matching: Matching, query: Query, refused: boolean): Bound {
  if (refused || !(matching.complete || matching.capped)) {
    return { priceMinor: query.maxPriceMinor ?? Infinity, sequence: Infinity }
  }
  return placeOf(contents, contents.homes.get(matching.offers[matching.fills - 1] as number))
}

function placeOf({ ladder }: Contents, home: number): Bound {
  return { priceMinor: ladder.price(home), sequence: ladder.records.sequence(home) }
}
