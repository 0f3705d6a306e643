/** Why the oracle's query passed offers over, and where an offer of it stands. */
import type {
  Explanation,
  Filter,
  PassedOver,
  PassedOverReason,
  Query,
  Standing,
} from '@offset-button/engine'
import { answer, quoteOf } from './oracle-answer.ts'
import {
  available,
  ended,
  inTurn,
  type Posted,
  reserved,
  sold,
  takeable,
  total,
  withdrawn,
} from './oracle-offer.ts'
import { inside, invalidQuery } from './oracle-rules.ts'

const REASONS: readonly PassedOverReason[] = [
  'OutsideFilter',
  'OwnOffer',
  'UnitsExpired',
  'Suspended',
  'Reserved',
  'Exhausted',
  'Withdrawn',
]
const EXAMPLES = 20

/** `gone`: offers that had ended before, which only the journal still knows. */
export function explanation(
  offers: readonly Posted[],
  query: Query,
  maxFills: number,
  gone: readonly Posted[] = [],
): Explanation {
  const found = answer(offers, query, maxFills)
  const passed = invalidQuery(query)
    ? []
    : [...offers, ...gone]
        .filter(isBefore(query, found))
        .sort(inTurn)
        .flatMap((offer) => whyNot(offer, query) ?? [])
  const tally = (reason: PassedOverReason) => tallyOf(passed.filter((one) => one.reason === reason))
  return {
    answer: quoteOf(found),
    passedOver: Object.fromEntries(
      REASONS.map((reason) => [reason, tally(reason)]),
    ) as Explanation['passedOver'],
    examples: passed.slice(0, EXAMPLES),
  }
}

/** Throws a TypeError on a malformed filter. */
export function standing(
  offers: readonly Posted[],
  id: number,
  filter: Filter | undefined,
): Standing | undefined {
  const own = offers.find((offer) => offer.id === id)
  if (!own || own.withdrawn || ended(own)) return undefined
  const before = offers
    .filter((offer) => takeable(offer) && inside(filter, offer.attributes))
    .filter((offer) => inTurn(offer, own) < 0)
  const tally = (some: Posted[]) =>
    tallyOf(some.map((offer) => ({ quantityTonnes: available(offer) })))
  return {
    better: tally(before.filter(({ price }) => price < own.price)),
    earlier: tally(before.filter(({ price }) => price === own.price)),
  }
}

/** Before the last fill; where there is none, or all there was did not do, at any price that the query allows. */
function isBefore(query: Query, found: ReturnType<typeof answer>): (offer: Posted) => boolean {
  const last = found.kind === 'Taken' && !found.ranOut ? found.taken.at(-1)?.offer : undefined
  if (last) return (offer) => inTurn(offer, last) < 0
  return ({ price }) => price <= (query.maxPriceMinor ?? Number.POSITIVE_INFINITY)
}

/** Undefined for an offer that the query took, or would have taken. */
function whyNot(offer: Posted, query: Query): PassedOver | undefined {
  const because = (reason: PassedOverReason, quantityTonnes: number): PassedOver => {
    return { offer: offer.id, reason, priceMinor: offer.price, quantityTonnes }
  }
  const isOutside = !inside(query.filter, offer.attributes)
  const isOwn = offer.seller === query.buyer
  if (ended(offer) && (isOutside || isOwn)) return undefined
  if (isOutside) return because('OutsideFilter', available(offer))
  if (isOwn) return because('OwnOffer', available(offer))
  if (offer.withdrawn) return because('Withdrawn', withdrawn(offer))
  if (ended(offer)) return because('Exhausted', sold(offer))
  if (offer.expired) return because('UnitsExpired', available(offer))
  if (offer.suspended) return because('Suspended', available(offer))
  if (available(offer) === 0) return because('Reserved', reserved(offer))
  return undefined
}

function tallyOf(some: readonly { readonly quantityTonnes: number }[]) {
  return {
    offers: some.length,
    quantityTonnes: total(some.map(({ quantityTonnes }) => quantityTonnes)),
  }
}
