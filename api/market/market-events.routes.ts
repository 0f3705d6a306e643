import type Router from '@koa/router'
import { type Filter, filterQuery } from '@offset-button/contract'
import type { Application } from '../application.ts'
import type { Callers } from '../http/callers.ts'
import { eventText, sendFeed } from '../http/feed.middleware.ts'
import { createFeed } from '../http/feed.ts'
import type { Described } from '../http/openapi.ts'
import { validate } from '../http/validate.ts'
import { readFilterQuery } from './attributes.ts'
import { marketView } from './market.ts'

/** Changes of the book within this time are told together. */
const TOGETHER_MS = 250
/** What does not come from the book, such as a registry that closes, is looked at this often. */
const WHOLE_LOOK_MS = 5_000

export const MARKET_EVENTS: Described = {
  method: 'get',
  path: '/v1/market/events',
  operation: 'followMarket',
  summary:
    'Server-sent events named `market`: the market of a choice at once, and again whenever it changes. Each is whole; its id is the sequence',
  caller: 'page',
  query: filterQuery,
  status: 200,
  media: ['text/event-stream'],
  problems: [
    'key_not_valid',
    'origin_not_allowed',
    'invalid_request',
    'unknown_filter',
    'market_unavailable',
  ],
}

/** `GET /v1/market/events`: one look a choice, for all who follow it; a stream that ends is to be opened again. */
export function mountMarketEvents(
  router: Router,
  callers: Callers,
  application: Application,
): void {
  const { clock, host, log } = application
  const seen = new Map<string, { readonly sequence: number; readonly at: number; text: string }>()
  const read = async (topic: string): Promise<string> => {
    const known = seen.get(topic)
    const sequence = host.batchSeq()
    const isFresh = known?.sequence === sequence && clock.now() - known.at < WHOLE_LOOK_MS
    if (known && isFresh && host.state() === 'holding') return known.text
    seen.delete(topic)
    const market = await marketView(application, JSON.parse(topic) as Filter)
    const text = eventText('market', market.sequence, market)
    seen.set(topic, { sequence: market.sequence, at: clock.now(), text })
    if (seen.size > MOST_CHOICES) seen.delete([...seen.keys()][0] ?? '')
    return text
  }
  const feed = createFeed({
    everyMs: TOGETHER_MS,
    read,
    onError: (error) => log.warn({ err: error }, 'a stream of the market ended'),
  })

  router.get('/v1/market/events', async (context) => {
    await callers.identify(context, 'page')
    const filter = readFilterQuery(validate(filterQuery, { ...context.query }))
    const topic = JSON.stringify(filter)
    // What cannot be shown is refused before the stream begins.
    await read(topic)
    sendFeed(context, feed, topic)
  })
}

const MOST_CHOICES = 200
