/** Buyers who do not stop: they ask any node, go to the next where one does not answer, and remember what they were told. */
import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { Order } from '@offset-button/contract'
import { confirmCard, orderBody, request } from '../support/market.ts'
import { PAGE_KEY, type Stack } from '../support/stack.ts'

const BUYERS = 3
const PAUSE_MS = 60
const MOST_TRIES = 150

export class Load {
  /** Idempotency keys and the orders that were promised for them. */
  readonly promised = new Map<string, string>()
  /** Answers that refused, by code. */
  readonly refusals = new Map<string, number>()
  readonly failures: string[] = []
  readonly #stack: Stack
  readonly #nodes: () => readonly string[]
  readonly #running: Promise<void>[]
  #isOver = false

  constructor(stack: Stack, nodes: () => readonly string[]) {
    this.#stack = stack
    this.#nodes = nodes
    this.#running = Array.from({ length: BUYERS }, (_, buyer) => this.#buy(buyer))
  }

  refused(): number {
    return [...this.refusals.values()].reduce((sum, times) => sum + times, 0)
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
    await Promise.all(this.#running)
  }

  async #buy(buyer: number): Promise<void> {
    for (let count = buyer; !this.#isOver; count++) {
      const key = randomUUID()
      const order = await this.#order(key)
      if (order && count % 3 === 0) await confirmCard(this.#stack, order).catch(() => undefined)
      await wait(PAUSE_MS)
    }
  }

  async #order(key: string): Promise<Order | null> {
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const nodes = this.#nodes()
      const node = nodes[(tries + this.promised.size) % nodes.length] ?? ''
      const answer = await request<Order & { code?: string }>(node, 'POST', '/v1/orders', {
        key: PAGE_KEY,
        body: orderBody(2, 100_000),
        headers: { 'idempotency-key': key },
      }).catch(() => null)
      if (answer?.status === 201) {
        this.promised.set(key, answer.body.id)
        return answer.body
      }
      if (answer) {
        const code = answer.body.code ?? String(answer.status)
        this.refusals.set(code, 1 + (this.refusals.get(code) ?? 0))
        if (answer.status !== 503 || !answer.headers.get('retry-after')) {
          this.failures.push(`${answer.status} ${code}`)
          return null
        }
      }
      await wait(answer ? 200 : 20)
    }
    this.failures.push(`no answer after ${MOST_TRIES} tries`)
    return null
  }

  #told(): object {
    return { refusals: [...this.refusals], failures: this.failures.slice(0, 5) }
  }
}
