import { request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { Middleware } from 'koa'
import type { Application } from '../application.ts'
import { Refusal } from './refusal.ts'

/** Marks a request that has come from another node; it is never sent on again. */
const FORWARDED = 'x-offset-button-forwarded'

/** For the beginning of an answer; a stream of events then goes on for as long as it likes. */
const ANSWER_WITHIN_MS = 30_000

/** Hop-by-hop headers, which belong to one connection. Source: RFC 9110, 7.6.1. */
const OF_ONE_CONNECTION = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
  'te',
])

/**
 * A node that does not hold the market sends what needs the book to the node that does, as it came. Nothing is promised
 * before the commit, so no queue stands between: where the holder does not answer, the caller tries again with its key.
 */
export function forwardToHolder(
  application: Pick<Application, 'host' | 'market' | 'log'>,
  nodes: { readonly own: string; readonly holder: () => Promise<string | null> },
): Middleware {
  const { host, log } = application
  return async (context, next) => {
    if (!needsBook(context.path) || host.state() === 'holding' || context.get(FORWARDED))
      return next()
    const holder = await nodes.holder().catch((error: unknown) => {
      log.warn({ err: error }, 'nobody says who holds the market')
      return null
    })
    if (!holder || holder === nodes.own) return next()
    const answer = await send(context.req, new URL(context.req.url ?? '/', holder)).catch(
      (error: NodeJS.ErrnoException) => {
        log.warn({ err: error, holder }, 'the holder does not answer')
        const hasNoEffect = ['GET', 'HEAD'].includes(context.method)
        // A connection that came about may have carried the request.
        const neverArrived = error.code === 'ECONNREFUSED'
        throw new Refusal(hasNoEffect || neverArrived ? 'market_unavailable' : 'outcome_unknown')
      },
    )
    context.status = answer.statusCode ?? 502
    for (const [name, value] of Object.entries(answer.headers)) {
      if (value !== undefined && !OF_ONE_CONNECTION.has(name)) context.set(name, value)
    }
    context.body = answer
  }
}

/** What reads or changes the book, or makes an order go on. */
const needsBook = (path: string) => path === '/' || /^\/(v1|buy|orders)(\/|$)/.test(path)

function send(incoming: IncomingMessage, target: URL): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const { connection: _, ...headers } = incoming.headers
    const request = target.protocol === 'https:' ? httpsRequest : httpRequest
    const outgoing = request(
      target,
      { method: incoming.method ?? 'GET', headers: { ...headers, [FORWARDED]: '1' } },
      (answer) => {
        clearTimeout(timer)
        resolve(answer)
      },
    )
    const timer = setTimeout(
      () => outgoing.destroy(new Error(`no answer within ${ANSWER_WITHIN_MS} ms`)),
      ANSWER_WITHIN_MS,
    )
    outgoing.on('error', (error) => {
      clearTimeout(timer)
      // What is left of the body is let go, so that the caller's connection can carry the answer.
      incoming.unpipe(outgoing)
      incoming.resume()
      reject(error)
    })
    incoming.on('error', reject)
    incoming.pipe(outgoing)
  })
}
