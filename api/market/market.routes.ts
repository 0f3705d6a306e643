import {
  explanation,
  filterQuery,
  market,
  type ProblemCode,
  projectList,
  quote,
  quoteRequest,
} from '@offset-button/contract'
import { z } from 'zod'
import { type Application, readBook } from '../application.ts'
import { type Endpoint, endpoint } from '../http/endpoint.ts'
import { validate } from '../http/validate.ts'
import { readFilterQuery } from './attributes.ts'
import { explainQuote } from './explanation.ts'
import { type Market, marketView } from './market.ts'
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
  return [
    endpoint({
      method: 'get',
      path: '/v1/market',
      operation: 'readMarket',
      summary: 'What is on offer in a choice, and what narrows it further',
      caller: 'page',
      query: filterQuery,
      status: 200,
      result: market,
      problems: [...KEY_PROBLEMS, 'invalid_request', 'unknown_filter', 'market_unavailable'],
      handle: async ({ query }): Promise<Market> => marketView(application, readFilterQuery(query)),
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
      handle: async ({ body }) => ({
        ...readBook(application, (book) => quoteFrom(book, body, { catalogue, fees })),
        sequence: host.batchSeq(),
      }),
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
