import type { Quote } from '@offset-button/contract'
import type { ApiClient, Trouble } from '../api-client.ts'
import type { Settings } from '../attributes.ts'
import type { Format } from '../format.ts'
import type { Purchase, PurchaseEvent } from '../purchase-state.ts'
import type { OrderMemory } from '../storage.ts'

/** What the panel needs of the element it belongs to. */
export type PanelHost = HTMLElement & {
  readonly settings: Settings
  readonly client: ApiClient
  readonly memory: OrderMemory
  readonly format: Format
  requestUpdate(): void
  readonly updateComplete: Promise<boolean>
  /** The purchase moved on: the button may say something else. */
  onPurchase(purchase: Purchase): void
  onQuote(quote: Quote): void
  /** Dispatches `offset-error`. */
  report(trouble: Pick<Trouble, 'code' | 'retryable' | 'message'>): void
  onPanelClosed(): void
}

/** What the parts of the panel share. */
export type Desk = {
  readonly host: PanelHost
  readonly purchase: Purchase
  dispatch(event: PurchaseEvent): void
  announce(sentence: string): void
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
