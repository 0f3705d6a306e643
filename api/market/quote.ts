import {
  type Amounts,
  type Fill,
  MAX_ORDER_TONNES,
  type Quote,
  type QuoteRequest,
} from '@offset-button/contract'
import type { Book, Fill as BookFill, OfferId, Query, Rejected } from '@offset-button/engine'
import { isRejected } from '@offset-button/engine'
import { assert } from '../assert.ts'
import { Refusal } from '../http/refusal.ts'
import { toBookFilter, unitTypeName } from './attributes.ts'
import { type Catalogue, projectSummary } from './catalogue.ts'
import {
  amountsOf,
  type FeeSchedule,
  isTooSmall,
  MOST_CHARGE_MINOR,
  type OrderAmounts,
  projectsWithin,
} from './fees.ts'

export type Pricing = { readonly catalogue: Catalogue; readonly fees: FeeSchedule }

/** A live price. Refused with the same codes as the order that would follow. */
export function quoteFrom(
  book: Book,
  request: QuoteRequest,
  pricing: Pricing,
): Omit<Quote, 'sequence'> {
  const limits = limitsOf(request, pricing.catalogue)
  const found = book.quote(queryOf(book, request, pricing))
  if (isRejected(found)) {
    if (found.reason === 'BudgetTooSmall') refuseTooSmall(book, limits, pricing)
    const quantityTonnes = request.quantity_tonnes ?? MAX_ORDER_TONNES
    throw refusalOf(found, () => mostOf(book, { ...limits, allOrNone: true, quantityTonnes }))
  }
  const amounts = amountsOf(found.costMinor, pricing.fees)
  if (isTooSmall(amounts)) refuseTooSmall(book, limits, pricing)
  if (amounts.totalMinor > MOST_CHARGE_MINOR) {
    const most = book.quote(withinBudget(book, limits, MOST_CHARGE_MINOR, pricing.fees))
    throw new Refusal(
      'amount_too_large',
      isRejected(most) ? {} : { maximum_tonnes: most.quantityTonnes },
    )
  }
  const next =
    found.quantityTonnes < MAX_ORDER_TONNES
      ? book.quote({ ...limits, allOrNone: true, quantityTonnes: found.quantityTonnes + 1 })
      : null
  return {
    quantity_tonnes: found.quantityTonnes,
    amounts: wireAmounts(amounts),
    fills: found.fills.map((fill) =>
      wireFill(fill, offerFacts(book, fill.offer, pricing.catalogue)),
    ),
    next_tonne_total_minor:
      next === null || isRejected(next) ? null : amountsOf(next.costMinor, pricing.fees).totalMinor,
  }
}

type Limits = Pick<Query, 'filter' | 'maxPriceMinor'>

/** What a quote asks the book; refused as unknown_filter where a project does not exist. */
export function queryOf(book: Book, request: QuoteRequest, { catalogue, fees }: Pricing): Query {
  const limits = limitsOf(request, catalogue)
  return request.budget_minor === undefined
    ? { ...limits, allOrNone: true, quantityTonnes: request.quantity_tonnes ?? 0 }
    : withinBudget(book, limits, Math.min(request.budget_minor, MOST_CHARGE_MINOR), fees)
}

const limitsOf = (request: QuoteRequest, catalogue: Catalogue): Limits => ({
  filter: toBookFilter(request.filter, catalogue),
  ...(request.max_price_minor === undefined ? {} : { maxPriceMinor: request.max_price_minor }),
})

/** As much as the money buys, and no more than one order may ask for. */
function withinBudget(book: Book, limits: Limits, budgetMinor: number, fees: FeeSchedule): Query {
  const affordable: Query = {
    ...limits,
    allOrNone: false,
    budgetMinor: Math.max(1, projectsWithin(budgetMinor, fees)),
  }
  const found = book.quote(affordable)
  return isRejected(found) || found.quantityTonnes <= MAX_ORDER_TONNES
    ? affordable
    : { ...limits, allOrNone: true, quantityTonnes: MAX_ORDER_TONNES }
}

/** The tonnes that one order could have of those wanted, at whatever total; 0 where there are none. */
export function mostOf(book: Book, { maxTotalMinor: _, ...wanted }: Query): number {
  const partial = book.quote({ ...wanted, allOrNone: false })
  return isRejected(partial) ? 0 : partial.quantityTonnes
}

/** What a refusal of the book means to a buyer; `most` says how many tonnes one order could have instead. */
export function refusalOf({ reason }: Rejected, most: () => number): Refusal {
  switch (reason) {
    case 'NothingAvailable':
      return new Refusal('nothing_available', { available_tonnes: 0 })
    case 'NotEnoughAvailable': {
      const tonnes = most()
      return new Refusal(tonnes === 0 ? 'nothing_available' : 'not_enough_available', {
        available_tonnes: tonnes,
      })
    }
    case 'TooManyFills':
      return new Refusal('too_many_fills')
    case 'TotalLimitExceeded':
    case 'BudgetTooSmall':
      return new Refusal('price_moved')
    case 'InvalidQuantity':
      return new Refusal('invalid_quantity')
    case 'InvalidFilter':
      return new Refusal('unknown_filter')
    default:
      return new Refusal('invalid_request', { errors: [{ path: '', message: reason }] })
  }
}

/** Names the least quantity that is not too small, if there is one; nothing_available where nothing is on offer at all. */
function refuseTooSmall(book: Book, limits: Limits, { fees }: Pricing): never {
  for (let tonnes = 1; tonnes <= 1000; tonnes++) {
    const quote = book.quote({ ...limits, allOrNone: true, quantityTonnes: tonnes })
    if (isRejected(quote)) {
      if (tonnes === 1) throw refusalOf(quote, () => 0)
      break
    }
    if (!isTooSmall(amountsOf(quote.costMinor, fees))) {
      throw new Refusal('amount_too_small', { minimum_tonnes: tonnes })
    }
  }
  throw new Refusal('amount_too_small')
}

const wireAmounts = (amounts: OrderAmounts): Amounts => ({
  currency: 'USD',
  projects_minor: amounts.projectsMinor,
  platform_fee_minor: amounts.platformFeeMinor,
  processing_fee_minor: amounts.processingFeeMinor,
  total_minor: amounts.totalMinor,
})

/** What people know an offer by: of one that the book remembers. */
export function offerFacts(book: Book, id: OfferId, catalogue: Catalogue): OfferFacts {
  const offer = book.offer(id)
  const project = offer && catalogue.project(offer.attributes.project)
  assert(offer && project, `offer ${id} has no project`)
  return {
    project: projectSummary(project),
    seller: catalogue.sellerName(offer.seller),
    vintage: offer.attributes.vintage,
    unit_type: unitTypeName(offer.attributes.unitType),
  }
}

export type OfferFacts = Pick<Fill, 'project' | 'seller' | 'vintage' | 'unit_type'>

export const wireFill = (fill: BookFill, facts: OfferFacts): Fill => ({
  ...facts,
  price_minor: fill.priceMinor,
  quantity_tonnes: fill.quantityTonnes,
  cost_minor: fill.priceMinor * fill.quantityTonnes,
})
