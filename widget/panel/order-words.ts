import { holdOf, progressOf } from '../order-progress.ts'
import type { Purchase } from '../purchase-state.ts'
import { say } from '../strings.ts'
import type { Desk } from './desk.ts'

const WARN_AT_SECONDS = 30

/** What a screen reader is told of an order: each step of the registry, and the end of the hold. */
export class OrderWords {
  readonly #desk: Desk
  #warned = false

  constructor(desk: Desk) {
    this.#desk = desk
  }

  onChange(before: Purchase): void {
    const { order, step } = this.#desk.purchase
    if (before.step !== step) this.#warned = false
    if (order === null || order === before.order || before.order === null) return
    if (step !== 'progress') return
    const done = (rows: ReturnType<typeof progressOf>) => rows.filter((row) => row.at !== null)
    const last = done(progressOf(order)).at(-1)
    if (!last || done(progressOf(before.order)).at(-1)?.key === last.key) return
    const n = order.quantity_tonnes
    const total = this.#desk.format.total(order.amounts.total_minor)
    this.#desk.announce(say(this.#desk.language, `progress.${last.key}`, { n, total }))
  }

  warnOfHold(): void {
    const { order } = this.#desk.purchase
    const hold = order && holdOf(order, this.#desk.nowMs())
    const seconds = hold ? Math.ceil(hold.leftMs / 1000) : 0
    if (this.#warned || seconds === 0 || seconds > WARN_AT_SECONDS) return
    this.#warned = true
    this.#desk.announce(say(this.#desk.language, 'hold.left', { n: seconds }))
  }
}
