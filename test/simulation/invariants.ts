/** Invariants 1 to 9 over a simulated market at rest: its rows, the registry's own books and the payment service's own books. */
import { type BookEvent, createBook, isRejected, type OfferState } from '@offset-button/engine'
import { amountsOf } from '../../api/market/fees.ts'
import { legIsOpen, orderHasEnded } from '../../api/order/order.ts'
import type { Buyer } from './buyer.ts'
import type { BookRows } from './models/book-rows.ts'
import { isOver, type OrderRow, overlaps } from './models/order-row.ts'
import type { OrderRows } from './models/order-rows.ts'
import type { PaymentBook, PaymentService } from './models/payment-service.ts'
import { meet, type RegistryService } from './models/registry-service.ts'

export type Violation = { readonly invariant: number; readonly rule: string }

export type Books = {
  readonly book: BookRows
  readonly orders: OrderRows
  readonly payment: PaymentService
  readonly registry: RegistryService
  readonly buyers: readonly Pick<Buyer, 'key' | 'order' | 'request'>[]
}

/** Every invariant that is broken, by number. */
export function checkInvariants(books: Books): Violation[] {
  const violations: Violation[] = []
  const check = (invariant: number, holds: boolean, rule: string) => {
    if (!holds) violations.push({ invariant, rule })
  }
  offersAreWhole(books, check)
  serialsAreSoldOnce(books, check)
  for (const row of books.orders.orders.values()) {
    onePaymentEach(books, row, check)
    legsAreSettled(books, row, check)
    moneyIsEven(books, row, check)
    chargesAreRight(books, row, check)
    everythingEnds(books, row, check)
  }
  acknowledgedIsStored(books, check)
  journalReplays(books, check)
  for (const protest of books.registry.protests) {
    check(protest.includes('charged') ? 5 : 2, false, protest)
  }
  return violations
}

type Check = (invariant: number, holds: boolean, rule: string) => void

function offersAreWhole({ book }: Books, check: Check): void {
  const sums = new Map<number, { held: number; committed: number }>()
  for (const { offer, state, quantityTonnes } of book.reservations.values()) {
    const sum = sums.get(offer) ?? { held: 0, committed: 0 }
    if (state === 'held' || state === 'committed') sum[state] += quantityTonnes
    sums.set(offer, sum)
  }
  for (const { state } of book.offers.values()) {
    const { offer, quantityTonnes, reservedTonnes, soldTonnes, withdrawnTonnes } = state
    const { availableTonnes } = state
    const sum = sums.get(offer) ?? { held: 0, committed: 0 }
    const parts = [availableTonnes, reservedTonnes, soldTonnes, withdrawnTonnes]
    check(1, Math.min(...parts) >= 0, `offer ${offer} has a negative part`)
    const whole = parts.reduce((total, part) => total + part, 0)
    check(1, whole === quantityTonnes, `offer ${offer} is ${whole} of ${quantityTonnes} t`)
    const isSame = sum.held === reservedTonnes && sum.committed === soldTonnes
    check(1, isSame, `offer ${offer} and its reservations disagree`)
    check(1, sum.held + sum.committed <= quantityTonnes, `offer ${offer} is sold twice`)
  }
}

function serialsAreSoldOnce({ orders, registry }: Books, check: Check): void {
  const live = orders.allocations.filter((one) => one.state !== 'freed')
  for (const [index, one] of live.entries()) {
    for (const other of live.slice(index + 1)) {
      check(2, !overlaps(one, other), `${one.order} and ${other.order} have the same serial`)
    }
  }
  const text = (start: number, end: number) => `${start}-${end}`
  const theirs = registry.cancelled()
  for (const [index, one] of theirs.entries()) {
    const isTwice = theirs.slice(index + 1).some((other) => meet(one, other))
    check(2, !isTwice, `the registry has cancelled ${text(one.start, one.end)} twice`)
  }
  const ours = live.filter((one) => one.state === 'completed').map((one) => one.block)
  const listed = (blocks: typeof theirs) =>
    blocks
      .map(({ start, end }) => text(start, end))
      .sort()
      .join(' ')
  check(
    2,
    listed(ours) === listed(theirs),
    `we call ${listed(ours)} cancelled, the registry ${listed(theirs)}`,
  )
}

