import type { Market, Quote } from '@offset-button/contract'
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { type ApiClient, createApiClient, type Trouble } from './api-client.ts'
import { type Attributes, readAttributes, type Settings } from './attributes.ts'
import { buttonStyles } from './button.css.ts'
import { drawButton } from './button-view.ts'
import { filterOf, NO_CHOICE } from './choice.ts'
import { type OffsetEventMap, tell } from './events.ts'
import { createFormat } from './format.ts'
import { loadPanelModule } from './load-panel.ts'
import { closureOf } from './market-state.ts'
import type { Panel } from './panel/panel.ts'
import type { Purchase } from './purchase-state.ts'
import { quoteRequestOf } from './requests.ts'
import { type OrderMemory, orderMemory } from './storage.ts'
import { ENGLISH_TAG } from './strings.ts'
import { tokens } from './tokens.css.ts'

export type {
  CertificateDetail,
  ErrorDetail,
  OffsetEventMap,
  OffsetEventName,
  OrderDetail,
  QuoteDetail,
} from './events.ts'

/** The attributes that the element reads; any may change at any time. */
const ATTRIBUTES = [
  'key',
  'api',
  'tonnes',
  'budget',
  'hosts',
  'technologies',
  'projects',
  'vintage-from',
  'vintage-to',
  'max-price',
  'beneficiary',
  'purpose',
  'appearance',
  'size',
  'mode',
] as const

const LOADING_AFTER_MS = 300
type StateName = 'loading' | 'open' | 'test' | 'closed' | 'done'

/**
 * A button by which a visitor has UN carbon credits cancelled, and gets a certificate. A link inside
 * it is shown where scripts do not run, and hidden once the element works.
 *
 * @attr {string} key - The publishable key, `pk_…`. Required.
 * @attr {string} api - The address of the API; by default the origin that this script came from.
 * @attr {number} tonnes - Whole tonnes, 1 to 1,000,000. Default 1; goes before `budget`.
 * @attr {string} budget - The most to spend in dollars, fees included, such as `50` or `49.50`.
 * @attr {string} hosts - Only these host countries, such as `KE,UG`.
 * @attr {string} technologies - Only these technologies, such as `hydro,solar`.
 * @attr {string} projects - Only these projects, by CDM reference, such as `0037,0071`.
 * @attr {number} vintage-from - Only reductions from this year on, 2000 to 2020.
 * @attr {number} vintage-to - Only reductions up to this year, 2000 to 2020.
 * @attr {string} max-price - The most for one tonne in dollars, such as `3.50`.
 * @attr {string} beneficiary - Fills in the name on the certificate, at most 120 characters.
 * @attr {string} purpose - Fills in the purpose on the certificate, at most 240 characters.
 * @attr {'solid'|'outline'|'plain'} appearance - How the button looks. Default `solid`.
 * @attr {'s'|'m'|'l'} size - 32, 44 or 56 px high. Default `m`.
 * @attr {'button'|'inline'} mode - A button that opens a panel, or the panel itself as a card.
 * @attr {string} id - Orders are remembered by API, key and `id`: give each of several buttons one.
 *
 * @fires {CustomEvent<null>} offset-open - Before the panel opens; `preventDefault()` keeps it closed.
 * @fires {CustomEvent<QuoteDetail>} offset-quote - A live price was shown.
 * @fires {CustomEvent<OrderDetail>} offset-reserved - Credits are held for an order.
 * @fires {CustomEvent<OrderDetail>} offset-paid - The card was charged.
 * @fires {CustomEvent<OrderDetail>} offset-cancelled - The registry has cancelled the credits.
 * @fires {CustomEvent<CertificateDetail>} offset-certificate - The certificate is there.
 * @fires {CustomEvent<ErrorDetail>} offset-error - Something stood in the way; bad attributes too.
 *
 * @slot payment - The payment provider's card form. The element fills it itself.
 *
 * @csspart button - The button on the page.
 * @csspart label - Its words.
 * @csspart price - Its live price.
 * @csspart badge - TEST, where payments are test payments.
 * @csspart panel - The panel: dialog or card.
 * @csspart steps - The bar of four steps.
 * @csspart header - Title, back, close.
 * @csspart body - What the step says.
 * @csspart footer - What can be done.
 * @csspart test - TEST, in the header.
 * @csspart amount - The amount with its less and more.
 * @csspart presets - The ready amounts.
 * @csspart filter - Which projects.
 * @csspart input - A field of the amount.
 * @csspart sum - Tonnes and money at a glance.
 * @csspart strip - The block of units in proportion.
 * @csspart fills - The list of fills.
 * @csspart fill - One fill.
 * @csspart why - Why these projects.
 * @csspart total - The receipt.
 * @csspart hold - The hold and what is left of it.
 * @csspart payment - Around the card form.
 * @csspart consent - The box to tick.
 * @csspart progress - The registry's steps.
 * @csspart perfin - The punched band.
 * @csspart blocks - The serial blocks.
 *
 * @cssprop --offset-accent - The embedder's colour; kept legible. Default #2141A6.
 * @cssprop --offset-ink - Text, and what is final.
 * @cssprop --offset-paper - The panel's ground.
 * @cssprop --offset-font - The panel's font; the button takes the page's.
 * @cssprop --offset-radius - Of controls; the panel's is half as much again. Default 8px.
 * @cssprop --offset-width - Of the panel. Default 400px.
 *
 * @cssstate loading - The panel is on its way.
 * @cssstate open - The panel is open.
 * @cssstate test - Payments are test payments.
 * @cssstate closed - Nothing can be bought now.
 * @cssstate done - This visitor's order has its certificate.
 */
