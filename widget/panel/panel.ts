import type { Quote } from '@offset-button/contract'
import type { ReactiveController } from 'lit'
import type { ApiClient } from '../api-client.ts'
import type { Answers } from '../ask.ts'
import { make, placeOf } from '../button-face.ts'
import { NO_CHOICE } from '../choice.ts'
import { sheetsOf } from '../css.ts'
import { createFormat, decimalOf, type Format } from '../format.ts'
import { closureOf } from '../market-state.ts'
import { advance } from '../purchase.ts'
import type { Purchase, PurchaseEvent, PurchaseStart } from '../purchase-state.ts'
import { type FirstKey, type Language, say, type Words } from '../strings.ts'
import { amountStep } from './amount-step.ts'
import type { Desk, PanelHost } from './desk.ts'
import type { Follower } from './follower.ts'
import { Frame } from './frame.ts'
import { type FirstWords, loadQuote } from './next.ts'
import { drawPage, type Page } from './shell.ts'
import { PANEL_STYLES } from './styles.ts'
import type { Actions, LaterView, View } from './view.ts'
import { waitingStep } from './waiting-step.ts'

const SOON_MS = 50
const MOMENT_MS = 100

/** The panel up to the first price: draws the purchase, and hands all else to its follower. */
export class Panel implements Desk, ReactiveController {
  readonly host: PanelHost
  readonly root: ShadowRoot
  readonly frame: Frame
  readonly waker = new EventTarget()
  /** Settles once it is as good as it will be to open. */
  readonly isPrepared: Promise<void>
  /** Comes with the follower. */
  client!: ApiClient
  purchase!: Purchase
  language!: Language
  format!: Format
  follower: Follower | null = null
  isOpen = false
  #words!: FirstWords<Words<FirstKey>>
  #rest: object = {}
  #later: Promise<Follower | null> | null = null
  #asked: Promise<Answers> | null = null
  /** Nothing came of what was asked: the follower asks on, and says why. */
  #hasFailed = false
  #isDrawing = false
  #drawn: unknown
  #after: (() => void)[] = []
  /** Until the follower has come, whatever is pressed waits for it. */
  readonly #patient = new Proxy({} as Actions, {
    get:
      (_, name: keyof Actions) =>
      (...values: []) =>
        name === 'close'
          ? this.close()
          : this.later().then((follower) =>
              Reflect.apply(follower?.actions[name] ?? ignore, null, values),
            ),
  })

  /** `asked` is what the host asked for while the words were on their way. */
  constructor(
    host: PanelHost,
    root: ShadowRoot,
    words: FirstWords<Words<FirstKey>>,
    asked: Promise<Answers> | null,
  ) {
    this.host = host
    this.root = root
    this.frame = new Frame(root, () => this.close())
    this.adopt(PANEL_STYLES)
    this.#begin()
    this.#asked = asked
    this.speak(words)
    this.isPrepared = asked ? this.#prepare() : Promise.resolve()
  }

  /** Called whenever the element is in a document again. */
  hostConnected(): void {
    this.follower?.connect()
  }

  hostDisconnected(): void {
    this.follower?.disconnect()
    this.frame.close()
    this.isOpen = false
  }

  /** Speaks the host's language from now on; where later steps may be shown, once their words have come too. */
  speak(words: FirstWords<Words<FirstKey>>): void {
    this.#words = words
    this.#later = null
    if (this.follower) void this.later()
    else this.#learn()
  }

  /** Somebody shows interest: a price is fetched, and nothing opens. */
  async warm(): Promise<void> {
    if (this.isOpen || this.purchase.step !== 'loading' || this.purchase.resumed) return
    if (this.host.memory.read()) await this.resume()
    else await this.#ask()
  }

  open(): void {
    const isInline = this.host.settings.mode === 'inline'
    this.isOpen = true
    this.frame.place(isInline)
    const { order, resumed, step } = this.purchase
    if (!order && !resumed && this.host.memory.read()) void this.resume()
    else if (step === 'loading' && !resumed) void this.#start()
    this.#draw()
    if (isInline) return
    this.frame.show()
    this.frame.focusTitle()
    void this.#soon().then((follower) => follower?.onOpen())
  }

  close(): void {
    if (!this.isOpen || this.host.settings.mode === 'inline') return
    this.isOpen = false
    this.follower?.pricing.stop()
    this.frame.close()
    this.host.onPanelClosed()
  }

  /** Forgets the order and begins anew. An order that is paid goes on; an unpaid hold runs out. */
  reset(): void {
    this.follower?.onReset()
    this.host.memory.forget()
    this.host.onMemory()
    this.#begin()
    if (this.isOpen) void this.#start()
  }

  /** The element's attributes changed: another price, perhaps another market. */
  onSettings(): void {
    if (this.purchase.order) return
    this.follower?.pricing.stop()
    this.#begin()
    void (this.isOpen ? this.#start() : this.warm())
  }

  /** Goes on with the order that this element remembers. */
  async resume(): Promise<void> {
    this.dispatch({ kind: 'resumed' })
    await (await this.later())?.resume()
  }

  /** Fetches what comes after the first price; null where it could not be. Never rejects. */
  later(): Promise<Follower | null> {
    const words = this.#words
    const { verified } = this.host
    this.#later ??= Promise.all([loadQuote(verified), words.loadRest(verified)]).then(
      ([{ Follower }, rest]) => {
        this.follower ??= new Follower(this)
        if (words !== this.#words) return this.later()
        this.#rest = rest.words
        this.#learn()
        this.follower.onSpeech()
        return this.follower
      },
      () => {
        this.#later = null
        this.close()
        this.host.onMissing()
        return null
      },
    )
    return this.#later
  }

  /** The first price goes before: what it does not need comes once that is on the screen, or is slow. */
  #soon(): Promise<Follower | null> {
    return new Promise((resolve) => setTimeout(() => resolve(this.later()), SOON_MS))
  }

  /** Moves the purchase on. What only the later steps know waits until they have come. */
  dispatch = (event: PurchaseEvent): void => {
    const before = this.purchase
    const after = advance(before, event)
    if (after === null) {
      if (!this.follower) void this.later().then((follower) => follower && this.dispatch(event))
      return
    }
    if (before === after) return
    this.purchase = after
    if (before.step !== after.step) this.#enter(before)
    this.follower?.onChange(before)
    this.#tellNews()
    this.redraw()
  }

  announce(sentence: string): void {
    this.frame.say(sentence)
  }

  onQuote({ quantity_tonnes, amounts }: Quote): void {
    this.host.tell('offset-quote', {
      tonnes: quantity_tonnes,
      totalMinor: amounts.total_minor,
      currency: amounts.currency,
    })
  }

  /** Draws once, after everything that changes now; then runs what waits for it. */
  redraw(): void {
    if (this.#isDrawing) return
    this.#isDrawing = true
    queueMicrotask(() => this.#draw())
  }

  afterDrawing(run: () => void): void {
    this.#after.push(run)
    this.redraw()
  }

  nowMs(): number {
    return Date.now() + this.client.skewMs()
  }

  adopt(styles: readonly string[]): void {
    const known = this.root.adoptedStyleSheets
    const fresh = sheetsOf(styles).filter((it) => !known.includes(it))
    this.root.adoptedStyleSheets = [...known, ...fresh]
  }

  /**
   * Draws the first step behind its closed frame, so that its price has only to be written in, and waits a moment for what
   * was asked for: the panel opens with its price.
   */
  async #prepare(): Promise<void> {
    if (this.host.settings.mode !== 'inline') {
      this.frame.place(false)
      this.#show(amountStep)
    }
    await Promise.race([this.warm(), new Promise((resolve) => setTimeout(resolve, MOMENT_MS))])
  }

  #draw(): void {
    this.#isDrawing = false
    const { step } = this.purchase
    if (this.isOpen)
      this.#show((step === 'amount' ? amountStep : this.follower?.pageOf(step)) ?? waitingStep)
    for (const run of this.#after.splice(0)) run()
  }

  #show(draw: (view: View) => Page): void {
    const view = this.#view()
    const { tag, direction } = this.language
    this.frame.draw(drawPage(view, draw(view)), draw !== this.#drawn, tag, direction)
    this.#drawn = draw
  }

  #view(): View {
    const { follower, host } = this
    return {
      purchase: this.purchase,
      settings: host.settings,
      language: this.language,
      format: this.format,
      inline: host.settings.mode === 'inline',
      actions: follower?.actions ?? this.#patient,
      more: follower?.more ?? null,
      ...(follower?.view() as LaterView),
    }
  }

  #begin(): void {
    const { tonnes, budgetMinor, beneficiary, purpose } = this.host.settings
    this.follower?.begin()
    this.#asked = null
    this.#hasFailed = false
    const start: PurchaseStart = {
      by: budgetMinor === null ? 'tonnes' : 'budget',
      typedTonnes: tonnes === null ? '' : String(tonnes),
      typedBudget: budgetMinor === null ? '50' : String(budgetMinor / 100),
      beneficiary,
      purpose,
      decimal: decimalOf(this.host.tongue.tag),
    }
    // What only the later steps read of a purchase comes with them.
    const purchase = (this.follower?.newPurchase ?? firstPurchase)(start)
    if (this.purchase) this.dispatch({ kind: 'restarted', purchase })
    else this.purchase = purchase
  }

  async #start(): Promise<void> {
    if (!this.#hasFailed) await this.#ask()
    const follower = await this.#soon()
    if (!this.isOpen) return
    follower?.pricing.start()
    if (this.purchase.step === 'loading') void follower?.pricing.loadMarket()
  }

  /** The market and a price, asked for together and once. What goes wrong is the follower's to mend. */
  async #ask(): Promise<void> {
    this.dispatch({ kind: 'asked' })
    this.#asked ??= this.host.ask(this.host.settings)
    const asked = this.#asked
    const [settings, market] = await asked
    if (asked !== this.#asked) return
    this.#asked = null
    this.#hasFailed = !market
    if (settings !== this.host.settings || this.purchase.step !== 'loading' || !market) return
    if (market.quote && !closureOf(market)) {
      this.dispatch({ kind: 'market_arrived', market })
      this.dispatch({ kind: 'quoted', quote: market.quote })
      this.onQuote(market.quote)
    } else (await this.later())?.pricing.take(market)
  }

  #enter(before: Purchase): void {
    this.frame.say('')
    const isArriving = before.step === 'loading' && this.host.settings.mode === 'inline'
    if (this.isOpen && !isArriving) this.afterDrawing(() => this.frame.focusTitle())
  }

  #learn(): void {
    const { tag, direction } = this.host.tongue
    const words = { ...this.#words.words, ...this.#rest } as Language['words']
    this.language = { tag, direction, words }
    const format = createFormat(tag, (n) => say(this.language, 'tonnes.short', { n }))
    this.format = { ...format, ...this.follower?.more.createLaterFormat(tag) } as Format
    this.purchase = { ...this.purchase, decimal: decimalOf(tag) }
    this.#tellNews()
    this.redraw()
  }

  /** What the button may say of the market: the longest form of the price that fits its place. */
  #tellNews(): void {
    const { market, quote, choice, by, order } = this.purchase
    const { tonnes } = this.host.settings
    const closure = market && closureOf(market)
    const closed = closure === 'market_halted' ? 'button.paused' : 'button.closed'
    const isOffered = by === 'tonnes' && quote?.quantity_tonnes === tonnes
    const { line, total } = this.format
    const sum = quote?.amounts.total_minor ?? 0
    const prices =
      market && isOffered && choice === NO_CHOICE && !order ? [total(sum), line(sum)] : []
    const isTest = market?.test ?? false
    this.#badge(isTest)
    this.host.onNews({
      price: closure
        ? say(this.language, closed)
        : (prices.find(
            (it) => it.replace(/[\u2066\u2069]/g, '').length <= Math.ceil(placeOf(tonnes)) + 1,
          ) ?? null),
      isTest,
      isClosed: !!closure,
    })
  }

  /** The word for test payments on the edge of the button. */
  #badge(isTest: boolean): void {
    const button = this.root.querySelector('.button')
    const badge = button?.querySelector('.badge') ?? make('span', 'badge')
    badge.textContent = say(this.language, 'panel.test')
    if (!isTest) badge.remove()
    else if (!badge.parentNode) button?.append(badge)
  }
}

const ignore = (): void => {}
const firstPurchase = (start: PurchaseStart) =>
  ({ ...start, step: 'loading', choice: NO_CHOICE }) as Purchase
