import type { Payment, PaymentAnswer, PaymentSnapshot } from '../../../../api/payment/payment.ts'

export type PaymentPlan = {
  /** What the buyer does as soon as there is a payment. */
  readonly card:
    | 'pays'
    | 'fails'
    | 'is never given'
    | 'pays, and is refused at the capture'
    | 'pays, and a person captures it by hand'
}

/** One payment, as a payment service keeps it: the same key is answered alike, and captures count. */
export class WorldPayment implements Payment {
  readonly publishableKey = 'pk_test_1'
  readonly scriptUrl = ''
  readonly test = true
  readonly #plan: PaymentPlan
  payment: PaymentSnapshot | null = null
  creations = 0
  captures = 0
  readonly refunds = new Map<string, number>()

  constructor(plan: PaymentPlan) {
    this.#plan = plan
  }

  /** The buyer, who sees the card form as soon as there is one. */
  useCard(attempt: number): void {
    if (this.payment?.status !== 'requires_payment_method') return
    const { card } = this.#plan
    if (card === 'fails') {
      const failure = { charge: `ch_${attempt}`, code: 'card_declined' }
      this.payment = { ...this.payment, failure }
    } else if (card !== 'is never given') {
      this.payment = { ...this.payment, status: 'requires_capture' }
    }
  }

  async create({ order, amountMinor }: Parameters<Payment['create']>[0]): Promise<PaymentAnswer> {
    if (!this.payment) {
      this.creations++
      this.payment = {
        id: 'pi_1',
        order,
        status: 'requires_payment_method',
        amountMinor,
        capturedMinor: 0,
        refundedMinor: 0,
        clientSecret: 'pi_1_secret_1',
        failure: null,
      }
    }
    return { kind: 'ok', payment: this.payment }
  }

  async find(): Promise<PaymentSnapshot | null> {
    return this.payment
  }

  findByOrder = this.find

  async void(): Promise<PaymentAnswer> {
    if (this.payment?.status === 'succeeded') return this.#refuse()
    return this.#change({ status: 'canceled' })
  }

  async capture({ amountMinor }: Parameters<Payment['capture']>[0]): Promise<PaymentAnswer> {
    if (this.#plan.card === 'pays, and a person captures it by hand' && this.captures === 0) {
      this.captures++
      this.#change({ status: 'succeeded', capturedMinor: this.payment?.amountMinor ?? 0 })
    }
    const isRefused = this.#plan.card === 'pays, and is refused at the capture'
    if (isRefused || this.payment?.status !== 'requires_capture') return this.#refuse()
    this.captures++
    return this.#change({ status: 'succeeded', capturedMinor: amountMinor })
  }

  async refund({ amountMinor, key }: Parameters<Payment['refund']>[0]): Promise<PaymentAnswer> {
    this.refunds.set(key, amountMinor)
    const refundedMinor = [...this.refunds.values()].reduce((sum, amount) => sum + amount, 0)
    return this.#change({ refundedMinor })
  }

  async findRefund({ reference }: Parameters<Payment['findRefund']>[0]): Promise<boolean> {
    return this.refunds.has(reference)
  }

  readWebhook(): null {
    return null
  }

  #change(change: Partial<PaymentSnapshot>): PaymentAnswer {
    if (!this.payment) return this.#refuse()
    this.payment = { ...this.payment, ...change }
    return { kind: 'ok', payment: this.payment }
  }

  #refuse(): PaymentAnswer {
    return { kind: 'refused', code: 'not_now', message: 'no', payment: this.payment }
  }
}
