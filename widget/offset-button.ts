import { type PropertyValues, ReactiveElement } from 'lit'
import { ask } from './ask.ts'
import type { Settings } from './attributes.ts'
import { BASE_API } from './base-api.ts'
import { buttonStyles } from './button.css.ts'
import { createButtonFace, type News, NO_NEWS } from './button-face.ts'
import { loadPanel, loadSettings, loadWords } from './chunks.ts'
import { sheetsOf } from './css.ts'
import { type ErrorDetail, type OffsetEventMap, tell } from './events.ts'
import { attributesOf, type Face, LATER_NAMES, PLAIN, readFace } from './face.ts'
import { fillLink } from './hosted-link.ts'
import { type Tongue, tongueOf, watchLang } from './languages/nearest.ts'
import { LOADING_AFTER_MS } from './limits.ts'
import { missing, verified } from './load-chunk.ts'
import { applyLooks, type BadLooks } from './looks.ts'
import type { Panel } from './panel/panel.ts'
import { MERE, type Mirrors, PROPERTIES } from './properties.ts'
import { register } from './register.ts'
import { type OrderMemory, orderMemory } from './storage.ts'
import { tokens } from './tokens.css.ts'
import { VERSION } from './version.ts'
import { whenSeen } from './when-seen.ts'

export type * from './events.ts'

