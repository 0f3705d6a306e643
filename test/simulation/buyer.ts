/** A buyer of a simulated market: asks until there is a definite answer, pays or not, and remembers what was promised. */
import type { OrderRequest } from '@offset-button/contract'
import type { Dice } from './dice.ts'
import type { Placed, Placing } from './models/simulated-api.ts'

/** What a buyer sees of the market. An answer of null: none in time. */
export type Market = {
  sleep(milliseconds: number): Promise<void>
  /** Asks any node, or the one of that name. */
  place(placing: Placing, node: string | null): Promise<Placed | null>
  stop(order: string): Promise<void>
  /** The payment of an order, once there is one. */
  payment(order: string): string | null
  hasEnded(order: string): boolean
  confirm(payment: string, card: 'pays' | 'asks the bank' | 'fails' | typeof REFUSED): void
  answerBank(payment: string): void
  /** Says that an answer was not what was promised. */
  complain(invariant: number, what: string): void
  note(what: string): void
}

const REFUSED = 'pays, and is refused at the capture'
const REGRETS = 'pays, and stops'

const PLANS = [
  'pays',
  'pays',
  'pays',
  'pays',
  'asks the bank',
  'fails',
  'never pays',
  'stops',
  REFUSED,
  REGRETS,
] as const
export type Plan = (typeof PLANS)[number]

/** A redirection counts as well: enough for all the time in which things go wrong, and some of the healing. */
const MOST_TRIES = 120

export class Buyer {
  readonly key: string
  readonly request: OrderRequest
  readonly plan: Plan
  /** The order that was promised. */
  order: string | null = null
  refusal: string | null = null
  isDone = false
  readonly #dice: Dice
  readonly #market: Market

  constructor(number: number, dice: Dice, market: Market) {
    this.key = `key-${number}`
    this.plan = dice.pick(PLANS)
    this.#dice = dice
    this.#market = market
    const tonnes = dice.whole(1, 30)
    this.request = {
      quantity_tonnes: tonnes,
      max_total_minor: dice.chance(900) ? 1_000_000 : 400 * tonnes,
      ...(dice.chance(300) ? { filter: { project: [String(dice.whole(1, 3))] } } : {}),
      ...(dice.chance(200) ? { max_price_minor: dice.whole(250, 450) } : {}),
      consent: { text: 'I understand that this is permanent.', language: 'en' },
    }
  }

  async run(within: number): Promise<void> {
    await this.#market.sleep(this.#dice.whole(500, within))
    await this.#place()
    if (this.order !== null) {
      await this.#pay(this.order)
      await this.#askAgain(this.order)
    }
    this.isDone = true
  }

  async #place(): Promise<void> {
    let node: string | null = null
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const answer: Placed | null = await this.#market.place(this, node)
      node = answer?.kind === 'elsewhere' ? answer.holder : null
      if (answer?.kind === 'order') {
        this.order = answer.id
        this.#market.note(`${this.key} is order ${answer.id}`)
        return
      }
      if (answer?.kind === 'refused') {
        this.refusal = answer.reason
        this.#market.note(`${this.key} is refused: ${answer.reason}`)
        return
      }
      await this.#market.sleep(answer?.kind === 'elsewhere' ? 1 : this.#dice.whole(200, 1_500))
    }
    this.#market.complain(9, `${this.key} never got an answer`)
  }

  async #pay(order: string): Promise<void> {
    const market = this.#market
    let payment = market.payment(order)
    while (payment === null && !market.hasEnded(order)) {
      await market.sleep(400)
      payment = market.payment(order)
    }
    if (payment === null || this.plan === 'never pays') return
    await market.sleep(this.#dice.whole(100, 4_000))
    if (this.plan === 'stops') return market.stop(order)
    for (let tries = this.plan === 'fails' ? 3 : 1; tries > 0; tries--) {
      market.confirm(payment, this.plan === REGRETS ? 'pays' : this.plan)
      if (this.plan === REGRETS) {
        await market.sleep(this.#dice.whole(0, 1_000))
        return market.stop(order)
      }
      await market.sleep(this.#dice.whole(100, 3_000))
    }
    if (this.plan === 'asks the bank') {
      await market.sleep(this.#dice.whole(1_000, 12_000))
      market.answerBank(payment)
    }
  }

  /** The same key and body are the same order, and another body is refused. */
  async #askAgain(order: string): Promise<void> {
    if (!this.#dice.chance(300)) return
    const isOther = this.#dice.chance(500)
    const request = isOther
      ? { ...this.request, quantity_tonnes: this.request.quantity_tonnes + 1 }
      : this.request
    const answer = await this.#market.place({ key: this.key, request }, null)
    if (answer === null || answer.kind === 'later' || answer.kind === 'elsewhere') return
    if (isOther ? answer.kind !== 'refused' : answer.kind !== 'order' || answer.id !== order) {
      this.#market.complain(6, `${this.key} was order ${order}, then ${JSON.stringify(answer)}`)
    }
  }
}
