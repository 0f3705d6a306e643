import { createApiClient } from '../api-client.ts'
import { newPurchase } from '../purchase-start.ts'
import type { Purchase, Step } from '../purchase-state.ts'
import { laterActions } from './actions-later.ts'
import { controlLaterStyles } from './controls-later.css.ts'
import { fetchingStep } from './fetching-step.ts'
import { hostedAddress } from './hosted.ts'
import { laterSteps } from './later.ts'
import { loadingStep } from './loading-step.ts'
import { more } from './more.ts'
import type { OrderDesk } from './order-desk.ts'
import type { Panel } from './panel.ts'
import { Pricing } from './pricing.ts'
import { explain } from './pricing-later.ts'
import { quoteStyles } from './quote.css.ts'
import { quoteStep } from './quote-step.ts'
import { refuses } from './refuses.ts'
import { restStyles } from './rest.css.ts'
import type { Page } from './shell.ts'
import type { LaterSteps, Pages } from './steps.ts'
import type { Actions, LaterView, View } from './view.ts'

/** A first answer that takes longer is slow. */
const SLOW_MS = 5_000
/** A price that is older is asked again when the panel opens. */
const FRESH_MS = 10_000
/** The step that is fetched while the visitor is at another. */
const NEXT: Partial<Readonly<Record<Step, Step>>> = {
  quote: 'payment',
  payment: 'progress',
  progress: 'certificate',
}