/**
 * A button by which a visitor has UN carbon credits cancelled, and gets a certificate. A link inside it is shown where scripts do not run, and hidden once the element works. Nothing is requested and nothing stored before a visitor shows interest: points at it, focuses or presses it.
 *
 * Every attribute has a property of the same name in camel case, which mirrors it: null or undefined where absent. What is set shows in the attribute, and in the button, once `updateComplete` has resolved.
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
 * @slot - A link for visitors without JavaScript, to the hosted page. Shown again where the panel cannot be loaded; where there is none, the element shows one of its own then, unless attributes narrow the sale.
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
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: Lit defines what the interface adds.
export class OffsetButton extends ReactiveElement {
  static readonly version: string = VERSION
  static readonly formAssociated = true
  static override readonly styles = sheetsOf([tokens + buttonStyles])
  /** @internal */
  static override readonly properties = PROPERTIES

  /** @internal */
  settings!: Settings
  /** @internal */
  memory!: OrderMemory
  /** @internal */
  tongue!: Tongue
  /** @internal */
  readonly verified = verified
  /** @internal */
  readonly ask = ask
  /** @internal */
  readonly internals: ElementInternals = this.attachInternals()

  readonly #button = createButtonFace()
  readonly #looks = new CSSStyleSheet()
  readonly #link = document.createElement('slot')
  #badLooks: BadLooks = []
  #isPlain: boolean | undefined
  #panel: Panel | undefined
  #loading: Promise<Panel> | undefined
  #news: News = NO_NEWS
  #face!: Face
  /** Settles once `settings` are those of the attributes. */
  #settled: Promise<unknown> | undefined
  #orderLabel = ''
  #isDone: boolean | undefined
  #isLoading: boolean | undefined
  #isOpen: boolean | undefined
  /** Newly in a document: everything may be another. */
  #isNew: boolean | undefined
  #lang: MutationObserver | undefined
  #visible: IntersectionObserver | undefined

  constructor() {
    super()
    const { button } = this.#button
    button.onclick = () => void this.open()
    for (const intent of ['pointerenter', 'pointerdown', 'focus'] as const)
      button.addEventListener(intent, () => this.#warm())
  }

  override connectedCallback(): void {
    this.#isNew = true
    this.requestUpdate()
    super.connectedCallback()
    this.#lang = watchLang(() => this.#onLang())
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#lang?.disconnect()
    this.#visible?.disconnect()
    this.#isOpen = false
  }

  /** Opens the panel, unless a listener of `offset-open` prevents it. In inline mode it scrolls there. */
  async open(): Promise<void> {
    this.performUpdate()
    if (this.#face.mode === 'inline') this.scrollIntoView({ block: 'nearest' })
    await this.#open()
  }

  /** Closes the panel. An order under way goes on. */
  close(): void {
    this.#panel?.close()
  }

  /** Forgets the order that this element remembers, and begins anew. What is paid goes on. */
  reset(): void {
    this.memory?.forget()
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
    this.#button.button.disabled = isDisabled
  }

  /** @internal What the panel has learnt. */
  onNews(news: News): void {
    this.#news = news
    this.requestUpdate()
  }

  /** @internal What is remembered of an order has changed. */
  onMemory(): void {
    this.#remember()
    this.requestUpdate()
  }

  /** @internal */
  onPanelClosed(): void {
    this.#isOpen = false
    this.requestUpdate()
    this.#button.button.focus()
  }

  /** @internal What cannot be done without the panel is told, and a link shown. */
  onMissing(): void {
    this.report()
    this.renderRoot.append(this.#link)
    if (this.#isPlain && !this.firstElementChild) fillLink(this.#link, this.#face, this.tongue)
  }

  /** @internal */
  tell<N extends keyof OffsetEventMap>(name: N, detail: OffsetEventMap[N]['detail']): boolean {
    return tell(this, name, detail)
  }

  /** @internal By default that a file could not be loaded. */
  report({ code, retryable, message, directive }: ErrorDetail = missing()): void {
    tell(this, 'offset-error', { code, retryable, message, directive })
  }

  /** @internal */
  protected override createRenderRoot(): ShadowRoot {
    const root = super.createRenderRoot() as ShadowRoot
    root.adoptedStyleSheets.push(this.#looks)
    return root
  }

  /** @internal Properties are in the attributes by now: those are read. */
  protected override update(changed: PropertyValues): void {
    super.update(changed)
    const isNew = this.#isNew
    this.#isNew = false
    const isOther = !isNew && [...changed.keys()].some((it) => !(it in MERE))
    if (isOther) this.#news = { ...this.#news, price: null }
    if (isNew || changed.size > 0) this.#configure()
    this.#draw()
    const close = () => this.close()
    if (isOther && this.#panel) this.#settle().then(() => this.#panel?.onSettings(), close)
    if (isNew && this.value && !this.#isDone) this.#load().then((panel) => panel.resume(), ignore)
  }

  #configure(): void {
    const attributes = attributesOf(this)
    this.#isPlain = LATER_NAMES.every((name) => attributes[name] === null)
    this.#badLooks = applyLooks(this, this.#looks)
    let isFaulty = this.#badLooks.length > 0
    this.#face = readFace(attributes, BASE_API, () => {
      isFaulty = true
    })
    if (isFaulty) this.#isPlain = false
    this.#settled = this.#isPlain ? Promise.resolve() : undefined
    if (this.#isPlain) this.settings = { ...this.#face, ...PLAIN }
    this.tongue = tongueOf(this)
    this.memory = orderMemory(() => localStorage, this.#face.api, this.#face.key, this.id)
    this.#remember()
    this.#placeButton()
    if (isFaulty) this.#settle().catch(ignore)
  }

  #remember(): void {
    const open = this.memory?.read()
    this.#orderLabel = open?.label ?? ''
    this.#isDone = typeof open?.doneTonnes === 'number'
    this.internals.setFormValue(open?.orderId ?? null)
  }

  #draw(): void {
    const { button } = this.#button
    const on = {
      loading: this.#isLoading,
      open: this.#isOpen,
      test: this.#news.isTest,
      closed: this.#news.isClosed && this.#orderLabel === '',
      done: this.#isDone,
    }
    for (const [name, isOn] of Object.entries(on))
      this.internals.states[isOn ? 'add' : 'delete'](name)
    this.#button.draw(this.#face, this.tongue, this.#news, this.#orderLabel)
    button.ariaExpanded = `${!!this.#isOpen}`
    button.ariaBusy = `${!!this.#isLoading}`
    const valueMissing = !this.#isDone && this.hasAttribute('required')
    const anchor = button.parentNode ? button : undefined
    this.internals.setValidity({ valueMissing }, button.textContent || '…', anchor)
  }

  async #open(): Promise<void> {
    if (this.#isOpen || this.#button.button.disabled || !tell(this, 'offset-open', null)) return
    const setLoading = (isLoading: boolean) => {
      this.#isLoading = isLoading
      this.requestUpdate()
    }
    const slow = setTimeout(setLoading, LOADING_AFTER_MS, true)
    try {
      const panel = await this.#load()
      this.#isOpen = true
      panel.open()
    } catch {
      this.onMissing()
    } finally {
      clearTimeout(slow)
      setLoading(false)
    }
  }

  /** Somebody points at the button or focuses it: nothing opens. A new panel asks by itself. */
  #warm(): void {
    const known = this.#panel
    this.#load().then((panel) => known && panel.warm(), ignore)
  }

  #onLang(): void {
    const { tag } = this.tongue
    this.tongue = tongueOf(this)
    if (tag === this.tongue.tag) return
    this.requestUpdate()
    if (this.#panel) void loadWords(this.tongue.code).then((words) => this.#panel?.speak(words))
  }

  /** Reads all attributes, and tells their faults. Where it rejects, nothing may be sold by them. */
  #settle(): Promise<unknown> {
    if (this.#settled) return this.#settled
    const attributes = attributesOf(this)
    const settling: Promise<unknown> = loadSettings().then(({ settingsOf }) => {
      if (settling !== this.#settled) return this.#settle()
      this.settings = settingsOf(this, attributes, this.#badLooks, BASE_API)
      return null
    })
    this.#settled = settling
    return settling
  }

  #placeButton(): void {
    const { button } = this.#button
    this.#visible?.disconnect()
    if (this.#face.mode !== 'inline') {
      if (!button.parentNode) this.renderRoot.prepend(button)
      return
    }
    button.remove()
    this.#visible = whenSeen(this, () => void this.#open())
  }

  async #load(): Promise<Panel> {
    this.performUpdate()
    const settled = this.#settle()
    this.#loading ??= this.#create(settled)
    this.#loading.catch(() => {
      this.#loading = undefined
    })
    await settled
    return this.#loading
  }

  /** A price is asked for at once, and the panel and its words come meanwhile. */
  async #create(settled: Promise<unknown>): Promise<Panel> {
    const [chunk, words, [asked]] = await Promise.all([
      loadPanel(),
      loadWords(this.tongue.code),
      settled.then(() => [this.memory.read() ? null : ask(this.settings)] as const),
    ])
    this.#panel = new chunk.Panel(this, this.renderRoot as ShadowRoot, words, asked)
    this.addController(this.#panel)
    await this.#panel.isPrepared
    return this.#panel
  }
}

/** Properties that mirror the attributes of the same name. */
export interface OffsetButton extends Mirrors {}

const ignore = (): void => {}
register('offset-button', OffsetButton, VERSION)

declare global {
  interface HTMLElementTagNameMap {
    'offset-button': OffsetButton
  }
}
