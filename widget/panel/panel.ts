import type { Market, Quote } from '@offset-button/contract'
import { adoptStyles, html, nothing, type TemplateResult } from 'lit'
import { keyed } from 'lit/directives/keyed.js'
import { MAX_BENEFICIARY, MAX_PURPOSE } from '../attributes.ts'
import { holdOf, progressOf } from '../order-progress.ts'
import { isFinal } from '../order-watch.ts'
import { advance } from '../purchase.ts'
import { newPurchase, type Purchase, type PurchaseEvent } from '../purchase-state.ts'
import { quoteRequestOf } from '../requests.ts'
import type { OpenOrder } from '../storage.ts'
import { say } from '../strings.ts'
import { type CardForm, type CardFormState, createCardForm } from './card-form.ts'
import type { Desk, PanelHost } from './desk.ts'
import { PanelDialog } from './dialog.ts'
import { ENGLISH } from './english.ts'
import { OrderDesk } from './order-desk.ts'
import { PAGES } from './pages.ts'
import { Pricing } from './pricing.ts'
import { drawPage } from './shell.ts'
import { PANEL_STYLES } from './styles.ts'
import type { Actions, View } from './view.ts'

const WARN_AT_SECONDS = 30

/** The panel: draws the purchase, runs what its steps need, and keeps the focus where it belongs. */
export class Panel implements Desk {
  readonly host: PanelHost
  purchase: Purchase
  readonly waker = new EventTarget()
  readonly #pricing: Pricing
  readonly #orders: OrderDesk
  readonly #cardForm: CardForm
  readonly #actions: Actions
  readonly #dialog: PanelDialog
  readonly #letThePageIn = (): void => this.#dialog.letThePageIn()
  #cardFormState: CardFormState = 'opening'
  #copied: View['copied'] = 'no'
  #announcement = ''
  #warned = false
  #isOpen = false
  #tick: ReturnType<typeof setInterval> | undefined
  readonly #motion = matchMedia('(prefers-reduced-motion: reduce)')
  readonly #onOnline = () => {
    if (this.purchase.trouble?.code === 'offline' && this.purchase.work === 'idle')
      this.dispatch({ kind: 'untroubled' })
  }
  readonly #onOffline = () => {
    if (this.#isOpen) this.dispatch({ kind: 'troubled', trouble: OFFLINE })
  }

  constructor(host: PanelHost) {
    this.host = host
    this.purchase = this.#fresh()
    this.#cardForm = createCardForm(host, (state) => {
      this.#cardFormState = state
      if (state === 'blocked') host.report(CARD_FORM_BLOCKED)
      host.requestUpdate()
    })
    this.#pricing = new Pricing(this)
    this.#orders = new OrderDesk(this, this.#cardForm)
    this.#dialog = new PanelDialog(
      () => host.shadowRoot,
      () => this.close(),
    )
    this.#actions = this.#createActions()
    if (host.shadowRoot) adoptStyles(host.shadowRoot, PANEL_STYLES)
    this.connect()
  }

  /** Called whenever the element is in a document again. */
  connect(): void {
    clearInterval(this.#tick)
    this.#tick = setInterval(() => this.#onTick(), 1000)
    addEventListener('online', this.#onOnline)
    addEventListener('offline', this.#onOffline)
    if (this.purchase.order && !isFinal(this.purchase.order))
      this.#orders.follow(this.purchase.order.id)
  }

  disconnect(): void {
    clearInterval(this.#tick)
    removeEventListener('online', this.#onOnline)
    removeEventListener('offline', this.#onOffline)
    this.#pricing.stop()
    this.#orders.release()
    this.#dialog.close()
    this.#isOpen = false
  }

  get isOpen(): boolean {
    return this.#isOpen
  }

  /** Opens, with what the button already knows. */
  open(known: { readonly market: Market | null; readonly quote: Quote | null }): void {
    this.#isOpen = true
    if (this.purchase.step === 'loading' && !this.purchase.resumed) this.#start(known)
    else this.#pricing.start()
    this.#showCardForm()
    this.host.requestUpdate()
    if (this.host.settings.mode === 'inline') return
    void this.host.updateComplete.then(() => {
      this.#dialog.show()
      this.#dialog.focusTitle()
    })
  }

  close(): void {
    if (!this.#isOpen || this.host.settings.mode === 'inline') return
    this.#isOpen = false
    this.#pricing.stop()
    this.#dialog.close()
    this.host.requestUpdate()
    this.host.onPanelClosed()
  }

  /** Forgets the order and begins anew. An order that is paid goes on; an unpaid hold runs out. */
  reset(): void {
    this.#orders.release()
    this.#pricing.stop()
    this.host.memory.forget()
    this.#copied = 'no'
    this.dispatch({ kind: 'restarted', purchase: this.#fresh() })
    if (this.#isOpen) this.#start({ market: null, quote: null })
  }

  /** Goes on with the order that an earlier page left. */
  async resume(open: OpenOrder): Promise<void> {
    void this.#pricing.loadMarket()
    if (await this.#orders.resume(open)) return
    if (this.host.memory.read() === null) this.reset()
  }

  dispatch = (event: PurchaseEvent): void => {
    const before = this.purchase
    this.purchase = advance(before, event)
    if (before === this.purchase) return
    if (before.step !== this.purchase.step) this.#enter(before)
    else if (before.market !== this.purchase.market) this.#showCardForm()
    this.#announceProgress(before)
    this.host.onPurchase(this.purchase)
    this.host.requestUpdate()
  }

  announce(sentence: string): void {
    this.#announcement = sentence
    this.host.requestUpdate()
  }

  render(): TemplateResult | typeof nothing {
    const inline = this.host.settings.mode === 'inline'
    if (inline)
      return html`<section class="panel" part="panel" aria-labelledby="title">${this.#draw()}</section>`
    return this.#dialog.draw(this.#isOpen ? this.#draw() : nothing)
  }

  #draw() {
    const view = this.#view()
    const page = PAGES[this.purchase.step](view)
    return html`<div class="page" lang=${ENGLISH.tag} dir=${ENGLISH.direction}>
      ${keyed(this.purchase.step, drawPage(view, page))}
      <div class="hidden" role="status" aria-live="polite">${this.#announcement}</div>
    </div>`
  }

  #view(): View {
    const { host } = this
    return {
      purchase: this.purchase,
      settings: host.settings,
      language: ENGLISH,
      format: host.format,
      nowMs: this.#nowMs(),
      reducedMotion: this.#motion.matches,
      inline: host.settings.mode === 'inline',
      cardForm: this.#cardFormState,
      copied: this.#copied,
      actions: this.#actions,
    }
  }

  #nowMs(): number {
    return Date.now() + this.host.client.skewMs()
  }

  #fresh(): Purchase {
    const { tonnes, budgetMinor, beneficiary, purpose } = this.host.settings
    return newPurchase({
      by: budgetMinor === null ? 'tonnes' : 'budget',
      typedTonnes: tonnes === null ? '' : String(tonnes),
      typedBudget: budgetMinor === null ? '50' : String(budgetMinor / 100),
      beneficiary,
      purpose,
    })
  }

  #start(known: { readonly market: Market | null; readonly quote: Quote | null }): void {
    const fault = this.host.settings.faults.find((it) => it.blocks)
    if (fault) {
      this.dispatch({ kind: 'refused', trouble: badSetup(fault.attribute === 'key') })
      return
    }
    this.#pricing.start()
    if (known.market === null) void this.#pricing.loadMarket()
    else this.#pricing.take(known.market)
    if (known.quote) this.dispatch({ kind: 'quoted', quote: known.quote })
  }

  /** What a step needs when it is entered. */
  #enter(before: Purchase): void {
    const { step } = this.purchase
    this.#announcement = ''
    this.#warned = false
    this.#showCardForm()
    if (step === 'moved') void this.#pricing.compare()
    if (step === 'left') void this.#pricing.countLeft()
    const asks = step === 'amount' || step === 'quote'
    if (asks && this.purchase.quote === null && before.step !== 'loading') this.#pricing.ask(0)
    const isArriving = before.step === 'loading' && this.host.settings.mode === 'inline'
    if (this.#isOpen && !isArriving)
      void this.host.updateComplete.then(() => this.#dialog.focusTitle())
  }

  #showCardForm(): void {
    const { market, quote, order, step } = this.purchase
    const amounts = (order ?? quote)?.amounts
    if (this.#isOpen && step === 'payment' && market && amounts)
      this.#cardForm.show(market.payment, amounts.total_minor, amounts.currency)
  }

  #announceProgress(before: Purchase): void {
    const { order } = this.purchase
    if (order === null || order === before.order) return
    if (before.order === null || this.purchase.step !== 'progress') return
    const done = (rows: ReturnType<typeof progressOf>) => rows.filter((row) => row.at !== null)
    const last = done(progressOf(order)).at(-1)
    if (!last || done(progressOf(before.order)).at(-1)?.key === last.key) return
    const { format } = this.host
    const n = order.quantity_tonnes
    const total = format.total(order.amounts.total_minor)
    this.announce(say(ENGLISH, `progress.${last.key}`, { n, total }))
  }

  #onTick(): void {
    const { order } = this.purchase
    if (this.#cardFormState !== 'blocked') this.#showCardForm()
    if (order === null || !this.#isOpen) return
    const hold = holdOf(order, this.#nowMs())
    const seconds = hold ? Math.ceil(hold.leftMs / 1000) : null
    if (seconds !== null && seconds <= WARN_AT_SECONDS && seconds > 0 && !this.#warned) {
      this.#warned = true
      this.announce(say(ENGLISH, 'hold.left', { n: seconds }))
    }
    this.host.requestUpdate()
  }

  #createActions(): Actions {
    const send = this.dispatch
    return {
      close: () => this.close(),
      back: () => send({ kind: 'back' }),
      type: (by, text) => {
        send({ kind: 'typed', by, text })
        this.#pricing.ask()
      },
      wantQuote: () => this.#wantQuote(),
      askNow: () => {
        if (this.purchase.market === null && !this.purchase.resumed) void this.#pricing.loadMarket()
        else this.#pricing.ask(0)
        this.waker.dispatchEvent(new Event('wake'))
      },
      openFilter: () => send({ kind: 'filter_opened' }),
      draftFilter: (choice) => {
        send({ kind: 'filter_drafted', choice })
        void this.#pricing.countDraft(choice)
      },
      useFilter: () => {
        send({ kind: 'filter_used' })
        this.#pricing.ask(0)
      },
      wantPayment: () => send({ kind: 'payment_wanted' }),
      name: (beneficiary, purpose) => send({ kind: 'named', beneficiary, purpose }),
      consent: (ticked) =>
        send({
          kind: 'consented',
          tonnes: ticked ? (this.purchase.quote?.quantity_tonnes ?? null) : null,
        }),
      pay: () => this.#pay(),
      bankAgain: () => void this.#orders.askBank(this.#letThePageIn),
      stop: () => void this.#orders.stop(),
      goOn: (which) => {
        const quote = which === 'now' ? this.purchase.quote : this.purchase.fewer
        if (quote) send({ kind: 'went_on', quote })
      },
      takeLeft: () => send({ kind: 'took_left' }),
      wantAmount: () => send({ kind: 'amount_wanted' }),
      newQuote: () => this.#newQuote(),
      lookAgain: () => void this.#pricing.loadMarket(),
      reset: () => this.reset(),
      copyLink: () => void this.#copyLink(),
      retryCardForm: () => {
        this.#cardForm.discard()
        this.#showCardForm()
      },
    }
  }

  #wantQuote(): void {
    const typed = quoteRequestOf(this.purchase, this.host.settings)
    this.dispatch({ kind: 'quote_wanted' })
    if (typed === null) void this.host.updateComplete.then(() => this.#dialog.focus('#amount'))
  }

  #pay(): void {
    const { order, quote, consentTonnes, beneficiary, purpose } = this.purchase
    if (order === null) {
      const tooLong =
        beneficiary.trim().length > MAX_BENEFICIARY || purpose.trim().length > MAX_PURPOSE
      if (tooLong) {
        this.#dialog.focus('.field [aria-invalid=true]')
        return
      }
      if (consentTonnes === null || consentTonnes !== quote?.quantity_tonnes) {
        this.dispatch({ kind: 'consent_missed' })
        this.#dialog.focus('#consent')
        return
      }
    }
    void this.#orders.pay(this.#letThePageIn)
  }

  /** The same tonnes at today's price, with a card form of its own. */
  #newQuote(): void {
    const { order } = this.purchase
    this.#orders.release()
    this.#cardForm.discard()
    if (order) this.dispatch({ kind: 'typed', by: 'tonnes', text: String(order.quantity_tonnes) })
    this.#pricing.start()
    this.#pricing.ask(0)
    this.dispatch({ kind: 'quote_wanted' })
  }

  async #copyLink(): Promise<void> {
    const url = this.purchase.order?.certificate?.url
    if (!url) return
    this.#copied = await navigator.clipboard.writeText(url).then(
      () => 'yes' as const,
      () => 'failed' as const,
    )
    this.announce(
      say(ENGLISH, this.#copied === 'yes' ? 'certificate.copied' : 'certificate.copy_failed'),
    )
  }
}

const OFFLINE = {
  code: 'offline',
  retryable: true,
  answered: false,
  message: 'The browser is offline.',
  problem: null,
} as const

const CARD_FORM_BLOCKED = {
  code: 'card_form_blocked',
  retryable: true,
  message: 'The payment script or its frame is blocked on this page.',
} as const

const badSetup = (isKey: boolean) =>
  ({
    code: isKey ? 'key_not_valid' : 'invalid_attribute',
    retryable: false,
    answered: true,
    message: 'An attribute of the button cannot be read.',
    problem: null,
  }) as const
