import type Router from '@koa/router'
import { type FilterQuery, filterQuery, market } from '@offset-button/contract'
import type { Application } from '../application.ts'
import type { Callers } from '../http/callers.ts'
import { eventText, sendFeed } from '../http/feed.middleware.ts'
import { createFeed } from '../http/feed.ts'
import { readAtHolder } from '../http/holder-request.ts'
import type { Described } from '../http/openapi.ts'
import { Refusal } from '../http/refusal.ts'
import { validate } from '../http/validate.ts'
import { readFilterQuery } from './attributes.ts'
import { marketView } from './market.ts'

/** What does not come from the book, such as a registry that closes, and what no node told, is looked at this often. */
const LOOK_MS = 5_000

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

/** What one stream shows: a choice as a query, and the key of a page that wants it. */
type Topic = { readonly query: string; readonly authorization: string }
type Told = { readonly sequence: number; readonly at: number; readonly text: string }

/**
 * `GET /v1/market/events`: one look a choice, for all who follow it on this node, whenever a node tells that the book moved. The
 * node that holds the market looks into its book, any other asks that one. While nobody holds it a stream says nothing new.
 */
export function mountMarketEvents(
  router: Router,
  callers: Callers,
  application: Application,
  nodes: { readonly own: string; readonly holder: () => Promise<string | null> },
): void {
  const { clock, host, log, pulse } = application
  const known = new Map<string, Told>()
  const readHere = (query: string) =>
    marketView(application, readFilterQuery(Object.fromEntries(new URLSearchParams(query))))
  const readThere = async ({ query, authorization }: Topic) => {
    const holder = await nodes.holder()
    if (holder === null || holder === nodes.own) throw new Refusal('market_unavailable')
    return market.parse(await readAtHolder(holder, `/v1/market?${query}`, authorization))
  }
  const read = async (name: string): Promise<string> => {
    const before = known.get(name)
    const holds = host.state() === 'holding'
    const isFresh = before?.sequence === host.batchSeq() && clock.now() - before.at < LOOK_MS
    if (before && holds && isFresh) return before.text
    const topic = JSON.parse(name) as Topic
    try {
      const now = await (holds ? readHere(topic.query) : readThere(topic))
      // Of two nodes that are asked while the market changes hands the one may be behind the other.
      if (before && now.sequence < before.sequence) return before.text
      const text = eventText('market', now.sequence, now)
      known.delete(name)
      known.set(name, { sequence: now.sequence, at: clock.now(), text })
      if (known.size > MOST_TOPICS) known.delete([...known.keys()][0] ?? '')
      return text
    } catch (error) {
      if (before && error instanceof Refusal && error.code === 'market_unavailable')
        return before.text
      throw error
    }
  }
  const feed = createFeed({
    everyMs: LOOK_MS,
    read,
    onError: (error) => log.warn({ err: error }, 'a stream of the market ended'),
  })
  pulse.listen(feed.look)

  router.get('/v1/market/events', async (context) => {
    await callers.identify(context, 'page')
    const query = validate(filterQuery, { ...context.query })
    readFilterQuery(query)
    const topic: Topic = {
      query: searchOf(query),
      authorization: context.get('Authorization'),
    }
    const name = JSON.stringify(topic)
    // What cannot be shown is refused before the stream begins.
    await read(name)
    sendFeed(context, feed, name)
  })
}

/** The same text for the same choice. */
function searchOf(query: FilterQuery): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value) search.set(name, value)
  search.sort()
  return search.toString()
}

const MOST_TOPICS = 200
