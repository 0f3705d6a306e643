import { type Attributes, readAttributes, type Settings } from './attributes.ts'
import { buttonStyles } from './button.css.ts'
import { ButtonFace, type News, NO_NEWS } from './button-face.ts'
import { loadPanel, loadTongues } from './chunks.ts'
import { sheetsOf } from './css.ts'
import { type ErrorDetail, type OffsetEventMap, tell } from './events.ts'
import { type Tongue, tongueOf, watchLang } from './languages/nearest.ts'
import { verified } from './load-chunk.ts'
import type { Panel } from './panel/panel.ts'
import { ATTRIBUTES, createLooks, LOOKS, type Mirrors, mirror, upgrade } from './properties.ts'
import { type OrderMemory, orderMemory } from './storage.ts'
import { tokens } from './tokens.css.ts'
import { VERSION } from './version.ts'

export type {
  CertificateDetail,
  ErrorDetail,
  OffsetEventMap,
  OffsetEventName,
  OrderDetail,
  QuoteDetail,
} from './events.ts'

const LOADING_AFTER_MS = 300
const LOOK_NAMES = Object.keys(LOOKS) as (keyof typeof LOOKS)[]
const STATES = ['loading', 'open', 'test', 'closed', 'done'] as const

/**
 * A button by which a visitor has UN carbon credits cancelled, and gets a certificate. A link inside
 * it is shown where scripts do not run, and hidden once the element works. Nothing is requested and
 * nothing stored before a visitor shows interest: points at it, focuses or presses it.
 *
 * Every attribute has a property of the same name in camel case, which mirrors it.
 *
 * @tag offset-button
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
 * @attr {string} accent - `--offset-accent` as an attribute, for pages that refuse inline styles.
 * @attr {string} ink - `--offset-ink` as an attribute.
 * @attr {string} paper - `--offset-paper` as an attribute.
 * @attr {string} font - `--offset-font` as an attribute.
 * @attr {string} radius - `--offset-radius` as an attribute.
 * @attr {string} width - `--offset-width` as an attribute.
 * @attr {string} lang - The language; by default that of the nearest ancestor with `lang`.
 * @attr {string} name - In a form: the field that carries the order's id once it is placed.
 * @attr {boolean} required - In a form: the form is not valid before the credits are cancelled.
 * @attr {boolean} disabled - The button cannot be pressed; also inside a disabled fieldset.
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
 * @slot - A link for visitors without JavaScript, to the hosted page. Shown again where the panel cannot be loaded.
 * @slot payment - The payment provider's card form. The element fills it itself.
 *
 * @csspart button - The button on the page.
 * @csspart label - Its words.
 * @csspart price - Its live price, and the words before there is one.
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
 * @cssstate test - Payments are test payments; known once somebody shows interest.
 * @cssstate closed - Nothing can be bought now; known once somebody shows interest.
 * @cssstate done - This visitor's order has its certificate.
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: `mirror` defines what the interface adds.
export class OffsetButton extends HTMLElement {
  static readonly version: string = VERSION
  static readonly formAssociated = true
  static readonly observedAttributes: readonly string[] = [
    ...ATTRIBUTES,
    ...LOOK_NAMES,
    'id',
    'required',
  ]

  /** @internal */
  settings!: Settings
  /** @internal */
  memory!: OrderMemory
  /** @internal */
  tongue!: Tongue
  /** @internal */
  readonly verified = verified
  /** @internal */
  readonly internals: ElementInternals = this.attachInternals()

  readonly #root = this.attachShadow({ mode: 'open' })
  readonly #face = new ButtonFace()
  readonly #looks = createLooks()
  #panel: Panel | null = null
  #loading: Promise<Panel> | null = null
  #news: News = NO_NEWS
  #openOrder = false
  #doneTonnes: number | null = null
  #isLoading = false
  #isOpen = false
  #told = ''
  #isReady = false
  #unwatchLang: (() => void) | undefined
  #visible: IntersectionObserver | undefined

  constructor() {
    super()
    this.#root.adoptedStyleSheets = [...sheetsOf([tokens, buttonStyles]), this.#looks.sheet]
    const { button } = this.#face
    this.#root.append(button)
    button.onclick = () => void this.open()
    for (const intent of ['pointerenter', 'pointerdown', 'focus'] as const)
      button.addEventListener(intent, () => this.#onIntent(), { passive: true })
  }

  connectedCallback(): void {
    if (!this.#isReady) upgrade(this, [...ATTRIBUTES, ...LOOK_NAMES])
    this.#isReady = true
    this.#configure()
    this.#panel?.connect()
    this.#unwatchLang = watchLang(() => this.#onLang())
    const open = this.memory.read()
    if (open && open.doneTonnes === null && open.orderId !== null) void this.#resume()
    this.#placeFace()
  }

  disconnectedCallback(): void {
    this.#unwatchLang?.()
    this.#visible?.disconnect()
    this.#panel?.disconnect()
    this.#isOpen = false
  }

  attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    if (!this.#isReady || old === value) return
    if (this.isConnected) this.#configure()
    if (name !== 'required' && !(name in LOOKS)) {
      this.#news = { ...this.#news, prices: [] }
      this.#panel?.onSettings()
    }
    this.#placeFace()
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
    this.#panel?.reset()
    this.onMemory()
  }

  /** In a form: the id of the order that was placed, or an empty text. */
  get value(): string {
    return this.memory?.read()?.orderId ?? ''
  }

  /** The form that the element belongs to. */
  get form(): HTMLFormElement | null {
    return this.internals.form
  }

  /** @internal */
  formDisabledCallback(isDisabled: boolean): void {
    this.#face.button.disabled = isDisabled
  }

  /** @internal What the panel has learnt. */
  onNews(news: News): void {
    this.#news = news
    this.#draw()
  }

  /** @internal What is remembered of an order has changed. */
  onMemory(): void {
    const open = this.memory.read()
    this.#openOrder = open !== null && open.doneTonnes === null
    this.#doneTonnes = open?.doneTonnes ?? null
    this.internals.setFormValue(open?.orderId ?? null)
    const missing = this.hasAttribute('required') && this.#doneTonnes === null
    const words = this.#face.button.textContent || 'required'
    const { button } = this.#face
    const at = button.parentNode ? button : undefined
    this.internals.setValidity({ valueMissing: missing }, words, at)
    this.#draw()
  }

  /** @internal */
  onPanelClosed(): void {
    this.#isOpen = false
    this.#draw()
    this.#face.button.focus()
  }

  /** @internal */
  tell<N extends keyof OffsetEventMap>(name: N, detail: OffsetEventMap[N]['detail']): boolean {
    return tell(this, name, detail)
  }

  /** @internal */
  report({ code, retryable, message, directive }: ErrorDetail): void {
    tell(this, 'offset-error', { code, retryable, message, ...(directive && { directive }) })
  }

  async #open(): Promise<void> {
    if (this.#isOpen || this.#face.button.disabled || !tell(this, 'offset-open', null)) return
    const slow = setTimeout(() => this.#setLoading(true), LOADING_AFTER_MS)
    try {
      const panel = await this.#load()
      this.#isOpen = true
      panel.open()
    } catch {
      this.report(SCRIPT_MISSING)
      if (!this.#root.querySelector('slot:not([name])'))
        this.#root.append(document.createElement('slot'))
    } finally {
      clearTimeout(slow)
      this.#setLoading(false)
    }
  }

  /** Somebody points at the button or focuses it: the panel and a price are fetched, nothing opens. */
  #onIntent(): void {
    this.#load().then(
      (panel) => panel.warm(),
      () => undefined,
    )
  }

  #onLang(): void {
    const tongue = tongueOf(this)
    if (tongue.tag === this.tongue.tag) return
    this.tongue = tongue
    this.#draw()
    if (this.#panel) void this.#words().then((words) => this.#panel?.speak(words))
  }

  #configure(): void {
    const entries = ATTRIBUTES.map((name) => [name, this.getAttribute(name)])
    this.settings = readAttributes(Object.fromEntries(entries) as Attributes, BASE_API)
    this.tongue = tongueOf(this)
    const { api, key } = this.settings
    this.memory = orderMemory(localStorageOrNull(), api, key, this.id)
    this.#reportFaults(this.#readLooks())
    this.onMemory()
  }

  /** The looks that CSS can read are set; the others are faults. */
  #readLooks(): readonly string[] {
    return LOOK_NAMES.filter((name) => {
      const value = this.getAttribute(name)
      const fits = value === null || CSS.supports(LOOKS[name], value)
      this.#looks.set(name, fits && value !== null ? value : '')
      return !fits
    }).map((name) => faultOf(name, this.getAttribute(name), `a CSS value for ${LOOKS[name]}`))
  }

  #reportFaults(looks: readonly string[]): void {
    const faults = this.settings.faults.map((it) => faultOf(it.attribute, it.value, it.expected))
    const messages = [...faults, ...looks]
    if (this.#told === messages.join()) return
    this.#told = messages.join()
    for (const message of messages) {
      console.warn(message)
      this.report({ code: 'invalid_attribute', retryable: false, message })
    }
  }

  #placeFace(): void {
    const { button } = this.#face
    const isInline = this.settings?.mode === 'inline'
    if (isInline) button.remove()
    else if (!button.parentNode) this.#root.prepend(button)
    this.#visible?.disconnect()
    if (!isInline) return
    this.#visible = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return
      this.#visible?.disconnect()
      void this.#open()
    })
    this.#visible.observe(this)
  }

  #draw(): void {
    const { settings, tongue } = this
    this.#face.draw({
      settings,
      tongue,
      news: this.#news,
      hasOpenOrder: this.#openOrder,
      doneTonnes: this.#doneTonnes,
      isLoading: this.#isLoading,
      isOpen: this.#isOpen,
    })
    const on = {
      loading: this.#isLoading,
      open: this.#isOpen,
      test: this.#news.test !== null,
      closed: this.#news.closed !== null,
      done: this.#doneTonnes !== null,
    }
    for (const name of STATES) {
      if (on[name]) this.internals.states.add(name)
      else this.internals.states.delete(name)
    }
  }

  async #resume(): Promise<void> {
    await this.#load().then(
      (panel) => panel.resume(),
      () => undefined,
    )
  }

  async #words() {
    const { wordsOf } = await loadTongues()
    return wordsOf(verified)[this.tongue.code]()
  }

  #load(): Promise<Panel> {
    if (!this.settings) this.#configure()
    this.#loading ??= Promise.all([loadPanel(), this.#words()]).then(([{ Panel }, words]) => {
      this.#panel = new Panel(this, this.#root, words)
      return this.#panel
    })
    this.#loading.catch(() => {
      this.#loading = null
    })
    return this.#loading
  }

  #setLoading(isLoading: boolean): void {
    this.#isLoading = isLoading
    this.#draw()
  }
}

/** Properties that mirror the attributes of the same name. */
export interface OffsetButton extends Mirrors {}
mirror(OffsetButton.prototype, [...ATTRIBUTES, ...LOOK_NAMES])

const SCRIPT_MISSING = {
  code: 'script_blocked',
  retryable: true,
  message: 'The panel could not be loaded, or was not what was built.',
} as const

const faultOf = (attribute: string, value: string | null, expected: string) =>
  `<offset-button> ${attribute}="${value ?? ''}": expected ${expected}.`

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

const other = customElements.get('offset-button') as { version?: string } | undefined
if (other === undefined) customElements.define('offset-button', OffsetButton)
else if (other.version !== VERSION)
  console.warn(
    `<offset-button> ${other.version ?? 'of another version'} is already on this page: ${VERSION} leaves it in place.`,
  )

declare global {
  interface HTMLElementTagNameMap {
    'offset-button': OffsetButton
  }
  interface HTMLElementEventMap extends OffsetEventMap {}
}