const paymentsOf = ({ payment }: Books, { id }: OrderRow): PaymentBook[] =>
  [...payment.books.values()].filter((one) => one.snapshot.order === id)

function onePaymentEach(books: Books, row: OrderRow, check: Check): void {
  const payments = paymentsOf(books, row)
  check(3, payments.length <= 1, `${row.id} has ${payments.length} payments`)
  const captures = payments.reduce((sum, one) => sum + one.captures, 0)
  check(3, captures <= 1, `${row.id} is captured ${captures} times`)
  const taken = payments.reduce((sum, one) => sum + one.snapshot.capturedMinor, 0)
  const isSettled = row.state !== 'reserved' && row.state !== 'authorised'
  check(3, !isSettled || taken === row.capturedMinor, `${row.id}: ${taken} was captured`)
  const isOpen = payments.some(({ snapshot: { status } }) => status !== 'canceled')
  const isUnpaid = orderHasEnded(row.state) && row.capturedMinor === 0
  check(5, !isUnpaid || !isOpen, `${row.id} is ${row.state}, and its card may still be charged`)
  const hasCertificate = books.orders.certificates.has(row.id)
  check(3, hasCertificate === (row.state === 'closed'), `${row.id}: its certificate`)
}

function legsAreSettled(books: Books, row: OrderRow, check: Check): void {
  for (const leg of row.legs) {
    const key = `${row.id}:${leg.number}`
    const prefix = `${row.id}:propose:${leg.number}:`
    const done = [...books.registry.transactions.values()].filter(
      (one) => one.reference.startsWith(prefix) && one.status === 4,
    )
    const wanted = leg.state === 'completed' ? 1 : 0
    check(3, done.length === wanted, `leg ${key} is ${leg.state}, cancelled ${done.length} times`)
    const fills = books.orders.fillsOf(row).filter((fill) => fill.leg === leg.number)
    const minor = fills.reduce((sum, fill) => sum + fill.priceMinor * fill.quantityTonnes, 0)
    const payout = books.orders.payouts.get(key)
    check(3, (payout?.amountMinor ?? 0) === (wanted ? minor : 0), `leg ${key}: its payout`)
    const state = leg.state === 'completed' ? 'committed' : null
    const isSame = state === null || fills.every((fill) => fill.state === state)
    check(3, isSame, `leg ${key} is completed and its fills are not committed`)
  }
}

function moneyIsEven(books: Books, row: OrderRow, check: Check): void {
  let kept = 0
  let captured = 0
  for (const entry of books.orders.entries.values()) {
    if (entry.order !== row.id) continue
    if (entry.credit === 'order') kept += entry.amountMinor
    if (entry.debit === 'order') kept -= entry.amountMinor
    if (entry.debit === 'processor') captured += entry.amountMinor
  }
  if (!orderHasEnded(row.state)) return
  check(1, kept === 0, `${row.id} has ended and keeps ${kept}`)
  check(4, captured === row.capturedMinor, `${row.id}: ${captured} booked as captured`)
  const theirs = paymentsOf(books, row).reduce((sum, one) => sum + one.snapshot.refundedMinor, 0)
  check(5, theirs === row.refundedMinor, `${row.id}: ${theirs} was given back`)
  const isClosed = row.state === 'closed'
  check(5, isClosed || row.capturedMinor === row.refundedMinor, `${row.id} is ${row.state}, paid`)
}

