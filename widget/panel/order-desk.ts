import type { Order } from '@offset-button/contract'
import { orderCallsOf } from '../order-calls.ts'
import { eventsOf } from '../order-events.ts'
import { orderRequestOf } from '../order-request.ts'
import { isFinal, watchOrder } from '../order-watch.ts'
import type { Purchase } from '../purchase-state.ts'
import type { OpenOrder } from '../storage.ts'
import { say } from '../strings.ts'
import { type CardForm, type CardFormState, createCardForm } from './card-form.ts'
import { type Desk, pause } from './desk.ts'
import { goTo, hostedAddress } from './hosted.ts'
import { keepThePageOut, letThePageIn } from './let-the-page-in.ts'
import { OrderWords } from './order-words.ts'
import type { StripeError } from './stripe.ts'
import { troubleOf } from './stripe-trouble.ts'
import { TabTurn } from './tab-turn.ts'

const FIRST_RETRY_MS = 1_000
const MOST_ATTEMPTS = 5
/** Refusals that may have taken effect, or pass: the same request goes again with the same key. */
const REPEATABLE = new Set<string>([
  'market_unavailable',
  'outcome_unknown',
  'payment_unavailable',
  'internal',
])

/** Places one order, confirms its card, and follows it to its end, over reloads, tabs and lost replies. */
export class OrderDesk {
  readonly #desk: Desk
  readonly #cardForm: CardForm
  readonly #words: OrderWords
  readonly #turn: TabTurn
  #watch: AbortController | null = null
  #cardFormState: CardFormState = 'opening'
  #isOpen = true

