import type { Quote } from '@offset-button/contract'
import type { ApiClient, Trouble } from '../api-client.ts'
import type { Answers } from '../ask.ts'
import type { Settings } from '../attributes.ts'
import type { News } from '../button-face.ts'
import type { OffsetEventMap } from '../events.ts'
import type { Format } from '../format.ts'
import type { Tongue } from '../languages/nearest.ts'
import type { Verified } from '../load-chunk.ts'
import type { Purchase, PurchaseEvent } from '../purchase-state.ts'
import type { OrderMemory } from '../storage.ts'
import type { Language } from '../strings.ts'
import type { Frame } from './frame.ts'

type Told = Pick<Trouble, 'code' | 'retryable' | 'message'> & { readonly directive?: string }

/** What the panel needs of the element it belongs to. */
export type PanelHost = HTMLElement & {
  readonly settings: Settings
  readonly memory: OrderMemory
  readonly tongue: Tongue
  /** Fetches a chunk under its hash. */
  readonly verified: Verified
  /** Asks for the market and a price. Never rejects. */
  ask(settings: Settings): Promise<Answers>
  /** The button may show something else. */
  onNews(news: News): void
  /** What is remembered of an order has changed. */
  onMemory(): void
  onPanelClosed(): void
  /** A file that the panel cannot do without could not be loaded. */
  onMissing(): void
  /** Dispatches one of the element's events; false where a listener prevented it. */
  tell<N extends keyof OffsetEventMap>(name: N, detail: OffsetEventMap[N]['detail']): boolean
  /** Dispatches `offset-error`; by default that a file could not be loaded. */
  report(trouble?: Told): void
}

/** What the parts of the panel share. */
export type Desk = {
  readonly host: PanelHost
  readonly root: ShadowRoot
  readonly client: ApiClient
  readonly purchase: Purchase
  readonly language: Language
  readonly format: Format
  dispatch(event: PurchaseEvent): void
  announce(sentence: string): void
  /** A live price was shown. */
  onQuote(quote: Quote): void
  /** Something outside of the purchase changed what is drawn. */
  redraw(): void
  /** The server's time in milliseconds, as far as known. */
  nowMs(): number
  readonly frame: Frame
  /** Forgets the order and begins anew. */
  reset(): void
  /** Dispatches `wake` when the visitor asks now: waits end early. */
  readonly waker: EventTarget
}

/** Resolves after `ms`, or as soon as the browser is back online, or the visitor asks now. */
export const pause = (ms: number, waker: EventTarget): Promise<void> =>
  new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      removeEventListener('online', done)
      waker.removeEventListener('wake', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    addEventListener('online', done)
    waker.addEventListener('wake', done)
  })