function chargesAreRight(books: Books, row: OrderRow, check: Check): void {
  const sold = books.orders.fillsOf(row).filter((fill) => fill.state === 'committed')
  const tonnes = sold.reduce((sum, fill) => sum + fill.quantityTonnes, 0)
  const minor = sold.reduce((sum, fill) => sum + fill.priceMinor * fill.quantityTonnes, 0)
  const limit = row.maxPriceMinor ?? Number.POSITIVE_INFINITY
  const isWithin =
    tonnes <= row.quantityTonnes &&
    minor <= row.projectsMinor &&
    row.totalMinor <= row.maxTotalMinor &&
    sold.every((fill) => fill.priceMinor <= limit)
  check(8, isWithin, `${row.id}: a fill beyond its order`)
  if (!orderHasEnded(row.state)) return
  const charged = row.capturedMinor - row.refundedMinor
  const wanted = amountsOf(BigInt(minor), row.fees).totalMinor
  check(8, charged === wanted, `${row.id} is charged ${charged}, its units cost ${wanted}`)
  const named = books.orders.certificates.get(row.id) ?? 0
  check(8, row.state !== 'closed' || named === tonnes, `${row.id}: its certificate says ${named} t`)
}

function everythingEnds(books: Books, row: OrderRow, check: Check): void {
  const open = row.legs.filter((leg) => legIsOpen(leg.state)).map((leg) => leg.state)
  check(9, isOver(row), `${row.id} is ${row.state}, its legs ${open.join(' ')}`)
  for (const fill of books.orders.fillsOf(row)) {
    const ends = books.book.ends.get(fill.reservation) ?? 0
    check(9, fill.state !== 'held' && ends === 1, `fill ${fill.reservation} ended ${ends} times`)
  }
  const open2 = row.effects.filter((one) => one.state === 'sent' || one.state === 'unknown')
  check(9, open2.length === 0, `${row.id}: ${open2.map((one) => one.key).join(' ')} unanswered`)
}

function acknowledgedIsStored({ orders, buyers }: Books, check: Check): void {
  for (const { key, order, request } of buyers) {
    if (order === null) continue
    const row = orders.orders.get(order)
    const isSame = row?.idempotencyKey === key && row.quantityTonnes === request.quantity_tonnes
    check(6, isSame, `${key} was promised order ${order}`)
  }
  const keys = new Set([...orders.orders.values()].map((row) => row.idempotencyKey))
  check(6, keys.size === orders.orders.size, 'a key stands for two orders')
}

/** The commands in the order of time, on an empty book: the same events, and the same rows. */
function journalReplays({ book, orders }: Books, check: Check): void {
  const again = createBook()
  const suspended = new Set<number>()
  let epoch = 0
  for (const [index, batch] of book.journal.entries()) {
    check(7, batch.batchSeq === index + 1, `batch ${batch.batchSeq} is number ${index + 1}`)
    check(7, batch.epoch >= epoch, `epoch ${batch.epoch} commits after ${epoch}`)
    epoch = batch.epoch
    for (const { command, event, position } of batch.journal) {
      if (command.kind === 'ReleaseReservation') {
        const row = book.reservations.get(command.reservation)
        const leg = orders.orders.get(row?.order ?? '')?.legs.find((one) => one.number === row?.leg)
        const isRefused = leg?.state === 'refused' || leg?.state === 'refunded'
        const offer = again.offer(row?.offer ?? 0)
        // Its seller may have resumed it by then.
        const isOff = offer === undefined || offer.withdrawn || suspended.has(row?.offer ?? 0)
        check(
          2,
          !isRefused || isOff,
          `offer ${row?.offer} is sold on, though its units were refused`,
        )
      }
      if (command.kind === 'SuspendOffer') suspended.add(command.offer)
      const told = again.apply(command)
      const isSame = !isRejected(told) && textOf(told) === textOf(event)
      check(7, isSame, `batch ${batch.batchSeq}, position ${position} replays differently`)
    }
  }
  const stored = book.readBook().book.offers.map(offerText).sort()
  const replayed = again.state().offers.map(offerText).sort()
  check(7, stored.join() === replayed.join(), 'the rows differ from what the journal gives')
}

const textOf = (event: BookEvent) =>
  JSON.stringify(event, (_key, value) => (typeof value === 'bigint' ? `${value}` : value))

const offerText = (offer: OfferState) =>
  [
    offer.offer,
    offer.priceMinor,
    offer.sequence,
    offer.quantityTonnes,
    offer.reservedTonnes,
    offer.soldTonnes,
    offer.withdrawnTonnes,
    offer.suspended,
  ].join(' ')
