/** One request as a careful client makes it: where there is no answer, it says how far the request came. */
import { Agent, request } from 'node:http'
import { json } from 'node:stream/consumers'

export type Loss =
  /** Nobody listened, so nothing was sent; whoever asks for a node's health first would not have come. */
  | 'connection refused'
  /** The connection ended before the request was sent whole. */
  | 'connection ended'
  /** It was sent whole, and the connection ended without an answer. */
  | 'dropped without an answer'
  | 'no answer in time'

export type Attempt<Body> =
  | { readonly status: number; readonly body: Body; readonly retryAfter: string | undefined }
  | { readonly loss: Loss }

/** Far longer than a node keeps a request while the market changes hands. */
const ANSWER_WITHIN_MS = 20_000

/** As browsers and load balancers do: connections are kept, and used again. */
export const keptConnections = () => new Agent({ keepAlive: true })

/** Posts JSON; never throws. */
export function attempt<Body>(
  agent: Agent,
  url: string,
  body: unknown,
  headers: Readonly<Record<string, string>>,
): Promise<Attempt<Body>> {
  return new Promise((resolve) => {
    let isSent = false
    let isLate = false
    const asked = request(
      url,
      { agent, method: 'POST', headers: { 'content-type': 'application/json', ...headers } },
      (answer) => {
        clearTimeout(timer)
        json(answer).then(
          (said) =>
            resolve({
              status: answer.statusCode ?? 0,
              body: said as Body,
              retryAfter: answer.headers['retry-after'],
            }),
          () => resolve({ loss: lossOf(true, isLate, undefined) }),
        )
      },
    )
    const timer = setTimeout(() => {
      isLate = true
      asked.destroy()
    }, ANSWER_WITHIN_MS)
    asked.once('finish', () => {
      isSent = true
    })
    asked.once('error', ({ code }: NodeJS.ErrnoException) => {
      clearTimeout(timer)
      resolve({ loss: lossOf(isSent, isLate, code) })
    })
    asked.end(JSON.stringify(body))
  })
}

function lossOf(isSent: boolean, isLate: boolean, code: string | undefined): Loss {
  if (isLate) return 'no answer in time'
  if (code === 'ECONNREFUSED') return 'connection refused'
  return isSent ? 'dropped without an answer' : 'connection ended'
}
