/** The Store's rows of orders as Postgres keeps them. A call happens at once or not at all. */
import type { Batch } from '@offset-button/engine-host'
import type { SerialBlock } from '@offset-button/registry-bridge'
import type { LedgerEntry } from '../../../api/ledger/ledger.ts'
import type { MarketWrite, NewOrder } from '../../../api/market/market.write.ts'
import type { Change, LegChange } from '../../../api/order/order.action.ts'
import type { OrderStore } from '../../../api/order/order.ports.ts'
import {
  type Effect,
  legIsOpen,
  type OrderFill,
  type OrderView,
  orderHasEnded,
} from '../../../api/order/order.ts'
import { takeLowest } from '../../../api/order/unit-range.ts'
import type { PaymentSnapshot } from '../../../api/payment/payment.ts'
import {
  type BookRows,
  ConstraintBroken,
  type OrdersOfBatch,
  type ReservationRow,
} from './book-rows.ts'
import {
  type Allocation,
  accountOf,
  checkChange,
  keyOf,
  type LegRow,
  merged,
  NEW_LEG,
  type OrderRow,
  overlaps,
  type Payout,
} from './order-row.ts'

/** What a command of the order's Store is given. */
type Given<Command extends keyof OrderStore> = Parameters<OrderStore[Command]>[0]

export class OrderRows implements OrdersOfBatch {
  readonly orders = new Map<string, OrderRow>()
  readonly keys = new Map<string, string>()
  readonly allocations: Allocation[] = []
  readonly entries = new Map<string, LedgerEntry & { readonly order: string }>()
  /** By order and leg. */
  readonly payouts = new Map<string, Payout>()
  /** The tonnes that a certificate names, by order. */
  readonly certificates = new Map<string, number>()
  readonly events = new Set<string>()
  readonly #book: BookRows
  readonly #fills = new WeakMap<ReservationRow, OrderFill>()
  readonly #openLegs = new Map<number, Set<string>>()
  #turn = 0
  /** Told when an order is to be looked at. */
  onAlarm: (order: string, at: number) => void = () => undefined

  constructor(book: BookRows) {
    this.#book = book
  }

  check({ writes }: Batch<MarketWrite>): void {
    const keys = new Set<string>()
    for (const { write } of writes) {
      if (write.kind === 'order') {
        const key = keyOf(write.order.publishableKey, write.order.idempotencyKey)
        if (this.keys.has(key) || keys.has(key) || this.orders.has(write.order.id)) {
          throw new ConstraintBroken('order_publishable_key_idempotency_key_key')
        }
        keys.add(key)
      }
      if (write.kind === 'replacement') {
        const order = this.#order(write.order)
        if (order.legs.some((leg) => leg.number >= write.firstLeg)) {
          throw new ConstraintBroken('leg_pkey')
        }
      }
    }
  }

  insertOrder(order: NewOrder, place: OrderRow['place']): void {
    this.keys.set(keyOf(order.publishableKey, order.idempotencyKey), order.id)
    this.orders.set(order.id, {
      id: order.id,
      market: 'usd',
      state: 'reserved',
      version: 1,
      reason: null,
      quantityTonnes: order.quantityTonnes,
      filter: order.filter,
      maxPriceMinor: order.maxPriceMinor,
      maxTotalMinor: order.maxTotalMinor,
      projectsMinor: order.projectsMinor,
      currency: order.currency,
      fees: order.fees,
      totalMinor: order.totalMinor,
      capturedMinor: 0,
      refundedMinor: 0,
      beneficiary: order.beneficiary,
      purpose: order.purpose,
      holdExpiresAt: order.holdExpiresAt,
      holdExtended: false,
      stopRequested: false,
      payment: null,
      authorisedAt: null,
      firstProposedAt: null,
      endedAt: null,
      publishableKey: order.publishableKey,
      idempotencyKey: order.idempotencyKey,
      requestHash: order.requestHash,
      place,
      turn: null,
      wakeAt: order.createdAt,
      legs: [],
      effects: [],
      reservations: [],
    })
  }

