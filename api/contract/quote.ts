import { z } from 'zod'
import { filter, filterQuery } from './filter.ts'
import { market, projectSummary } from './market.ts'
import { currency, minorUnits, priceMinor, tonnes, unitType, vintage } from './primitives.ts'

/** Either `quantity_tonnes` or `budget_minor`; the budget includes all fees. */
export const quoteRequest = z
  .strictObject({
    quantity_tonnes: tonnes.optional(),
    budget_minor: z.int().min(1).max(100_000_000_000).optional().meta({
      description:
        'The most to spend, fees included, in minor units. Buys as many whole tonnes as it pays for.',
    }),
    filter: filter.optional(),
    max_price_minor: priceMinor.optional().meta({ description: 'Inclusive limit for each tonne.' }),
  })
  .refine(
    (request) => (request.quantity_tonnes === undefined) !== (request.budget_minor === undefined),
    'Give either quantity_tonnes or budget_minor.',
  )
  .meta({ id: 'QuoteRequest' })
export type QuoteRequest = z.infer<typeof quoteRequest>

/** Sums of a quote or an order: total = projects + platform fee + processing fee, to the cent. */
export const amounts = z
  .strictObject({
    currency,
    projects_minor: minorUnits,
    platform_fee_minor: minorUnits,
    processing_fee_minor: minorUnits,
    total_minor: minorUnits,
  })
  .meta({ id: 'Amounts' })
export type Amounts = z.infer<typeof amounts>

export const fill = z
  .strictObject({
    project: projectSummary,
    seller: z.string().meta({ description: "The project participant's name." }),
    vintage,
    unit_type: unitType,
    price_minor: priceMinor,
    quantity_tonnes: tonnes,
    cost_minor: minorUnits,
  })
  .meta({ id: 'Fill', description: "One order meets one offer, at the offer's price." })
export type Fill = z.infer<typeof fill>

/** A live price: nothing is held and nothing charged. */
export const quote = z
  .strictObject({
    quantity_tonnes: tonnes,
    amounts,
    fills: z.array(fill),
    next_tonne_total_minor: minorUnits.nullable().meta({
      description: 'What one tonne more would cost in all; null where there is none.',
    }),
    sequence: z.int().min(0),
  })
  .meta({ id: 'Quote' })
export type Quote = z.infer<typeof quote>

const integer = (description: string) =>
  z
    .string()
    .regex(/^\d{1,12}$/, 'A whole number.')
    .transform(Number)
    .optional()
    .meta({ description })

/** A choice of the market and, with an amount, what a quote request has beside its filter. */
export const marketQuery = filterQuery.extend({
  quantity_tonnes: integer('With it, or with budget_minor, the answer has a price too.'),
  budget_minor: integer('The most to spend, fees included, in minor units.'),
  max_price_minor: integer('Inclusive limit for each tonne; only with an amount.'),
})
export type MarketQuery = z.infer<typeof marketQuery>

/** The market and a price together, so that a page asks once. */
export const quotedMarket = market
  .extend({
    quote: quote.nullable().optional().meta({
      description:
        'Only with an amount: what POST /v1/quotes would answer for it; null where that would refuse, and say why.',
    }),
  })
  .meta({ id: 'QuotedMarket' })
export type QuotedMarket = z.infer<typeof quotedMarket>
