import type {
  Filter,
  Market,
  Problem,
  ProblemCode,
  Quote,
  QuoteRequest,
} from '@offset-button/contract'
import { marketPath, REQUEST_TIMEOUT_MS, send } from './transport.ts'

/** The API's codes, and what only a browser can find out. */
export type TroubleCode =
  | ProblemCode
  | 'offline'
  | 'card_form_blocked'
  | 'page_forbids'
  | 'invalid_attribute'

/** A refusal, as a value. `problem` is what the API said, where it answered. */
export type Trouble = {
  readonly code: TroubleCode
  readonly retryable: boolean
  /** False where no answer came: the request may have taken effect. */
  readonly answered: boolean
  readonly message: string
  readonly problem: Problem | null
}

export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly trouble: Trouble }

export type ApiClient = ReturnType<typeof createApiClient>

/** The API as the element uses it: every refusal is a value, and only a programming error throws. */
export const createApiClient = (api: string, key: string) => {
  let skewMs = 0

  const request = async <T>(path: string, init: RequestInit = {}): Promise<Answer<T>> => {
    try {
      const timeout = AbortSignal.timeout(REQUEST_TIMEOUT_MS)
      const signal = init.signal ? AbortSignal.any([init.signal, timeout]) : timeout
      const response = await send(api, key, path, { ...init, signal })
      skewMs = skewOf(response) ?? skewMs
      if (response.ok) return { ok: true, value: (await response.json()) as T }
      return { ok: false, trouble: await readProblem(response) }
    } catch {
      return { ok: false, trouble: noAnswer() }
    }
  }
  const post = <T>(path: string, body: unknown, headers: Record<string, string> = {}) =>
    request<T>(path, { method: 'POST', body: JSON.stringify(body), headers })

  return {
    request,
    post,
    /** A stream of events, open until it ends, fails or is aborted. */
    stream: (path: string, signal: AbortSignal) =>
      send(api, key, path, { headers: { Accept: 'text/event-stream' }, cache: 'no-store', signal }),
    market: (filter: Filter) => request<Market>(marketPath(filter)),
    quote: (asked: QuoteRequest) => post<Quote>('/v1/quotes', asked),
    /** What the server's clock is ahead of this one, in milliseconds; 0 while unknown. */
    skewMs: () => skewMs,
  }
}

const skewOf = (response: Response): number | null => {
  const at = Date.parse(response.headers.get('Date') ?? '')
  return Number.isNaN(at) ? null : at - Date.now()
}

const readProblem = async (response: Response): Promise<Trouble> => {
  try {
    const problem = (await response.json()) as Problem
    if (typeof problem.code === 'string')
      return {
        code: problem.code,
        retryable: problem.retryable,
        answered: problem.code !== 'outcome_unknown',
        message: problem.detail || problem.title,
        problem,
      }
  } catch {
    // Not a problem document: something between us and the API answered.
  }
  return { ...noAnswer(), message: `The API answered with status ${response.status}.` }
}

const noAnswer = (): Trouble => {
  const offline = globalThis.navigator?.onLine === false
  return {
    code: offline ? 'offline' : 'market_unavailable',
    retryable: true,
    answered: false,
    message: offline ? 'The browser is offline.' : 'The API did not answer.',
    problem: null,
  }
}
