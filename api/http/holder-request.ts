import { request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { buffer } from 'node:stream/consumers'
import { problemCode } from '@offset-button/contract'
import type { Context } from 'koa'
import { Refusal } from './refusal.ts'

/** Marks a request that has come from another node; it is never sent on again. */
export const FORWARDED = 'x-offset-button-forwarded'

/** For the beginning of an answer; a stream of events then goes on for as long as it likes. */
const ANSWER_WITHIN_MS = 30_000

/** Hop-by-hop headers, which belong to one connection. Source: RFC 9110, 7.6.1. */
export const OF_ONE_CONNECTION: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
  'te',
])

/** The holder's answer, and what is to be sent on of its body. */
export type HolderAnswer = {
  readonly answer: IncomingMessage
  readonly body: IncomingMessage | Buffer
}

/**
 * Sends a request on as it came, and waits for the answer until `givenUp`. Refused as `market_unavailable` where it had no
 * effect, because the holder says so or nothing listens there; as `outcome_unknown` where nobody can tell.
 */
export async function askHolder(
  context: Context,
  holder: string,
  body: Buffer,
  givenUp: AbortSignal,
): Promise<HolderAnswer> {
  const target = new URL(context.req.url ?? '/', holder)
  const answer = await send(context.req, target, body, givenUp).catch(
    (error: NodeJS.ErrnoException) => {
      const hasNoEffect = ['GET', 'HEAD'].includes(context.method)
      // A connection that came about may have carried the request.
      const neverArrived = error.code === 'ECONNREFUSED'
      throw new Refusal(hasNoEffect || neverArrived ? 'market_unavailable' : 'outcome_unknown')
    },
  )
  if (answer.statusCode !== 503) return { answer, body: answer }
  const said = await buffer(answer)
  const code = codeOf(said.toString('utf8'))
  if (code === 'market_unavailable' || code === 'outcome_unknown') throw new Refusal(code)
  return { answer, body: said }
}

/** Asks the holder for something to read, with the key of whoever wants it. Refused as the holder refuses it. */
export async function readAtHolder(
  holder: string,
  path: string,
  authorization: string,
): Promise<unknown> {
  const answer = await fetch(new URL(path, holder), {
    headers: { authorization, [FORWARDED]: '1' },
    signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
  }).catch(() => {
    throw new Refusal('market_unavailable')
  })
  const said = await answer.text()
  if (answer.ok) return JSON.parse(said)
  const code = problemCode.safeParse(codeOf(said))
  throw new Refusal(code.success ? code.data : 'market_unavailable')
}

function codeOf(said: string): unknown {
  try {
    return (JSON.parse(said) as { code?: unknown }).code
  } catch {
    return undefined
  }
}

function send(
  incoming: IncomingMessage,
  target: URL,
  body: Buffer,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const { connection: _, 'transfer-encoding': __, ...headers } = incoming.headers
    const request = target.protocol === 'https:' ? httpsRequest : httpRequest
    const outgoing = request(
      target,
      {
        method: incoming.method ?? 'GET',
        signal,
        headers: {
          ...headers,
          ...(body.length > 0 ? { 'content-length': String(body.length) } : {}),
          [FORWARDED]: '1',
        },
      },
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
      reject(error)
    })
    outgoing.end(body)
  })
}