/** What the panel does after the first price: asks on, fetches the later steps, and follows the order. */
export class Follower {
  readonly pricing: Pricing
  readonly actions: Actions
  readonly more = more
  readonly newPurchase = newPurchase
  readonly #panel: Panel
  readonly #fetching = (view: View) => fetchingStep(view, this.#lost.has(view.purchase.step))
  #slow: ReturnType<typeof setTimeout> | undefined
  readonly #motion = matchMedia('(prefers-reduced-motion: reduce)')
  readonly #load: ReturnType<typeof laterSteps>
  /** Whether the certificate's link was copied. */
  copied: LaterView['copied'] = 'no'
  #pages: Pages = { loading: loadingStep, quote: quoteStep }
  #enter: NonNullable<LaterSteps['enter']> = {}
  #orders: OrderDesk | null = null
  #tick: ReturnType<typeof setInterval> | undefined
  /** Whether the visitor has opened "why these projects": it is asked again for each quote. */
  wantsWhy = false
  /** The steps whose last fetch failed. */
  readonly #lost = new Set<Step>()
  readonly #onOnline = () => {
    const { trouble, work } = this.#panel.purchase
    if (trouble?.code === 'offline' && work === 'idle') this.#panel.dispatch({ kind: 'untroubled' })
  }
  readonly #onOffline = () => {
    if (this.#panel.isOpen) this.#panel.dispatch({ kind: 'troubled', trouble: OFFLINE })
  }
  readonly #onStorage = () => {
    const { host, purchase } = this.#panel
    host.onMemory()
    const id = host.memory.read()?.orderId
    if (id && id !== purchase.order?.id && purchase.work === 'idle') void this.#panel.resume()
  }

  /** The page's own policy keeps the element from its API: nothing can be done in this page. */
  readonly #onViolation = (event: SecurityPolicyViolationEvent) => {
    const { dispatch, host, purchase } = this.#panel
    const isOurs =
      refuses(event, host.settings.api) && /^connect-src/.test(event.effectiveDirective)
    if (!isOurs || purchase.step === 'closed') return
    this.pricing.stop()
    host.report({ ...PAGE_FORBIDS, directive: event.effectiveDirective })
    dispatch({ kind: 'refused', trouble: PAGE_FORBIDS })
  }

  constructor(panel: Panel) {
    this.#panel = panel
    this.#load = laterSteps(panel.host.verified)
    this.pricing = new Pricing(panel)
    this.actions = laterActions(panel, this)
    panel.purchase = newPurchase(panel.purchase)
    panel.adopt([restStyles, quoteStyles, controlLaterStyles])
    this.connect()
    this.begin()
  }

  /** Asks the API that the element names now. */
  begin(): void {
    const { api, key } = this.#panel.host.settings
    this.#panel.client = createApiClient(api, key)
    clearTimeout(this.#slow)
    this.#slow = setTimeout(() => {
      if (this.#panel.purchase.step === 'loading') this.#panel.dispatch({ kind: 'slow' })
    }, SLOW_MS)
  }

  connect(): void {
    this.disconnect()
    this.#tick = setInterval(() => this.#onTick(), 1000)
    addEventListener('online', this.#onOnline)
    addEventListener('offline', this.#onOffline)
    addEventListener('storage', this.#onStorage)
    document.addEventListener('securitypolicyviolation', this.#onViolation)
    this.#orders?.connect()
  }

  disconnect(): void {
    clearInterval(this.#tick)
    clearTimeout(this.#slow)
    removeEventListener('online', this.#onOnline)
    removeEventListener('offline', this.#onOffline)
    removeEventListener('storage', this.#onStorage)
    document.removeEventListener('securitypolicyviolation', this.#onViolation)
    this.pricing.stop()
    this.#orders?.disconnect()
  }

  /** Stops asking and following; the order itself goes on. */
  release(): void {
    this.pricing.stop()
    this.#orders?.release()
  }

  onReset(): void {
    this.release()
    this.copied = 'no'
  }

  view(): LaterView {
    const orders = this.#orders
    return {
      nowMs: this.#panel.nowMs(),
      reducedMotion: this.#motion.matches,
      cardForm: orders?.cardForm ?? 'opening',
      isElsewhere: orders?.isElsewhere ?? false,
      copied: this.copied,
      hosted: hostedAddress(this.#panel),
    }
  }

  /** The panel speaks another language. */
  onSpeech(): void {
    void this.#orders?.goOn()
  }

  pageOf(step: Step): (view: View) => Page {
    return this.#pages[step] ?? this.#fetching
  }

  onOpen(): void {
    if (this.#panel.purchase.quote) this.pricing.start(FRESH_MS)
    this.#orders?.onOpen()
    void this.fetch(this.#panel.purchase.step)
  }

  /** The purchase moved on. */
  onChange(before: Purchase): void {
    const { step, quote } = this.#panel.purchase
    this.wantsWhy &&= step === 'quote'
    if (this.wantsWhy && quote !== before.quote) void explain(this.#panel)
    if (step !== before.step) {
      const asks = step === 'amount' || step === 'quote'
      if (asks && quote === null && before.step !== 'loading') this.pricing.ask(0)
      if (step === 'payment') void this.orders().then((orders) => orders?.onOpen())
      void this.fetch(step).then((isThere) => {
        if (isThere && step === this.#panel.purchase.step) this.#enter[step]?.(this.#panel)
      })
    }
    this.#orders?.onChange(before)
  }

  /** Fetches a step, and the next where it is near; false where that failed. */
  async fetch(step: Step): Promise<LaterSteps | true | false> {
    const next = NEXT[step]
    if (next && this.#panel.isOpen && !this.#pages[next]) void this.fetch(next)
    const load = this.#load[step]
    if (!load) return true
    this.#lost.delete(step)
    try {
      const later = await load()
      if (this.#pages[step]) return later
      this.#pages = { ...this.#pages, ...later.pages }
      this.#enter = { ...this.#enter, ...later.enter }
      this.#panel.adopt(later.styles)
      this.#panel.redraw()
      return later
    } catch {
      this.#lost.add(step)
      this.#panel.host.report()
      this.#panel.redraw()
      return false
    }
  }

  /** The desk for orders, fetched when the first is near; null where it could not be. */
  async orders(): Promise<OrderDesk | null> {
    if (this.#orders) return this.#orders
    const payment = await this.fetch('payment')
    if (!this.#orders && typeof payment === 'object' && payment.OrderDesk)
      this.#orders = new payment.OrderDesk(this.#panel)
    return this.#orders
  }

  async resume(): Promise<void> {
    void this.pricing.loadMarket()
    await (await this.orders())?.goOn()
  }

  /** Fetches what the step needs again, and asks everything that waits for an answer. */
  askNow(): void {
    const { step, market, resumed } = this.#panel.purchase
    void this.fetch(step)
    if (market === null && !resumed) void this.pricing.loadMarket()
    else if (step === 'amount' || step === 'quote') this.pricing.ask(0)
    this.#panel.waker.dispatchEvent(new Event('wake'))
  }

  #onTick(): void {
    this.#orders?.tick(this.#panel.isOpen)
    if (this.#panel.purchase.order !== null && this.#panel.isOpen) this.#panel.redraw()
  }
}

const PAGE_FORBIDS = {
  code: 'page_forbids',
  retryable: false,
  answered: true,
  message: "The page's Content-Security-Policy keeps the element from its API.",
  problem: null,
} as const
const OFFLINE = {
  code: 'offline',
  retryable: true,
  answered: false,
  message: 'The browser is offline.',
  problem: null,
} as const