  insertFills(id: string, firstLeg: number, fills: readonly ReservationRow[]): void {
    const order = this.#order(id)
    const legs: LegRow[] = []
    for (const fill of [...fills].sort((one, other) => one.reservation - other.reservation)) {
      const offer = this.#book.offers.get(fill.offer)
      if (!offer) throw new Error(`no offer ${fill.offer}`)
      const { holdingAccount, applicableCommitmentPeriod } = offer
      let leg = legs.find(
        (one) =>
          one.holdingAccount === holdingAccount &&
          one.applicableCommitmentPeriod === applicableCommitmentPeriod,
      )
      if (!leg) {
        const number = firstLeg + legs.length
        leg = { ...NEW_LEG, number, holdingAccount, applicableCommitmentPeriod }
        legs.push(leg)
        this.#openAt(holdingAccount).add(id)
      }
      this.#book.setLeg(fill.reservation, leg.number)
    }
    this.#set(id, {
      legs: [...order.legs, ...legs],
      reservations: [...order.reservations, ...fills.map((fill) => fill.reservation)],
    })
  }

  readOrder(id: string): OrderView | null {
    const row = this.orders.get(id)
    if (!row) return null
    return {
      ...row,
      legs: row.legs.map((leg) => ({
        ...leg,
        holdingAccountNumber: accountOf(leg.holdingAccount),
        registry: 'cdm',
        hasTurn: this.#hasTurn(row, leg),
      })),
      fills: this.fillsOf(row).map((one) => this.#fill(one)),
      hasCertificate: this.certificates.has(id),
    }
  }

  /** Made once for each state of a reservation: most reads find what the one before has found. */
  #fill(row: ReservationRow): OrderFill {
    const made = this.#fills.get(row)
    if (made) return made
    const { reservation, offer, leg, priceMinor, quantityTonnes, expiresAt, state, replaced } = row
    const seller = this.#book.offers.get(offer)?.state.seller ?? 0
    const fill = {
      ...{ reservation, offer, seller, leg, priceMinor, quantityTonnes, expiresAt },
      ...{ state, replaced },
    }
    this.#fills.set(row, fill)
    return fill
  }

  fillsOf(row: OrderRow): ReservationRow[] {
    const fills: ReservationRow[] = []
    let isInOrder = true
    for (const id of row.reservations) {
      const fill = this.#book.reservations.get(id)
      if (!fill) continue
      isInOrder &&= (fills.at(-1)?.reservation ?? 0) < id
      fills.push(fill)
    }
    return isInOrder ? fills : fills.sort((one, other) => one.reservation - other.reservation)
  }

  findOrder(publishableKey: number, idempotencyKey: string): OrderRow | undefined {
    return this.orders.get(this.keys.get(keyOf(publishableKey, idempotencyKey)) ?? '')
  }

  requestStop(id: string): void {
    if (this.#order(id).state === 'reserved') this.#set(id, { stopRequested: true })
  }

  beginEffect({ order: id, version, plan, seen, now }: Given<'beginEffect'>): boolean {
    const order = this.#order(id)
    if (order.version !== version) return false
    const known = order.effects.find((one) => one.key === plan.key)
    const firstProposedAt = order.firstProposedAt ?? now
    if (seen ? known?.state !== seen.state || known.tries !== seen.tries : known) return false
    this.#set(id, {
      version: version + 1,
      ...(plan.kind === 'registry.propose' ? { firstProposedAt } : {}),
    })
    const sent = { ...plan, state: 'sent', tries: 1 + (seen?.tries ?? 0), sentAt: now } as const
    const effect: Effect = { ...sent, request: known?.request ?? plan.request, refusal: null }
    this.#set(id, {
      effects: known
        ? order.effects.map((one) => (one === known ? effect : one))
        : [...order.effects, effect],
    })
    return true
  }

  leaveUnknown({ key, now }: Given<'leaveUnknown'>): void {
    this.#changeEffect(key, (one) =>
      one.state === 'sent' || one.state === 'unknown'
        ? { ...one, state: 'unknown', sentAt: now, tries: one.tries + 1 }
        : one,
    )
  }

  allocate(id: string, number: number): readonly SerialBlock[] {
    const row = this.#order(id)
    const leg = row.legs.find((one) => one.number === number)
    if (leg?.state !== 'waiting') throw new Error(`leg ${number} of ${id} waits for no serials`)
    const added: Allocation[] = []
    for (const fill of this.fillsOf(row).filter((one) => one.leg === number)) {
      const taken = [...this.allocations, ...added].filter((one) => one.state !== 'freed')
      if (taken.some((one) => one.reservation === fill.reservation)) continue
      const offer = this.#book.offers.get(fill.offer)
      if (!offer) throw new Error(`no offer ${fill.offer}`)
      const ofOffer = taken.filter((one) => one.offer === fill.offer).map((one) => one.block)
      const ranges = takeLowest(offer.blocks, ofOffer, fill.quantityTonnes)
      if (!ranges) throw new Error(`offer ${fill.offer} has too few units left for ${id}`)
      for (const range of ranges) {
        const from = offer.blocks.find((b) => b.start <= range.start && range.end <= b.end)
        if (!from) throw new Error(`no block holds ${range.start}`)
        const block = { ...from, ...range }
        const { offer: ofOffer, reservation } = fill
        added.push({ offer: ofOffer, reservation, order: id, leg: number, block, state: 'live' })
      }
    }
    const all = [...this.allocations, ...added].filter((one) => one.state !== 'freed')
    if (added.some((one) => all.some((other) => other !== one && overlaps(one, other)))) {
      throw new ConstraintBroken('no_unit_twice')
    }
    this.allocations.push(...added)
    return this.allocations
      .filter((one) => one.order === id && one.leg === number && one.state !== 'freed')
      .sort((one, other) => one.offer - other.offer || one.block.start - other.block.start)
      .map((one) => one.block)
  }

  record({ order: id, version, change, payment, certificate, now, until }: Given<'record'>) {
    if (Object.keys(change).length === 0 && !payment && until === undefined) return 'recorded'
    const order = this.#order(id)
    if (order.version !== version) return 'conflict'
    checkChange(order, change, this)
    this.#changeOrder(order, change, payment, now)
    for (const leg of change.legs ?? []) this.#changeLeg(id, leg, now)
    this.#changeRest(id, change)
    if (certificate) {
      const sold = this.fillsOf(this.#order(id)).filter((fill) => fill.state === 'committed')
      this.certificates.set(
        id,
        sold.reduce((sum, fill) => sum + fill.quantityTonnes, 0),
      )
    }
    if (until !== undefined) this.sleep({ order: id, until })
    return 'recorded'
  }

  mergePayment({ payment, event, now }: Given<'mergePayment'>): void {
    if (event) this.events.add(event.id)
    const order = this.#order(payment.order)
    if (order.payment && order.payment.id !== payment.id) return
    this.#changeOrder(order, {}, payment, now)
  }

  sleep({ order, until }: Given<'sleep'>): void {
    if (!this.orders.has(order)) return
    this.#set(order, { wakeAt: until })
    if (until !== null) this.onAlarm(order, until)
  }

  due({ now, limit }: Given<'due'>): string[] {
    return [...this.orders.values()]
      .filter((row) => row.wakeAt !== null && row.wakeAt <= now)
      .sort((one, other) => (one.wakeAt ?? 0) - (other.wakeAt ?? 0))
      .slice(0, limit)
      .map((row) => row.id)
  }

  #changeOrder(
    current: OrderRow,
    { order: change }: Change,
    payment: PaymentSnapshot | null,
    now: number,
  ): void {
    const { takeTurn, ...rest } = change ?? {}
    this.#set(current.id, {
      ...rest,
      version: current.version + 1,
      ...(payment ? { payment: merged(current.payment, payment, now) } : {}),
      ...(rest.state === 'authorised' ? { authorisedAt: now } : {}),
      ...(rest.state && orderHasEnded(rest.state) ? { endedAt: now } : {}),
      ...(takeTurn ? { turn: ++this.#turn } : {}),
    })
  }

  #changeLeg(id: string, { allocations, ...change }: LegChange, now: number): void {
    const order = this.#order(id)
    const legs = order.legs.map((leg) =>
      leg.number === change.number
        ? { ...leg, ...change, ...(change.state === 'proposed' ? { proposedAt: now } : {}) }
        : leg,
    )
    this.#set(id, { legs })
    for (const { holdingAccount } of legs.filter((leg) => leg.number === change.number)) {
      const isOpen = legs.some((l) => l.holdingAccount === holdingAccount && legIsOpen(l.state))
      if (isOpen) this.#openAt(holdingAccount).add(id)
      else this.#openAt(holdingAccount).delete(id)
    }
    if (!allocations) return
    for (const [index, one] of this.allocations.entries()) {
      if (one.order === id && one.leg === change.number && one.state === 'live') {
        this.allocations[index] = { ...one, state: allocations }
      }
    }
  }

  #changeRest(id: string, change: Change): void {
    const { effect, entries = [], payout, refusedOffers, joinLegs, replaced = [] } = change
    if (effect) this.#changeEffect(effect.key, (one) => ({ ...one, ...effect }))
    for (const entry of entries) this.entries.set(entry.key, { ...entry, order: id })
    if (payout) this.payouts.set(`${id}:${payout.leg}`, payout)
    for (const offer of refusedOffers?.offers ?? []) {
      const row = this.#book.offers.get(offer)
      const suspendedCodes = refusedOffers?.codes ?? []
      if (row) this.#book.offers.set(offer, { ...row, suspendedCodes })
    }
    if (joinLegs) {
      for (const fill of this.fillsOf(this.#order(id))) {
        if (fill.leg === joinLegs.from) this.#book.setLeg(fill.reservation, joinLegs.into)
      }
    }
    for (const reservation of replaced) this.#book.setReplaced(reservation)
  }

  #changeEffect(key: string, change: (effect: Effect) => Effect): void {
    const id = key.split(':')[0] ?? ''
    const { effects } = this.#order(id)
    this.#set(id, { effects: effects.map((one) => (one.key === key ? change(one) : one)) })
  }

  #hasTurn(row: OrderRow, leg: LegRow): boolean {
    for (const id of this.#openAt(leg.holdingAccount)) {
      const ahead = this.#order(id)
      for (const other of ahead.legs) {
        if (other.holdingAccount !== leg.holdingAccount) continue
        if (id === row.id && other.number === leg.number) continue
        if (other.state === 'proposed' || other.state === 'checked') return false
        if (other.state !== 'waiting' || ahead.turn === null || row.turn === null) continue
        if (ahead.turn < row.turn) return false
        if (ahead.turn === row.turn && other.number < leg.number) return false
      }
    }
    return true
  }

  #openAt(account: number): Set<string> {
    const open = this.#openLegs.get(account) ?? new Set<string>()
    this.#openLegs.set(account, open)
    return open
  }

  #order(id: string): OrderRow {
    const row = this.orders.get(id)
    if (!row) throw new ConstraintBroken(`no order ${id}`)
    return row
  }

  #set(id: string, change: Partial<OrderRow>): void {
    this.orders.set(id, { ...this.#order(id), ...change })
  }
}