export class OffsetButton extends LitElement {
  static override styles = [tokens, buttonStyles]
  static override get observedAttributes(): string[] {
    // biome-ignore lint/complexity/noThisInStatic: the getter finishes the class that it is called on.
    return [...super.observedAttributes, ...ATTRIBUTES, 'id']
  }

  /** @internal */
  readonly format = createFormat(ENGLISH_TAG)
  /** @internal */
  settings!: Settings
  /** @internal */
  client!: ApiClient
  /** @internal */
  memory!: OrderMemory

  readonly #internals: ElementInternals | null = this.attachInternals?.() ?? null
  #panel: Panel | null = null
  #market: Market | null = null
  #quote: Quote | null = null
  #closed: Trouble['code'] | null = null
  #openOrder = false
  #doneTonnes: number | null = null
  #isLoading = false
  #isOpen = false
  #told = ''
  readonly #onPress = (): void => void this.open()
  #visible: IntersectionObserver | null = null

  override connectedCallback(): void {
    super.connectedCallback()
    this.#configure()
    this.#panel?.connect()
    this.#visible = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) this.#onVisible()
    })
    this.#visible.observe(this)
    const open = this.memory.read()
    if (open && open.doneTonnes === null && open.orderId !== null) void this.#resume()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#visible?.disconnect()
    this.#panel?.disconnect()
    this.#isOpen = false
  }

  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    super.attributeChangedCallback(name, old, value)
    if (old === value || !this.isConnected || !this.hasUpdated) return
    this.#configure()
    this.#quote = null
    void this.#preview()
    this.requestUpdate()
  }

  /** Opens the panel, unless a listener of `offset-open` prevents it. In inline mode it scrolls there. */
  async open(): Promise<void> {
    if (this.settings.mode === 'inline') this.scrollIntoView({ block: 'nearest' })
    await this.#open()
  }

  /** Closes the panel. An order under way goes on. */
  close(): void {
    this.#panel?.close()
  }

  /** Forgets the order that this element remembers, and begins anew. What is paid goes on. */
  reset(): void {
    this.memory.forget()
    this.#openOrder = false
    this.#doneTonnes = null
    this.#panel?.reset()
    if (!this.#quote) void this.#preview()
    this.requestUpdate()
  }

  /** @internal */
  onPurchase(purchase: Purchase): void {
    const hadOrder = this.#openOrder
    this.#recall()
    if (purchase.market) this.#takeMarket(purchase.market)
    const hasEnded = hadOrder && !this.#openOrder && this.#doneTonnes === null
    if (hasEnded && !this.#quote) void this.#preview()
    this.requestUpdate()
  }

  /** @internal */
  onQuote(quote: Quote): void {
    tell(this, 'offset-quote', {
      tonnes: quote.quantity_tonnes,
      totalMinor: quote.amounts.total_minor,
      currency: quote.amounts.currency,
    })
  }

  /** @internal */
  onPanelClosed(): void {
    this.#isOpen = false
    this.requestUpdate()
    this.renderRoot.querySelector<HTMLElement>('.button')?.focus()
  }

  /** @internal */
  report({ code, retryable, message }: Pick<Trouble, 'code' | 'retryable' | 'message'>): void {
    tell(this, 'offset-error', { code, retryable, message })
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed)
    this.#setState('loading', this.#isLoading)
    this.#setState('open', this.#isOpen)
    this.#setState('test', this.#market?.test ?? false)
    this.#setState('closed', this.#closed !== null)
    this.#setState('done', this.#doneTonnes !== null)
  }

  protected override render(): TemplateResult {
    if (this.settings.mode === 'inline') return html`${this.#panel?.render() ?? nothing}`
    const button = drawButton(
      {
        settings: this.settings,
        format: this.format,
        quote: this.#quote,
        isTest: this.#market?.test ?? false,
        closure: this.#closed,
        hasOpenOrder: this.#openOrder,
        doneTonnes: this.#doneTonnes,
        isLoading: this.#isLoading,
        isOpen: this.#isOpen,
      },
      this.#onPress,
    )
    return html`${button}${this.#panel?.render() ?? nothing}`
  }

  async #open(): Promise<void> {
    if (this.#isOpen || !tell(this, 'offset-open', null)) return
    const slow = setTimeout(() => this.#setLoading(true), LOADING_AFTER_MS)
    try {
      const panel = await this.#loadPanel()
      this.#isOpen = true
      const known = this.memory.read()
      if (known && panel.purchase.order === null && !panel.purchase.resumed)
        void panel.resume(known)
      panel.open({ market: this.#market, quote: this.#quote })
    } catch {
      this.report(SCRIPT_MISSING)
    } finally {
      clearTimeout(slow)
      this.#setLoading(false)
    }
  }

  #configure(): void {
    const entries = ATTRIBUTES.map((name) => [name, this.getAttribute(name)])
    this.settings = readAttributes(Object.fromEntries(entries) as Attributes, BASE_API)
    const { api, key } = this.settings
    this.client = createApiClient(api, key)
    this.memory = orderMemory(localStorageOrNull(), api, key, this.id)
    this.#recall()
    this.#reportFaults()
  }

  #recall(): void {
    const open = this.memory.read()
    this.#openOrder = open !== null && open.doneTonnes === null
    this.#doneTonnes = open?.doneTonnes ?? null
  }

  #reportFaults(): void {
    const { faults } = this.settings
    const told = JSON.stringify(faults)
    if (told === this.#told) return
    this.#told = told
    for (const { attribute, value, expected } of faults) {
      const message = `<offset-button> ${attribute}="${value}": expected ${expected}.`
      console.warn(message)
      tell(this, 'offset-error', { code: 'invalid_attribute', retryable: false, message })
    }
  }

  #onVisible(): void {
    this.#visible?.disconnect()
    if (this.settings.mode === 'inline') void this.#open()
    else void this.#preview()
  }

  /** What the button says before anybody presses it: price, TEST, closed. */
  async #preview(): Promise<void> {
    const { settings, client } = this
    if (settings.faults.some((fault) => fault.blocks)) return
    const request = quoteRequestOf(
      {
        by: settings.budgetMinor === null ? 'tonnes' : 'budget',
        typedTonnes: String(settings.tonnes ?? ''),
        typedBudget: String((settings.budgetMinor ?? 0) / 100),
        choice: NO_CHOICE,
      },
      settings,
    )
    const hasOrder = this.#openOrder || this.#doneTonnes !== null
    const [market, quote] = await Promise.all([
      client.market(filterOf(settings.bounds, NO_CHOICE)),
      request && !hasOrder ? client.quote(request) : null,
    ])
    if (client !== this.client) return
    if (market.ok) this.#takeMarket(market.value)
    if (quote?.ok) {
      this.#quote = quote.value
      this.onQuote(quote.value)
    }
    this.requestUpdate()
  }

  #takeMarket(market: Market): void {
    this.#market = market
    this.#closed = closureOf(market)?.code ?? null
  }

  async #resume(): Promise<void> {
    const panel = await this.#loadPanel().catch(() => null)
    const open = this.memory.read()
    if (panel && open && panel.purchase.order === null) await panel.resume(open)
  }

  async #loadPanel(): Promise<Panel> {
    if (this.#panel) return this.#panel
    const { Panel } = await loadPanelModule()
    this.#panel ??= new Panel(this)
    return this.#panel
  }

  #setLoading(isLoading: boolean): void {
    this.#isLoading = isLoading
    this.requestUpdate()
  }

  #setState(name: StateName, on: boolean): void {
    if (on) this.#internals?.states?.add(name)
    else this.#internals?.states?.delete(name)
  }
}

const SCRIPT_MISSING = {
  code: 'market_unavailable',
  retryable: true,
  message: 'The panel could not be loaded.',
} as const

/** The origin that this script came from: the API serves it. */
const BASE_API = new URL('/', import.meta.url).href

/** Reading `localStorage` throws where the browser forbids it. */
const localStorageOrNull = (): Storage | null => {
  try {
    return globalThis.localStorage
  } catch {
    return null
  }
}

if (!customElements.get('offset-button')) customElements.define('offset-button', OffsetButton)

declare global {
  interface HTMLElementTagNameMap {
    'offset-button': OffsetButton
  }
  interface HTMLElementEventMap extends OffsetEventMap {}
}
