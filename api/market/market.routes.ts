import {
  explanation,
  filterQuery,
  type MarketQuery,
  marketQuery,
  type ProblemCode,
  projectList,
  type Quote,
  type QuotedMarket,
  type QuoteRequest,
  quote,
  quotedMarket,
  quoteRequest,
} from '@offset-button/contract'
import { z } from 'zod'
import { type Application, readBook } from '../application.ts'
import { type Endpoint, endpoint } from '../http/endpoint.ts'
import { Refusal } from '../http/refusal.ts'
import { validate } from '../http/validate.ts'
import { readFilterQuery } from './attributes.ts'
import { explainQuote } from './explanation.ts'
import { marketView } from './market.ts'
import { quoteFrom } from './quote.ts'

const MOST_PROJECTS = 100

const pageNumber = z
  .string()
  .regex(/^\d{1,6}$/)
  .optional()
const projectQuery = filterQuery.extend({
  offset: pageNumber.meta({ description: 'How many projects to leave out first.' }),
  limit: pageNumber.meta({ description: `1 to ${MOST_PROJECTS}; default 50.` }),
})

const KEY_PROBLEMS = ['key_not_valid', 'origin_not_allowed'] as const satisfies ProblemCode[]

export function marketEndpoints(application: Application): Endpoint[] {
  const { catalogue, fees, host, views } = application
  const quoteNow = (request: QuoteRequest): Quote => ({
    ...readBook(application, (book) => quoteFrom(book, request, { catalogue, fees })),
    sequence: host.batchSeq(),
  })
  return [
    endpoint({
      method: 'get',
      path: '/v1/market',
      operation: 'readMarket',
      summary:
        'What is on offer in a choice, and what narrows it further; with an amount, a live price too',
      caller: 'page',
      keyInAddress: true,
      query: marketQuery,
      status: 200,
      result: quotedMarket,
      problems: [
        ...KEY_PROBLEMS,
        'invalid_request',
        'invalid_quantity',
        'unknown_filter',
        'market_unavailable',
      ],
      handle: async ({ query }): Promise<QuotedMarket> => {
        const { filter, price } = readMarketQuery(query)
        const shown = await marketView(application, filter)
        return price ? { ...shown, quote: unlessRefused(() => quoteNow(price)) } : shown
      },
    }),
    endpoint({
      method: 'get',
      path: '/v1/projects',
      operation: 'listProjects',
      summary: 'Projects with something on offer in a choice, cheapest first',
      caller: 'page',
      query: projectQuery,
      status: 200,
      result: projectList,
      problems: [...KEY_PROBLEMS, 'invalid_request', 'unknown_filter', 'market_unavailable'],
      handle: async ({ query: { offset, limit, ...query } }) => {
        const page = {
          offset: Number(offset ?? 0),
          limit: Number(limit ?? 50),
        }
        validate(z.object({ limit: z.int().min(1).max(MOST_PROJECTS) }), page)
        const filter = readFilterQuery(query)
        return readBook(application, (book) => views.projects(book, host.batchSeq(), filter, page))
      },
    }),
    endpoint({
      method: 'post',
      path: '/v1/quotes',
      operation: 'quote',
      summary: 'A live price for a quantity or a budget: nothing is held, nothing charged',
      caller: 'page',
      body: quoteRequest,
      status: 200,
      result: quote,
      problems: [
        ...KEY_PROBLEMS,
        'invalid_request',
        'invalid_quantity',
        'unknown_filter',
        'nothing_available',
        'not_enough_available',
        'amount_too_small',
        'amount_too_large',
        'too_many_fills',
        'market_unavailable',
      ],
      handle: async ({ body }) => quoteNow(body),
    }),
    endpoint({
      method: 'post',
      path: '/v1/quotes/explanation',
      operation: 'explainQuote',
      summary: 'What a quote takes, or why it is refused, and which offers it passes over',
      caller: 'page',
      body: quoteRequest,
      status: 200,
      result: explanation,
      problems: [
        ...KEY_PROBLEMS,
        'invalid_request',
        'invalid_quantity',
        'unknown_filter',
        'market_unavailable',
      ],
      handle: async ({ body }) => ({
        ...readBook(application, (book) => explainQuote(book, body, { catalogue, fees })),
        sequence: host.batchSeq(),
      }),
    }),
  ]
}

/** The choice, and what is to be priced inside it, if anything is. */
function readMarketQuery({ budget_minor, max_price_minor, quantity_tonnes, ...rest }: MarketQuery) {
  const filter = readFilterQuery(rest)
  const amount = { budget_minor, max_price_minor, quantity_tonnes }
  const isPriced = Object.values(amount).some((value) => value !== undefined)
  return { filter, price: isPriced ? validate(quoteRequest, { ...amount, filter }) : null }
}

/** Null for what is refused: whoever wants to know why asks for the quote alone. */
function unlessRefused(ask: () => Quote): Quote | null {
  try {
    return ask()
  } catch (error) {
    if (error instanceof Refusal) return null
    throw error
  }
}