  constructor(desk: Desk) {
    this.#desk = desk
    this.#words = new OrderWords(desk)
    this.#cardForm = createCardForm(desk.host, desk.root, (state, directive) =>
      this.#onCardForm(state, directive),
    )
    this.#turn = new TabTurn(
      () => desk.host.memory.name,
      () => desk.redraw(),
    )
  }

  get cardForm(): CardFormState {
    return this.#cardFormState
  }

  /** True while another tab is paying. */
  get isElsewhere(): boolean {
    return this.#turn.isElsewhere
  }

  /** Goes on following, once the element is in a document again. */
  connect(): void {
    const { order } = this.#desk.purchase
    if (order && !isFinal(order)) this.follow(order.id)
  }

  /** Stops following; the order itself goes on. */
  release(): void {
    this.#watch?.abort()
    this.#watch = null
    this.#turn.release()
  }

  /** The element left the document. */
  disconnect(): void {
    this.release()
    this.#cardForm.leave()
  }

  /** Follows the order to its end. */
  follow(id: string): void {
    this.#watch?.abort()
    this.#watch = new AbortController()
    const onOrder = (order: Order) => this.#arrived(order)
    void watchOrder(this.#desk.client, id, onOrder, this.#watch.signal)
  }

  onOpen(): void {
    this.#isOpen = true
    this.#showCardForm()
  }

  /** The purchase moved on. */
  onChange(before: Purchase): void {
    const { purchase } = this.#desk
    if (before.step !== purchase.step || before.market !== purchase.market) this.#showCardForm()
    this.#words.onChange(before)
  }

  /** Once a second. */
  tick(isOpen: boolean): void {
    this.#isOpen = isOpen
    if (this.#cardFormState !== 'blocked') this.#showCardForm()
    if (isOpen) this.#words.warnOfHold()
  }

  retryCardForm(): void {
    this.#cardForm.discard()
    this.#showCardForm()
  }

  discardCardForm(): void {
    this.#cardForm.discard()
  }

  /** Pays here what another tab was paying. */
  takeOver(): void {
    void this.#turn.takeOver().then(() => this.#showCardForm())
  }

  /** *Pay*: the card's own check, then the order, then the bank. Where no card form opens, the hosted page has the card. */
  async pay(): Promise<void> {
    const { purchase, dispatch, host } = this.#desk
    if (purchase.step !== 'payment' || purchase.work !== 'idle') return
    dispatch({ kind: purchase.order ? 'confirming' : 'sent' })
    const isHosted = this.#cardFormState === 'blocked'
    const incomplete = isHosted ? null : await this.#cardForm.submit()
    const isMine = !incomplete && (await this.#turn.claim())
    if (!isMine) {
      dispatch({ kind: 'card_refused', trouble: null })
      return
    }
    const known = host.memory.read()
    if (!purchase.order && known?.orderId && known.doneTonnes === null) {
      dispatch({ kind: 'card_refused', trouble: null })
      await this.resume(known)
      return
    }
    const order = purchase.order ?? (await this.#place(this.#openOrder()))
    if (order && isHosted) goTo(hostedAddress(this.#desk))
    else if (order) await this.#confirm(order)
  }

  /** The bank's window again, for an order that waits for the bank. */
  async askBank(): Promise<void> {
    const { purchase, dispatch } = this.#desk
    const secret = purchase.order?.payment.client_secret
    if (purchase.step !== 'bank' || purchase.work !== 'idle' || !secret || !purchase.market) return
    letThePageIn(this.#desk.frame)
    dispatch({ kind: 'confirming' })
    const payment = purchase.market.payment
    await this.#settle(this.#cardForm.askBank(payment, secret))
  }

  /** *Stop and release the credits*. */
  async stop(): Promise<void> {
    const { purchase, dispatch, host } = this.#desk
    if (!purchase.order || purchase.work === 'stopping') return
    dispatch({ kind: 'stopping' })
    const answer = await this.#calls().stop(purchase.order.id)
    if (answer.ok) {
      this.#arrived(answer.value)
    } else {
      host.report(answer.trouble)
      dispatch({ kind: 'stop_refused', trouble: answer.trouble })
    }
  }

  /** Goes on with the order that the element remembers; begins anew where there is none any more. */
  async goOn(): Promise<void> {
    const { host, purchase } = this.#desk
    const open = host.memory.read()
    if (open) this.#remember(open)
    if (!open || purchase.order?.id === open.orderId || (await this.resume(open))) return
    if (host.memory.read() === null) this.#desk.reset()
  }

  /** Finds the order that an earlier page left; false where there is none any more. */
  async resume(open: OpenOrder): Promise<boolean> {
    const { dispatch, host } = this.#desk
    dispatch({ kind: 'resumed' })
    const isMine = await this.#turn.claim()
    if (open.orderId === null && !isMine) return true
    if (open.orderId === null) return (await this.#place(open)) !== null
    const id = open.orderId
    for (let wait = FIRST_RETRY_MS; ; wait = Math.min(wait * 2, 10_000)) {
      const answer = await this.#calls().read(id)
      if (host.memory.read()?.orderId !== id) return true
      if (answer.ok) {
        this.#arrived(answer.value)
        if (!isFinal(answer.value)) this.follow(id)
        return true
      }
      host.report(answer.trouble)
      if (answer.trouble.answered && !answer.trouble.retryable) {
        this.#forget()
        return false
      }
      dispatch({ kind: 'troubled', trouble: answer.trouble })
      await pause(wait, this.#desk.waker)
    }
  }

  /** The order to send: the same key as before where the same request was left without an answer. */
  #openOrder(): OpenOrder {
    const { purchase, host } = this.#desk
    const consent = {
      text: say(this.#desk.language, 'payment.consent', {
        n: purchase.quote?.quantity_tonnes ?? 0,
      }),
      language: host.tongue.code,
    }
    const request = orderRequestOf(purchase, host.settings, consent)
    const earlier = host.memory.read()
    if (earlier?.orderId === null && JSON.stringify(earlier.request) === JSON.stringify(request))
      return earlier
    const idempotencyKey = freshKey()
    return { idempotencyKey, request, orderId: null, told: [], doneTonnes: null, label: '' }
  }

  /** Keeps the order over a reload, with what the button says of it in the panel's language. */
  #remember(order: OpenOrder): void {
    const { host, language } = this.#desk
    const label =
      order.doneTonnes === null
        ? say(language, 'button.order')
        : say(language, 'button.done', { n: order.doneTonnes })
    host.memory.write({ ...order, label })
    host.onMemory()
  }

  #forget(): void {
    this.#desk.host.memory.forget()
    this.#desk.host.onMemory()
  }

  async #place(open: OpenOrder): Promise<Order | null> {
    const { dispatch, host } = this.#desk
    if (open.request === null) return null
    this.#remember(open)
    dispatch({ kind: 'sent' })
    let wait = FIRST_RETRY_MS
    for (let attempt = 1; ; attempt += navigator.onLine === false ? 0 : 1) {
      const answer = await this.#calls().place(open.request, open.idempotencyKey)
      if (answer.ok) {
        this.#remember({ ...open, request: null, orderId: answer.value.id })
        this.#arrived(answer.value)
        if (!isFinal(answer.value)) this.follow(answer.value.id)
        return answer.value
      }
      const { trouble } = answer
      host.report(trouble)
      if (trouble.answered && !REPEATABLE.has(trouble.code)) {
        this.#forget()
        dispatch({ kind: 'order_refused', trouble })
        return null
      }
      if (attempt >= MOST_ATTEMPTS) {
        dispatch({ kind: 'gave_up', trouble })
        return null
      }
      dispatch({ kind: 'unanswered', trouble })
      await pause(wait, this.#desk.waker)
      wait *= 2
    }
  }

  async #confirm(order: Order): Promise<void> {
    const { dispatch } = this.#desk
    const secret = this.#desk.purchase.order?.payment.client_secret
    const { market, step } = this.#desk.purchase
    if (!secret || !market || (step !== 'payment' && step !== 'bank')) {
      dispatch({ kind: 'card_refused', trouble: null })
      return
    }
    letThePageIn(this.#desk.frame)
    dispatch({ kind: 'confirming' })
    const total = order.amounts.total_minor
    const payment = market.payment
    if (this.#cardForm.show(payment, total, order.amounts.currency, this.#desk.language.tag))
      await this.#cardForm.submit()
    await this.#settle(this.#cardForm.confirm(payment, secret))
  }

  async #settle(confirmation: Promise<StripeError | null>): Promise<void> {
    const { dispatch, host } = this.#desk
    const error = await confirmation.catch(
      (): StripeError => ({ type: 'api_connection_error', message: 'No answer.' }),
    )
    if (error === null) {
      dispatch({ kind: 'confirmed' })
      return
    }
    const trouble = troubleOf(error)
    if (trouble) host.report(trouble)
    dispatch({ kind: 'card_refused', trouble })
    await this.#look()
  }

  /** The order as it is now: a refused confirmation may be the end of its hold. */
  async #look(): Promise<void> {
    const id = this.#desk.purchase.order?.id
    if (!id) return
    const answer = await this.#calls().read(id)
    if (answer.ok) this.#arrived(answer.value)
  }

  #arrived(order: Order): void {
    const { dispatch, host } = this.#desk
    const known = this.#desk.purchase.order
    if (known?.id === order.id && order.version < known.version) return
    dispatch({ kind: 'order_arrived', order })
    const open = host.memory.read()
    if (open?.orderId !== order.id) return
    const events = eventsOf(order, open.told)
    const ended = isFinal(order) && order.certificate === null
    if (isFinal(order)) this.#turn.release()
    if (ended) this.#forget()
    else if (events.length > 0 || order.certificate)
      this.#remember({
        ...open,
        told: [...open.told, ...events.map((event) => event.name)],
        doneTonnes: order.certificate ? order.completed_tonnes : null,
      })
    for (const event of events) host.tell(event.name, event.detail)
    if (ended && order.reason) host.report(endOf(order, order.reason))
    if (order.certificate) void this.#fetchCertificate(order.certificate.id)
  }

  #calls() {
    return orderCallsOf(this.#desk.client)
  }

  #showCardForm(): void {
    const { market, quote, order, step } = this.#desk.purchase
    const amounts = (order ?? quote)?.amounts
    if (!this.#isOpen || this.isElsewhere || step !== 'payment' || !market || !amounts) return
    this.#cardForm.show(
      market.payment,
      amounts.total_minor,
      amounts.currency,
      this.#desk.language.tag,
    )
  }

  #onCardForm(state: CardFormState, directive: string | null): void {
    this.#cardFormState = state
    if (state === 'blocked') {
      keepThePageOut(this.#desk.frame)
      this.#desk.host.report({ ...CARD_FORM_BLOCKED, ...(directive && { directive }) })
    }
    this.#desk.redraw()
  }

  async #fetchCertificate(id: string): Promise<void> {
    const { dispatch, purchase } = this.#desk
    if (purchase.certificate?.id === id) return
    for (let wait = FIRST_RETRY_MS; wait <= 16_000; wait *= 2) {
      const answer = await this.#calls().certificate(id)
      if (answer.ok) {
        dispatch({ kind: 'certificate_arrived', certificate: answer.value })
        return
      }
      await pause(wait, this.#desk.waker)
    }
  }
}

const CARD_FORM_BLOCKED = {
  code: 'card_form_blocked',
  retryable: true,
  message: 'The payment script or its frame is blocked on this page.',
} as const

/** 128 random bits, also on pages that are not a secure context. */
const freshKey = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')

const endOf = (order: Order, code: NonNullable<Order['reason']>) => ({
  code,
  retryable: true,
  message: `The order ended as ${order.state}.`,
})
