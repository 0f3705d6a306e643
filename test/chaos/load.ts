/**
 * Buyers who come whether or not those before them were served, up to a number. They ask any node, go to the next where one does
 * not answer, and remember what they were told.
 */
import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { Order } from '@offset-button/contract'
import { confirmCard, orderBody, PROJECTS } from '../support/market.ts'
import { PAGE_KEY, type Stack } from '../support/stack.ts'
import { attempt, keptConnections, type Loss } from './attempt.ts'

const COMES_EVERY_MS = 150
const TRIES_EVERY_MS = 400
/** Beyond the longest pause, of half a minute, after which a call without an answer is looked up. */
const TRIES_WITHIN_MS = 120_000
/** One order in three is paid, in this turn: most cards work, one is declined, one refuses its capture, for one the bank asks. */
const CARDS = [
  'pm_card_visa',
  'pm_card_visa',
  'pm_card_chargeDeclined',
  'pm_card_visa',
  'pm_card_chargeCustomerFail',
  'pm_card_authenticationRequired',
]

/** How often something was told, and in which milliseconds for the first and the last time. */
export type Told = { readonly times: number; readonly firstMs: number; readonly lastMs: number }

export class Load {
  /** Idempotency keys and the orders that were promised for them. */
  readonly promised = new Map<string, string>()
  /** Answers that refused, by code. */
  readonly refusals = new Map<string, Told>()
  /** Requests that had no answer. */
  readonly losses = new Map<Loss, Told>()
  readonly failures: string[] = []
  readonly #stack: Stack
  readonly #nodes: () => readonly string[]
  readonly #mostBuyers: number
  readonly #connections = keptConnections()
  readonly #buyers = new Set<Promise<void>>()
  readonly #coming: Promise<void>
  #lastPromiseMs = performance.now()
  #longestPauseMs = 0
  #isOver = false

  /** Nobody comes while `mostBuyers` wait. */
  constructor(stack: Stack, nodes: () => readonly string[], mostBuyers: number) {
    this.#stack = stack
    this.#nodes = nodes
    this.#mostBuyers = mostBuyers
    this.#coming = this.#come()
  }

  /** Forgets what was refused and lost until now. */
  forget(): void {
    this.refusals.clear()
    this.losses.clear()
    this.#longestPauseMs = 0
    this.#lastPromiseMs = performance.now()
  }

  /** The longest time without an order since `forget`, in milliseconds. */
  longestPauseMs(): number {
    return Math.max(this.#longestPauseMs, performance.now() - this.#lastPromiseMs)
  }

  /** Resolves when so many more orders have been promised. */
  async orders(more: number): Promise<void> {
    const goal = this.promised.size + more
    const until = Date.now() + 60_000
    while (this.promised.size < goal) {
      if (Date.now() > until) throw new Error(`no more orders: ${JSON.stringify(this.#told())}`)
      await wait(20)
    }
  }

  async stop(): Promise<void> {
    this.#isOver = true
    await this.#coming
    await Promise.all(this.#buyers)
    this.#connections.destroy()
  }

  async #come(): Promise<void> {
    for (let count = 0; !this.#isOver; await wait(COMES_EVERY_MS)) {
      if (this.#buyers.size >= this.#mostBuyers) continue
      const buyer = this.#buy(count++)
      this.#buyers.add(buyer)
      void buyer.then(() => this.#buyers.delete(buyer))
    }
  }

  async #buy(count: number): Promise<void> {
    const project = PROJECTS[count % PROJECTS.length]?.reference ?? ''
    const order = await this.#order(randomUUID(), project)
    const card = count % 3 === 0 && CARDS[(count / 3) % CARDS.length]
    if (order && card) await confirmCard(this.#stack, order, card).catch(() => undefined)
  }

  async #order(key: string, project: string): Promise<Order | null> {
    const until = performance.now() + TRIES_WITHIN_MS
    for (let tries = 0; performance.now() < until; tries++) {
      const nodes = this.#nodes()
      const node = nodes[(tries + this.promised.size) % nodes.length] ?? ''
      const answer = await attempt<Order & { code?: string }>(
        this.#connections,
        `${node}/v1/orders`,
        orderBody(2, 100_000, { project: [project] }),
        { authorization: `Bearer ${PAGE_KEY}`, 'idempotency-key': key },
      )
      if ('loss' in answer) {
        count(this.losses, answer.loss)
        await wait(20)
        continue
      }
      if (answer.status === 201) {
        this.#promise(key, answer.body.id)
        return answer.body
      }
      const code = answer.body.code ?? String(answer.status)
      count(this.refusals, code)
      if (answer.status !== 503 || !answer.retryAfter) {
        this.failures.push(`${answer.status} ${code}`)
        return null
      }
      await wait(TRIES_EVERY_MS)
    }
    this.failures.push(`no order within ${TRIES_WITHIN_MS} ms`)
    return null
  }

  #promise(key: string, order: string): void {
    this.promised.set(key, order)
    const now = performance.now()
    this.#longestPauseMs = Math.max(this.#longestPauseMs, now - this.#lastPromiseMs)
    this.#lastPromiseMs = now
  }

  #told(): object {
    return {
      refusals: [...this.refusals],
      losses: [...this.losses],
      failures: this.failures.slice(0, 5),
    }
  }
}

function count<Name>(told: Map<Name, Told>, name: Name): void {
  const now = performance.now()
  const before = told.get(name)
  told.set(name, {
    times: 1 + (before?.times ?? 0),
    firstMs: before?.firstMs ?? now,
    lastMs: now,
  })
}
