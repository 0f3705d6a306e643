import { setTimeout as wait } from 'node:timers/promises'
import type { ProblemCode } from '@offset-button/contract'
import type { Context, Middleware } from 'koa'
import type { Application } from '../application.ts'
import { readBody } from './body.ts'
import { askHolder, FORWARDED, type HolderAnswer, OF_ONE_CONNECTION } from './holder-request.ts'
import { Refusal } from './refusal.ts'

/** For so long a request is kept while the market changes hands; a lease that has to run out takes less. */
const PATIENCE_MS = 5_000
const TRY_AGAIN_MS = 50
/** How often it is asked who holds the market, while a holder does not answer. */
const LOOK_AGAIN_MS = 250

type Nodes = {
  readonly own: string
  /** Who holds the market, as far as anybody says. */
  readonly holder: () => Promise<string | null>
}

/**
 * Lets the node that holds the market answer what needs its book: `serve` where that is this one, else the holder, to which
 * the request is sent as it came. While nobody holds the market it waits and asks again: what is refused as
 * `market_unavailable` had no effect, and a request with an idempotency key has none twice. Nothing is promised before the
 * commit, so no queue stands between.
 */
export function forwardToHolder(
  application: Pick<Application, 'host' | 'log'>,
  nodes: Nodes,
  serve: (context: Context) => Promise<unknown>,
): Middleware {
  const { host, log } = application
  const holderOf = () =>
    nodes.holder().catch((error: unknown) => {
      log.warn({ err: error }, 'nobody says who holds the market')
      return null
    })
  return async (context) => {
    if (!needsBook(context.path)) return void (await serve(context))
    if (context.get(FORWARDED)) {
      // Sent on by one that took this node for the holder: it asks again who that is.
      if (host.state() !== 'holding') throw new Refusal('market_unavailable')
      return void (await serve(context))
    }
    const until = performance.now() + PATIENCE_MS
    const body = await readBody(context.req)
    let isUnknown = false
    for (;;) {
      const isLast = performance.now() >= until
      try {
        if (host.state() === 'holding') return void (await serve(context))
        const holder = await holderOf()
        if (holder && holder !== nodes.own)
          return give(context, await askWhileHolder(context, holder, body, holderOf))
        if (isLast) return void (await serve(context))
      } catch (error) {
        isUnknown ||= isRefusal(error, 'outcome_unknown')
        if (isLast || !mayTryAgain(context, error)) {
          // What one attempt may have done is not undone by another that did nothing.
          throw isUnknown && isRefusal(error, 'market_unavailable')
            ? new Refusal('outcome_unknown')
            : error
        }
        log.info({ err: error, path: context.path }, 'the market changes hands')
      }
      if (context.req.destroyed && !context.req.complete) return
      await wait(TRY_AGAIN_MS)
    }
  }
}

/** Gives a holder that does not answer up once another holds the market: it may stand still, for longer than a buyer waits. */
async function askWhileHolder(
  context: Context,
  holder: string,
  body: Buffer,
  holderOf: Nodes['holder'],
): Promise<HolderAnswer> {
  const replaced = new AbortController()
  let isAnswered = false
  const timer = setInterval(async () => {
    const now = await holderOf()
    if (!isAnswered && now !== null && now !== holder) replaced.abort()
  }, LOOK_AGAIN_MS)
  try {
    return await askHolder(context, holder, body, replaced.signal)
  } finally {
    isAnswered = true
    clearInterval(timer)
  }
}

/** What reads or changes the book, or makes an order go on, which its holder does; streams for many are served by any node. */
const needsBook = (path: string) =>
  !SERVED_BY_ANY.test(path) && (path === '/' || /^\/(v1|buy|orders|webhooks)(\/|$)/.test(path))

const SERVED_BY_ANY = /^\/v1\/(market|cancellations)\/events$/

/** A request that had no effect, or has it once at most, may be made again. */
function mayTryAgain(context: Context, error: unknown): boolean {
  if (isRefusal(error, 'market_unavailable')) return true
  return isRefusal(error, 'outcome_unknown') && context.get('Idempotency-Key') !== ''
}

const isRefusal = (error: unknown, code: ProblemCode) =>
  error instanceof Refusal && error.code === code

function give(context: Context, { answer, body }: HolderAnswer): void {
  context.status = answer.statusCode ?? 502
  for (const [name, value] of Object.entries(answer.headers)) {
    if (value !== undefined && !OF_ONE_CONNECTION.has(name)) context.set(name, value)
  }
  context.body = body
}
