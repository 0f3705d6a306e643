import type { Filter, Market, QuoteRequest } from '@offset-button/contract'
import type { Answer } from '../api-client.ts'
import { type Choice, filterOf } from '../choice.ts'
import { closureOf } from '../market-state.ts'
import { limitsOf, quoteRequestOf } from '../requests.ts'
import { say } from '../strings.ts'
import { type Desk, pause } from './desk.ts'
import { ENGLISH } from './english.ts'

const DEBOUNCE_MS = 250
const SLOW_MS = 5_000
const FIRST_RETRY_MS = 1_000
const LONGEST_RETRY_MS = 10_000
/** How often a price on screen is asked again. */
const REFRESH_MS = 15_000

/** Asks the market: what there is, and what it costs. The last question is the only one that counts. */
export class Pricing {
  readonly #desk: Desk
  #question = 0
  #draft = 0
  #refresh: ReturnType<typeof setInterval> | undefined
  #debounce: ReturnType<typeof setTimeout> | undefined

  constructor(desk: Desk) {
    this.#desk = desk
  }

  /** Starts asking for the market and a price, and goes on while the price is on screen. */
  start(): void {
    this.stop()
    this.#refresh = setInterval(() => this.#refreshQuote(), REFRESH_MS)
  }

  stop(): void {
    clearInterval(this.#refresh)
    clearTimeout(this.#debounce)
    this.#question += 1
  }

  /** The market inside the bounds and the choice; closed and paused markets are refusals. */
  async loadMarket(): Promise<void> {
    const { dispatch, host } = this.#desk
    const question = this.#next()
    const answer = await this.#insist(question, () => host.client.market(host.settings.bounds))
    if (answer === null) return
    if (!answer.ok) {
      host.report(answer.trouble)
      dispatch({ kind: 'refused', trouble: answer.trouble })
      return
    }
    this.take(answer.value)
  }

  /** Goes on with a market that is already known. */
  take(market: Market): void {
    const closure = closureOf(market)
    this.#desk.dispatch({ kind: 'market_arrived', market })
    if (this.#desk.purchase.resumed) return
    if (closure) {
      this.#desk.host.report(closure)
      this.#desk.dispatch({ kind: 'refused', trouble: closure })
    } else this.ask(0)
  }

  /** A price for what is typed and chosen, after a moment without further typing. */
  ask(debounceMs = DEBOUNCE_MS): void {
    clearTimeout(this.#debounce)
    const request = quoteRequestOf(this.#desk.purchase, this.#desk.host.settings)
    const question = this.#next()
    if (request === null) return
    this.#desk.dispatch({ kind: 'asked' })
    this.#debounce = setTimeout(() => void this.#quote(question, request), debounceMs)
  }

  /** After `price_moved`: the same tonnes now, and what the old total buys now. */
  async compare(): Promise<void> {
    const { dispatch, host, purchase } = this.#desk
    const before = purchase.before
    if (before === null) return
    const limits = limitsOf(purchase, host.settings)
    const question = this.#next()
    const now = await this.#insist(question, () =>
      host.client.quote({ quantity_tonnes: before.quantity_tonnes, ...limits }),
    )
    if (now === null) return
    if (!now.ok) {
      dispatch({ kind: 'quote_refused', trouble: now.trouble })
      return
    }
    const fewer = await host.client.quote({ budget_minor: before.amounts.total_minor, ...limits })
    if (question !== this.#question) return
    const isFewer = fewer.ok && fewer.value.quantity_tonnes < before.quantity_tonnes
    dispatch({ kind: 'compared', now: now.value, fewer: isFewer ? fewer.value : null })
    host.onQuote(now.value)
  }

  /** After `not_enough_available`: what the tonnes that are left cost. */
  async countLeft(): Promise<void> {
    const { dispatch, host, purchase } = this.#desk
    if (!purchase.left || purchase.left.tonnes === 0) return
    const limits = limitsOf(purchase, host.settings)
    const answer = await host.client.quote({ quantity_tonnes: purchase.left.tonnes, ...limits })
    if (answer.ok) dispatch({ kind: 'left_counted', quote: answer.value })
  }

  /** What a drafted choice would have on offer. */
  async countDraft(choice: Choice): Promise<void> {
    const { dispatch, host } = this.#desk
    this.#draft += 1
    const draft = this.#draft
    const filter: Filter = filterOf(host.settings.bounds, choice)
    const answer = await host.client.market(filter)
    if (draft !== this.#draft || !answer.ok) return
    dispatch({ kind: 'draft_counted', market: answer.value })
  }

  #next(): number {
    this.#question += 1
    return this.#question
  }

  async #quote(question: number, request: QuoteRequest): Promise<void> {
    const { dispatch, host } = this.#desk
    const answer = await this.#insist(question, () => host.client.quote(request))
    if (answer === null) return
    if (answer.ok) {
      dispatch({ kind: 'quoted', quote: answer.value })
      host.onQuote(answer.value)
    } else {
      host.report(answer.trouble)
      dispatch({ kind: 'quote_refused', trouble: answer.trouble })
    }
  }

  /** Asks until there is an answer, telling when it is slow; null where another question took over. */
  async #insist<T>(question: number, ask: () => Promise<Answer<T>>): Promise<Answer<T> | null> {
    const { dispatch, host } = this.#desk
    for (let wait = FIRST_RETRY_MS; ; wait = Math.min(wait * 2, LONGEST_RETRY_MS)) {
      const slow = setTimeout(() => {
        if (question === this.#question) dispatch({ kind: 'slow' })
      }, SLOW_MS)
      dispatch({ kind: 'asked' })
      const answer = await ask()
      clearTimeout(slow)
      if (question !== this.#question) return null
      if (answer.ok || (answer.trouble.answered && answer.trouble.code !== 'market_unavailable'))
        return answer
      host.report(answer.trouble)
      dispatch({ kind: 'troubled', trouble: answer.trouble })
      await pause(wait, this.#desk.waker)
      if (question !== this.#question) return null
    }
  }

  /** Asks again while a price is on screen; a price that changed is announced, never swapped silently. */
  async #refreshQuote(): Promise<void> {
    const { dispatch, host, purchase } = this.#desk
    const shown = purchase.step === 'amount' || purchase.step === 'quote'
    if (!shown || document.hidden || purchase.asking !== 'no') return
    const request = quoteRequestOf(purchase, host.settings)
    if (request === null) return
    const question = this.#next()
    const answer = await host.client.quote(request)
    if (question !== this.#question || !answer.ok) return
    const before = this.#desk.purchase.quote?.amounts.total_minor
    const now = answer.value.amounts.total_minor
    dispatch({ kind: 'quoted', quote: answer.value })
    if (before === now) return
    host.onQuote(answer.value)
    this.#desk.announce(say(ENGLISH, 'quote.changed', { total: host.format.total(now) }))
  }
}
