import type { Market, Quote } from '@offset-button/contract'
import type { ReactiveController } from 'lit'
import type { ApiClient } from '../api-client.ts'
import type { Settings } from '../attributes.ts'
import { NO_CHOICE } from '../choice.ts'
import { sheetsOf } from '../css.ts'
import { createFormat, decimalOf, type Format } from '../format.ts'
import { closureOf } from '../market-state.ts'
import { advance } from '../purchase.ts'
import type { Purchase, PurchaseEvent, PurchaseStart } from '../purchase-state.ts'
import { type FirstKey, type Language, say, type Words } from '../strings.ts'
import { marketPath, REQUEST_TIMEOUT_MS, send } from '../transport.ts'
import { amountStep } from './amount-step.ts'
import type { Desk, PanelHost } from './desk.ts'
import type { Follower } from './follower.ts'
import { Frame } from './frame.ts'
import { type FirstWords, loadQuote } from './next.ts'
import { drawPage } from './shell.ts'
import { PANEL_STYLES } from './styles.ts'
import type { Actions, LaterView, View } from './view.ts'
import { waitingStep } from './waiting-step.ts'

const SOON_MS = 50

/** The panel up to the first price: draws the purchase, and hands all else to its follower. */
export class Panel implements Desk, ReactiveController {
  readonly host: PanelHost
  readonly root: ShadowRoot
  readonly frame: Frame
  readonly waker = new EventTarget()
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

  /** `asked` is what was asked for by the host's settings while the words were on their way. */
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

  #draw(): void {
    this.#isDrawing = false
    if (this.isOpen) {
      const view = this.#view()
      const { step } = this.purchase
      const draw = step === 'amount' ? amountStep : this.follower?.pageOf(step)
      const page = (draw ?? waitingStep)(view)
      const { tag, direction } = this.language
      this.frame.draw(drawPage(view, page), draw !== this.#drawn, tag, direction)
      this.#drawn = draw
    }
    for (const run of this.#after.splice(0)) run()
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
    await this.#ask()
    const follower = await this.#soon()
    if (!this.isOpen) return
    follower?.pricing.start()
    if (this.purchase.step === 'loading') void follower?.pricing.loadMarket()
  }

  /** The market and a price, asked for together and once. What goes wrong is the follower's to mend. */
  async #ask(): Promise<void> {
    const { settings } = this.host
    this.dispatch({ kind: 'asked' })
    this.#asked ??= ask(settings)
    const [market, quote] = await this.#asked
    this.#asked = null
    if (settings !== this.host.settings || this.purchase.step !== 'loading' || !market) return
    if (quote && !closureOf(market)) {
      this.dispatch({ kind: 'market_arrived', market })
      this.dispatch({ kind: 'quoted', quote })
      this.onQuote(quote)
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

  /** What the button may say of the market. */
  #tellNews(): void {
    const { market, quote, choice, by, order } = this.purchase
    const closure = market && closureOf(market)
    const isOffered = by === 'tonnes' && quote?.quantity_tonnes === this.host.settings.tonnes
    const { line, total } = this.format
    const sum = quote?.amounts.total_minor ?? 0
    this.host.onNews({
      prices: market && isOffered && choice === NO_CHOICE && !order ? [total(sum), line(sum)] : [],
      test: market?.test ? say(this.language, 'panel.test') : null,
      closed: closure
        ? say(this.language, closure === 'market_halted' ? 'button.paused' : 'button.closed')
        : null,
    })
  }
}

/** The panel of a host. A price is asked for at once, and the words come meanwhile; rejects where they do not. */
export const createPanel = async (
  host: PanelHost,
  root: ShadowRoot,
  words: Promise<FirstWords<Words<FirstKey>>>,
): Promise<Panel> => {
  const { settings } = host
  const asked = host.memory.read() ? null : ask(settings)
  return new Panel(host, root, await words, settings === host.settings ? asked : null)
}

/** The market and a price by these settings; null for what did not come, or is not to be asked for. Never rejects. */
const ask = ({
  api,
  bounds,
  budgetMinor,
  faults,
  key,
  maxPriceMinor,
  tonnes,
}: Settings): Promise<Answers> => {
  const signal = AbortSignal.timeout(REQUEST_TIMEOUT_MS)
  const read = <T>(path: string, asked?: object): Promise<T | null> =>
    send(api, key, path, { signal, body: asked ? JSON.stringify(asked) : null })
      .then((response) => (response.ok ? response.json() : null))
      .catch(() => null)
  const limits = { filter: bounds, max_price_minor: maxPriceMinor ?? undefined }
  const amount = budgetMinor ? { budget_minor: budgetMinor } : tonnes && { quantity_tonnes: tonnes }
  return Promise.all(
    faults.some((it) => it.blocks)
      ? [null, null]
      : [
          read<Market>(marketPath(bounds)),
          amount && read<Quote>('/v1/quotes', { ...amount, ...limits }),
        ],
  )
}
type Answers = readonly [market: Market | null, quote: Quote | 0 | null]

const ignore = (): void => {}
const firstPurchase = (start: PurchaseStart) =>
  ({ ...start, step: 'loading', choice: NO_CHOICE }) as Purchase
