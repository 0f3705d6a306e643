import type { Explanation, PassedOverReason, QuoteRequest } from '@offset-button/contract'
import type {
  Book,
  Explanation as BookExplanation,
  PassedOverReason as BookReason,
  OfferId,
  OfferTally,
} from '@offset-button/engine'
import { isRejected } from '@offset-button/engine'
import { Refusal } from '../http/refusal.ts'
import { type OfferFacts, offerFacts, type Pricing, queryOf, quoteFrom, wireFill } from './quote.ts'

/** What a quote takes now, or why it is refused, and what it passed over. */
export function explainQuote(
  book: Book,
  request: QuoteRequest,
  pricing: Pricing,
): Omit<Explanation, 'sequence'> {
  const explained = book.explain(queryOf(book, request, pricing))
  const facts = (offer: OfferId) => offerFacts(book, offer, pricing.catalogue)
  try {
    quoteFrom(book, request, pricing)
    return wireExplanation(explained, facts)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return {
      ...wireExplanation(explained, facts),
      refusal: error.code,
      quantity_tonnes: 0,
      fills: [],
    }
  }
}

/** The book's explanation in words; `factsOf` has to know every offer that it names. */
export function wireExplanation(
  { answer, passedOver, examples }: BookExplanation,
  factsOf: (offer: OfferId) => OfferFacts,
): Omit<Explanation, 'sequence'> {
  const fills = isRejected(answer) ? [] : answer.fills
  return {
    refusal: null,
    quantity_tonnes: isRejected(answer) ? 0 : answer.quantityTonnes,
    fills: fills.map((fill) => wireFill(fill, factsOf(fill.offer))),
    passed_over: {
      outside_filter: wireTally(passedOver.OutsideFilter),
      own_offer: wireTally(passedOver.OwnOffer),
      units_expired: wireTally(passedOver.UnitsExpired),
      suspended: wireTally(passedOver.Suspended),
      reserved: wireTally(passedOver.Reserved),
      exhausted: wireTally(passedOver.Exhausted),
      withdrawn: wireTally(passedOver.Withdrawn),
    },
    examples: examples.map(({ offer, reason, priceMinor, quantityTonnes }) => ({
      reason: WORDS[reason],
      ...factsOf(offer),
      price_minor: priceMinor,
      quantity_tonnes: quantityTonnes,
    })),
  }
}

export const wireTally = ({ offers, quantityTonnes }: OfferTally) => ({
  offers,
  quantity_tonnes: quantityTonnes,
})

const WORDS = {
  OutsideFilter: 'outside_filter',
  OwnOffer: 'own_offer',
  UnitsExpired: 'units_expired',
  Suspended: 'suspended',
  Reserved: 'reserved',
  Exhausted: 'exhausted',
  Withdrawn: 'withdrawn',
} as const satisfies Record<BookReason, PassedOverReason>
