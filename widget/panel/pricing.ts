import type { Market, QuoteRequest } from '@offset-button/contract'
import type { Answer } from '../api-client.ts'
import { closureOf } from '../market-state.ts'
import { quoteRequestOf } from '../requests.ts'
import { say } from '../strings.ts'
import { type Desk, pause } from './desk.ts'

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
  #askedAt = 0
  #refresh: ReturnType<typeof setInterval> | undefined
  #debounce: ReturnType<typeof setTimeout> | undefined

  constructor(desk: Desk) {
    this.#desk = desk
  }

  /** Asks again while the price is on screen; at once where it is older than `freshMs`. */
  start(freshMs = Number.POSITIVE_INFINITY): void {
    clearInterval(this.#refresh)
    this.#refresh = setInterval(() => this.#refreshQuote(), REFRESH_MS)
    if (Date.now() - this.#askedAt > freshMs) void this.#refreshQuote()
  }

  stop(): void {
    clearInterval(this.#refresh)
    clearTimeout(this.#debounce)
    this.#question += 1
  }

  /** The market inside the bounds and the choice; closed and paused markets are refusals. */
  async loadMarket(): Promise<void> {
    const { dispatch, host, purchase } = this.#desk
    if (!purchase.resumed && this.#refuseSetup()) return
    const question = this.next()
    const answer = await this.insist(question, () => this.#desk.client.market(host.settings.bounds))
    if (answer === null) return
    if (!answer.ok) {
      host.report(answer.trouble)
      dispatch({ kind: 'refused', trouble: answer.trouble })
      return
    }
    this.take(answer.value)
  }

  /** True where an attribute that limits the sale cannot be read: nothing is sold. */
  #refuseSetup(): boolean {
    const fault = this.#desk.host.settings.faults.find((it) => it.blocks)
    if (fault)
      this.#desk.dispatch({ kind: 'refused', trouble: badSetup(fault.attribute === 'key') })
    return fault !== undefined
  }

  /** Goes on with a market that is already known. */
  take(market: Market): void {
    const closure = closureOf(market)
    this.#desk.dispatch({ kind: 'market_arrived', market })
    if (this.#desk.purchase.resumed) return
    if (closure) {
      const trouble = {
        code: closure,
        retryable: true,
        answered: true,
        message:
          closure === 'market_halted'
            ? 'The market is paused.'
            : 'The registry is not taking cancellations.',
        problem: null,
      }
      this.#desk.host.report(trouble)
      this.#desk.dispatch({ kind: 'refused', trouble })
    } else this.ask(0)
  }

  /** A price for what is typed and chosen, after a moment without further typing. */
  ask(debounceMs = DEBOUNCE_MS): void {
    clearTimeout(this.#debounce)
    const request = quoteRequestOf(this.#desk.purchase, this.#desk.host.settings)
    const question = this.next()
    if (request === null) return
    this.#desk.dispatch({ kind: 'asked' })
    this.#debounce = setTimeout(() => void this.#quote(question, request), debounceMs)
  }

  /** A question that makes the earlier ones not count. */
  next(): number {
    this.#question += 1
    return this.#question
  }

  async #quote(question: number, request: QuoteRequest): Promise<void> {
    const { dispatch, host } = this.#desk
    const answer = await this.insist(question, () => this.#desk.client.quote(request))
    if (answer === null) return
    this.#askedAt = Date.now()
    if (answer.ok) {
      dispatch({ kind: 'quoted', quote: answer.value })
      this.#desk.onQuote(answer.value)
    } else {
      host.report(answer.trouble)
      dispatch({ kind: 'quote_refused', trouble: answer.trouble })
    }
  }

  /** True where another question took over. */
  isOver(question: number): boolean {
    return question !== this.#question
  }

  /** Asks until there is an answer, telling when it is slow; null where another question took over. */
  async insist<T>(question: number, ask: () => Promise<Answer<T>>): Promise<Answer<T> | null> {
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
    const question = this.next()
    const answer = await this.#desk.client.quote(request)
    if (question !== this.#question || !answer.ok) return
    const before = this.#desk.purchase.quote?.amounts.total_minor
    const now = answer.value.amounts.total_minor
    dispatch({ kind: 'quoted', quote: answer.value })
    if (before === now) return
    this.#desk.onQuote(answer.value)
    this.#desk.announce(
      say(this.#desk.language, 'quote.changed', { total: this.#desk.format.total(now) }),
    )
  }
}

const badSetup = (isKey: boolean) =>
  ({
    code: isKey ? 'key_not_valid' : 'invalid_attribute',
    retryable: false,
    answered: true,
    message: 'An attribute of the button cannot be read.',
    problem: null,
  }) as const
