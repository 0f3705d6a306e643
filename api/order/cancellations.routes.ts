import type Router from '@koa/router'
import { cancellations } from '@offset-button/contract'
import type { Application } from '../application.ts'
import type { Callers } from '../http/callers.ts'
import { type Endpoint, endpoint } from '../http/endpoint.ts'
import { eventText, sendFeed } from '../http/feed.middleware.ts'
import { createFeed } from '../http/feed.ts'
import type { Described } from '../http/openapi.ts'
import { readCancellations } from './cancellations.read.ts'

const LOOK_MS = 2_000

export function cancellationEndpoints(application: Application): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/v1/cancellations',
      operation: 'readCancellations',
      summary: 'How many tonnes have been cancelled through the key',
      caller: 'page',
      status: 200,
      result: cancellations,
      problems: ['key_not_valid', 'origin_not_allowed'],
      handle: async ({ caller }) => readCancellations(application, caller.key),
    }),
  ]
}

export const CANCELLATION_EVENTS: Described = {
  method: 'get',
  path: '/v1/cancellations/events',
  operation: 'followCancellations',
  summary:
    'Server-sent events named `cancellations`: the sum at once, and again whenever it grows; its id is the tonnes',
  caller: 'page',
  status: 200,
  media: ['text/event-stream'],
  problems: ['key_not_valid', 'origin_not_allowed'],
}

/** `GET /v1/cancellations/events`: one look a key, for all who follow it. */
export function mountCancellationEvents(
  router: Router,
  callers: Callers,
  application: Application,
): void {
  const feed = createFeed({
    everyMs: LOOK_MS,
    read: async (key) => {
      const sum = await readCancellations(application, Number(key))
      return eventText('cancellations', sum.cancelled_tonnes, sum)
    },
    onError: (error) => application.log.warn({ err: error }, 'a stream of cancellations ended'),
  })
  router.get('/v1/cancellations/events', async (context) => {
    const { key } = await callers.identify(context, 'page')
    sendFeed(context, feed, String(key))
  })
}
