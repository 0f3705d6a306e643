/** A payment service with books of its own: the same key counts once, a capture counts, and every change makes an event. */
import type {
  Payment,
  PaymentAnswer,
  PaymentSnapshot,
  PaymentStatus,
} from '../../../api/payment/payment.ts'

/** What becomes of a card when the buyer gives it. */
export type Card = 'pays' | 'asks the bank' | 'fails' | 'pays, and is refused at the capture'

type Given<Command extends keyof Payment> = Payment[Command] extends (given: infer One) => unknown
  ? One
  : never

export type PaymentBook = {
  readonly snapshot: PaymentSnapshot
  readonly captures: number
  readonly card: Card | null
  /** By reference. */
  readonly refunds: ReadonlyMap<string, number>
}

export class PaymentService {
  readonly books = new Map<string, PaymentBook>()
  readonly #created = new Map<string, string>()
  readonly #onEvent: (event: string, payment: string) => void
  #events = 0
  #charges = 0

  constructor(onEvent: (event: string, payment: string) => void) {
    this.#onEvent = onEvent
  }

  create({ order, amountMinor, key }: Given<'create'>): PaymentAnswer {
    const known = this.#created.get(key)
    const book = known === undefined ? undefined : this.books.get(known)
    if (book) return { kind: 'ok', payment: book.snapshot }
    const id = `pi_${this.books.size + 1}`
    this.#created.set(key, id)
    const snapshot: PaymentSnapshot = {
      id,
      order,
      status: 'requires_payment_method',
      amountMinor,
      capturedMinor: 0,
      refundedMinor: 0,
      clientSecret: `${id}_secret`,
      failure: null,
    }
    this.books.set(id, { snapshot, captures: 0, card: null, refunds: new Map() })
    return { kind: 'ok', payment: snapshot }
  }

  find(id: string): PaymentSnapshot | null {
    return this.books.get(id)?.snapshot ?? null
  }

  findByOrder(order: string): PaymentSnapshot | null {
    return [...this.books.values()].find((one) => one.snapshot.order === order)?.snapshot ?? null
  }

  void({ id }: Given<'void'>): PaymentAnswer {
    const book = this.books.get(id)
    if (!book || book.snapshot.status === 'succeeded') return refused(book)
    if (book.snapshot.status === 'canceled') return { kind: 'ok', payment: book.snapshot }
    return this.#change(id, { status: 'canceled' })
  }

  isCharged(order: string): boolean {
    const books = [...this.books.values()]
    return books.some((one) => one.snapshot.order === order && one.captures === 1)
  }

  capture({ id, amountMinor }: Given<'capture'>): PaymentAnswer {
    const book = this.books.get(id)
    const isRefused = book?.card === 'pays, and is refused at the capture'
    if (book?.snapshot.status === 'succeeded' && book.snapshot.capturedMinor === amountMinor) {
      return { kind: 'ok', payment: book.snapshot }
    }
    if (!book || isRefused || book.snapshot.status !== 'requires_capture') return refused(book)
    this.books.set(id, { ...book, captures: book.captures + 1 })
    return this.#change(id, { status: 'succeeded', capturedMinor: amountMinor })
  }

  refund({ id, amountMinor, reference }: Given<'refund'>): PaymentAnswer {
    const book = this.books.get(id)
    if (!book) return refused(book)
    if (book.refunds.has(reference)) return { kind: 'ok', payment: book.snapshot }
    const refundedMinor = book.snapshot.refundedMinor + amountMinor
    if (refundedMinor > book.snapshot.capturedMinor) return refused(book)
    this.books.set(id, { ...book, refunds: new Map([...book.refunds, [reference, amountMinor]]) })
    return this.#change(id, { refundedMinor })
  }

  findRefund({ id, reference }: Given<'findRefund'>): boolean {
    return this.books.get(id)?.refunds.has(reference) ?? false
  }

  /** The buyer gives a card. */
  confirm(id: string, card: Card): void {
    const book = this.books.get(id)
    if (book?.snapshot.status !== 'requires_payment_method') return
    this.books.set(id, { ...book, card })
    if (card === 'fails') {
      this.#change(id, { failure: { charge: `ch_${++this.#charges}`, code: 'card_declined' } })
    } else {
      this.#change(id, {
        status: card === 'asks the bank' ? 'requires_action' : 'requires_capture',
      })
    }
  }

  /** The buyer answers the bank. */
  answerBank(id: string): void {
    if (this.find(id)?.status === 'requires_action')
      this.#change(id, { status: 'requires_capture' })
  }

  #change(
    id: string,
    change: Partial<PaymentSnapshot> & { readonly status?: PaymentStatus },
  ): PaymentAnswer {
    const book = this.books.get(id)
    if (!book) return refused(book)
    const snapshot = { ...book.snapshot, ...change }
    this.books.set(id, { ...book, snapshot })
    this.#onEvent(`evt_${++this.#events}`, id)
    return { kind: 'ok', payment: snapshot }
  }
}

const refused = (book: PaymentBook | undefined): PaymentAnswer => ({
  kind: 'refused',
  code: 'not_now',
  message: 'no',
  payment: book?.snapshot ?? null,
})
