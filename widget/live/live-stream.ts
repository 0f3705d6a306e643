import type { ReactiveController, ReactiveControllerHost } from 'lit'
import { createApiClient, type Trouble } from '../api-client.ts'
import { createStreamReader } from '../event-stream.ts'

/** opening: the first answer is awaited. live. lost: it was live or slow, and is tried again. refused: trying again would not help. */
export type StreamState = 'opening' | 'live' | 'lost' | 'refused'

type Source = { readonly api: string; readonly key: string; readonly path: string }

const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 30_000

/**
 * A stream of the API, followed while the element is in the page and the page is seen, and opened again where it ends.
 * Each message is whole, so that nothing is missed in between.
 */
export class LiveStream<T> implements ReactiveController {
  state: StreamState = 'opening'
  /** The last message, kept while the stream is lost. */
  value: T | null = null

  readonly #host: ReactiveControllerHost
  readonly #event: string
  readonly #onRefused: (problem: { code: string; retryable: boolean; title: string }) => void
  #source: Source | null = null
  #attempt: AbortController | null = null
  #timer: ReturnType<typeof setTimeout> | undefined
  #waitMs = FIRST_WAIT_MS
  #isConnected = false

  constructor(
    host: ReactiveControllerHost,
    event: string,
    onRefused: (problem: { code: string; retryable: boolean; title: string }) => void,
  ) {
    this.#host = host
    this.#event = event
    this.#onRefused = onRefused
    host.addController(this)
  }

  hostConnected(): void {
    this.#isConnected = true
    document.addEventListener('visibilitychange', this.#onVisibility)
    this.#open()
  }

  hostDisconnected(): void {
    this.#isConnected = false
    document.removeEventListener('visibilitychange', this.#onVisibility)
    this.#close()
  }

  /** Follows another source from now on; the same one changes nothing. Null follows nothing. */
  follow(source: Source | null): void {
    if (JSON.stringify(source) === JSON.stringify(this.#source)) return
    this.#source = source
    this.#close()
    this.#become('opening', null)
    this.#waitMs = FIRST_WAIT_MS
    this.#open()
  }

  readonly #onVisibility = () => {
    if (document.hidden) this.#close()
    else this.#open()
  }

  #open(): void {
    const source = this.#source
    if (!source || !this.#isConnected || this.#attempt || document.hidden) return
    const attempt = new AbortController()
    this.#attempt = attempt
    this.#read(source, attempt.signal)
      .catch(() => 'lost' as const)
      .then((end) => {
        if (this.#attempt !== attempt) return
        this.#close()
        this.#become(end, this.value)
        if (end === 'refused') return
        this.#timer = setTimeout(() => this.#open(), this.#waitMs)
        this.#waitMs = Math.min(LONGEST_WAIT_MS, 2 * this.#waitMs)
      })
  }

  /** Ends as it should be shown: lost, or refused for good. */
  async #read({ api, key, path }: Source, signal: AbortSignal): Promise<'lost' | 'refused'> {
    const response = await createApiClient(api, key).stream(path, signal)
    if (!response.ok || !response.body) return this.#refusalOf(response)
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
    const messagesIn = createStreamReader()
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return 'lost'
      for (const { data, event } of messagesIn(value)) {
        if (event !== this.#event) continue
        this.#waitMs = FIRST_WAIT_MS
        this.#become('live', JSON.parse(data) as T)
      }
    }
  }

  async #refusalOf(response: Response): Promise<'lost' | 'refused'> {
    const problem = (await response.json().catch(() => null)) as Trouble['problem']
    if (!problem || problem.retryable) return 'lost'
    this.#onRefused(problem)
    return 'refused'
  }

  #close(): void {
    clearTimeout(this.#timer)
    this.#attempt?.abort()
    this.#attempt = null
  }

  #become(state: StreamState, value: T | null): void {
    this.state = state
    this.value = value
    this.#host.requestUpdate()
  }
}
