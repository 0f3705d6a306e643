/** Watches the processes of a simulated market at work, for rules that leave no trace in the books. */
import type { MarketHost } from '@offset-button/engine-host'
import type { MarketWrite } from '../../../api/market/market.write.ts'
import type { Change, EffectPlan } from '../../../api/order/order.action.ts'
import { type Effect, legIsOpen, type OrderView } from '../../../api/order/order.ts'
import type { Violation } from '../invariants.ts'
import type { BookRows } from './book-rows.ts'
import type { OrderRows } from './order-rows.ts'
import type { RegistryService } from './registry-service.ts'

type Watched = {
  readonly book: BookRows
  readonly orders: OrderRows
  readonly registry: RegistryService
  readonly isCharged: (order: string) => boolean
  readonly complain: (violation: Violation) => void
}

type Payment = OrderView['payment']

/** Money that is held, and money that is taken or never will be. */
const RANK: Readonly<Record<string, number>> = { requires_capture: 1, canceled: 2, succeeded: 2 }

type Host = Pick<MarketHost<MarketWrite>, 'state' | 'epoch' | 'batchSeq' | 'read'>

export class Watch {
  readonly #watched: Watched
  /** What somebody has asked the other sides about since the call was begun. */
  readonly #lookedUp = new Set<string>()
  /** True until the lease forgets, or does not answer: as long as it is, two hosts never both show the market. */
  #isLeaseSound = true

  constructor(watched: Watched) {
    this.#watched = watched
  }

  /** A call is stored as sent. One whose answer was lost was looked up before. */
  begun(order: string, plan: EffectPlan, seen: Effect | null): void {
    const subject = subjectOf(order, plan)
    const isAgain = seen?.state === 'sent' || seen?.state === 'unknown'
    // The same key creates the same payment, which is the surest way to look it up.
    if (isAgain && plan.kind !== 'payment.create' && !this.#lookedUp.has(subject)) {
      this.#complain(3, `${plan.key} is sent again, and nobody has looked what became of it`)
    }
    this.#lookedUp.delete(subject)
    if (plan.kind === 'payment.capture') this.#captureBegins(order)
  }

  /** What became of a call is stored: a card that was charged has not refused. */
  answered(order: string, effect: NonNullable<Change['effect']>): void {
    const isCapture = effect.key === `${order}:capture`
    if (isCapture && effect.state === 'refused' && this.#watched.isCharged(order)) {
      this.#complain(5, `${order} takes its capture for refused, and the card was charged`)
    }
  }

  /** The other side was asked about a payment (by its order), a refund or a proposal (by its key), a transaction. */
  asked(subject: string): void {
    this.#lookedUp.add(subject)
  }

  /** A call arrives, under a key that an order has stored. */
  called(key: string): void {
    const order = this.#watched.orders.orders.get(key.split(':')[0] ?? '')
    if (order?.effects.some((one) => one.key === key)) return
    this.#complain(3, `${key} is called, and no order has stored that it would be`)
  }

  /** Whether a leg waits for what becomes of a proposal. */
  isWanted(reference: string): boolean {
    const [id = '', , number, attempt] = reference.split(':')
    const leg = this.#watched.orders.orders
      .get(id)
      ?.legs.find((one) => one.number === Number(number))
    return leg !== undefined && leg.attempt === Number(attempt) && legIsOpen(leg.state)
  }

  /** A transaction is to be ended, as an order has stored. */
  ends(kind: EffectPlan['kind'], identifier: string): void {
    const reference = this.#watched.registry.transactions.get(identifier)?.reference ?? ''
    const order = this.#watched.orders.orders.get(reference.split(':')[0] ?? '')
    const isStored = order?.effects.some(
      (one) => one.kind === kind && one.request.transaction === identifier,
    )
    if (!isStored) this.#complain(3, `${kind} of ${identifier}, and no order has stored it`)
  }

  /** Something was told of a payment: what was known of it before is not forgotten. */
  heard(order: string, before: Payment, after: Payment): void {
    if (!before || !after) return
    const isForgotten =
      (RANK[after.status] ?? 0) < (RANK[before.status] ?? 0) ||
      after.capturedMinor < before.capturedMinor ||
      after.refundedMinor < before.refundedMinor ||
      before.failures.some((failure) => !after.failures.includes(failure))
    if (isForgotten) this.#complain(5, `${order} forgets what was told of its payment`)
  }

  leaseIsInTrouble(): void {
    this.#isLeaseSound = false
  }

  /** A host has committed, while these others go on. */
  committed(others: readonly Host[]): void {
    if (!this.#isLeaseSound) return
    const isShown = others.some((host) => host.state() === 'holding')
    if (isShown) this.#complain(7, 'one host commits, and another still shows its book')
  }

  /** A process goes on after a pause, beside these others. */
  resumed(host: Host, others: readonly Host[]): void {
    if (!this.#isLeaseSound || host.state() !== 'holding') return
    const isShown = others.some((other) => other.state() === 'holding')
    if (isShown) this.#complain(7, 'a host wakes, and shows a book that is now the book of another')
  }

  /** Somebody reads the book: what is shown has been committed. */
  reads(host: Host): void {
    const { book } = this.#watched
    if (host.batchSeq() !== book.journal.length) return
    const shown = host.read((read) => textOf(read.state().offers))
    if (shown === null || shown === textOf(book.readBook().book.offers)) return
    this.#complain(6, 'a book is shown that is not committed')
  }

  /** The card is charged when the registry has agreed to every leg that is still wanted. */
  #captureBegins(id: string): void {
    const { orders, registry } = this.#watched
    const order = orders.orders.get(id)
    const open = order?.legs.filter((leg) => legIsOpen(leg.state) && !leg.givenUp) ?? []
    for (const leg of open) {
      // Of two commitment periods from one account, the later one is proposed after the capture.
      const isLater = open.some(
        (one) => one.number < leg.number && one.holdingAccount === leg.holdingAccount,
      )
      const isAgreed =
        leg.transaction !== null &&
        registry.transaction({ identifier: leg.transaction })?.status !== 1
      if (!isLater && !(leg.state === 'checked' && isAgreed)) {
        this.#complain(5, `${id} is charged, and the registry has not agreed to leg ${leg.number}`)
      }
    }
  }

  #complain(invariant: number, rule: string): void {
    this.#watched.complain({ invariant, rule })
  }
}

function subjectOf(order: string, { kind, key, request }: EffectPlan): string {
  switch (kind) {
    case 'payment.create':
    case 'payment.void':
    case 'payment.capture':
      return order
    case 'payment.refund':
    case 'registry.propose':
      return key
    case 'registry.complete':
    case 'registry.terminate':
      return request.transaction ?? ''
  }
}

const textOf = (offers: readonly { readonly offer: number; readonly availableTonnes: number }[]) =>
  offers
    .map((one) => `${one.offer} ${one.availableTonnes}`)
    .sort()
    .join()
