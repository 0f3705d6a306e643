import { PassThrough } from 'node:stream'
import type { Context } from 'koa'
import type { Feed } from './feed.ts'

/** A comment now and then keeps proxies from closing a stream on which nothing happens. */
const STILL_HERE_MS = 15_000

/** Answers with server-sent events from a feed, whose messages are whole events, until either side has enough. */
export function sendFeed(context: Context, feed: Feed, topic: string): void {
  const stream = new PassThrough()
  context.status = 200
  context.type = 'text/event-stream'
  context.set('Cache-Control', 'no-store')
  context.set('X-Accel-Buffering', 'no')
  context.body = stream
  const timer = setInterval(() => stream.write(': still here\n\n'), STILL_HERE_MS)
  const close = () => {
    forget()
    clearInterval(timer)
    if (!stream.writableEnded) stream.end()
  }
  const forget = feed.watch(topic, (message) => {
    if (message === null) setImmediate(close)
    else if (!stream.writableEnded) stream.write(message)
  })
  stream.on('close', close)
  context.req.on('close', close)
}

/** One event of a stream; `id` lets a reader see that it misses none. */
export const eventText = (event: string, id: number, data: unknown): string =>
  `id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`
