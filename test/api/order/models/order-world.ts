/** Everything around one order, in memory: its rows, the book, a payment service and a registry. Time stands unless moved. */
import { createBook, isRejected, type ReservationId } from '@offset-button/engine'
import type { Submission, SubmissionResult } from '@offset-button/engine-host'
import * as assert from 'uvu/assert'
import type { LedgerEntry } from '../../../../api/ledger/ledger.ts'
import { type MarketWrite, NEVER } from '../../../../api/market/market.write.ts'
import type { Change, LegChange } from '../../../../api/order/order.action.ts'
import { DEFAULT_TIMES } from '../../../../api/order/order.effect.ts'
import type { OrderPorts, OrderStore } from '../../../../api/order/order.ports.ts'
import {
  LEG_TRANSITIONS,
  type Leg,
  ORDER_TRANSITIONS,
  type OrderView,
} from '../../../../api/order/order.ts'
import { takeLowest } from '../../../../api/order/unit-range.ts'
import { mergePayment, paymentView } from '../../../../api/payment/payment-merge.ts'
import { FEES, fill, ID, leg, may, NOW, view } from './order-view.ts'
import { type PaymentPlan, WorldPayment } from './world-payment.ts'
import { type RegistryPlan, WorldRegistry } from './world-registry.ts'

/** What the outside does: to the order's card, and to the proposals of its sellers. */
export type Plan = PaymentPlan &
  RegistryPlan & {
    /** Offers by seller, tonnes and price; the order takes 20 t, best price first. */
    readonly offers: readonly (readonly [seller: number, tonnes: number, priceMinor: number])[]
    readonly stopped?: boolean
  }

type Allocation = {
  readonly offer: number
  readonly reservation: number
  leg: number
  readonly start: number
  readonly end: number
  state: 'live' | 'completed' | 'freed'
}

/** Serials for a leg that waits no more. */
export class TooLate extends Error {}

/** The process died at this call. */
export class Crash extends Error {}

export class OrderWorld {
  now = NOW
  order: OrderView
  wakeAt: number | null = NOW
  readonly entries: LedgerEntry[] = []
  readonly payouts: number[] = []
  readonly suspended = new Set<number>()
  readonly allocations: Allocation[] = []
  certificates = 0
  readonly book = createBook()
  readonly payment: WorldPayment
  readonly registry: WorldRegistry
  /** Calls of any port so far, and what is done at each. */
  calls = 0
  /** Calls to the outside that change something there, by name. */
  readonly sent = new Map<string, number>()
  atCall: (call: number, name: string) => unknown = () => undefined
  readonly #isStopped: boolean
  #isDead = false

  constructor(plan: Plan) {
    this.#isStopped = plan.stopped ?? false
    this.payment = new WorldPayment(plan)
    this.registry = new WorldRegistry(plan)
    for (const [seller, quantityTonnes, priceMinor] of plan.offers) {
      const attributes = { project: 1, host: 1, scope: 1, technology: 1, methodology: 0 }
      const placed = { ...attributes, vintage: 2014, unitType: 5 }
      this.book.apply({
        kind: 'PlaceOffer',
        seller,
        quantityTonnes,
        priceMinor,
        attributes: placed,
      })
    }
    const query = { quantityTonnes: 20, allOrNone: true }
    const reserved = this.book.apply({
      kind: 'Reserve',
      query,
      expiresAt: NOW + DEFAULT_TIMES.holdMs,
    })
    assert.ok(!isRejected(reserved) && reserved.kind === 'Reserved')
    const fills = reserved.fills.map((one) => this.#fillOf(one.reservation, 0))
    this.order = view({
      payment: null,
      effects: [],
      quantityTonnes: 20,
      fees: FEES,
      totalMinor: 100_000,
      legs: [],
      fills: [],
    })
    this.#addFills(fills, 1)
  }
  /** The buyer, as soon as there is a payment; stopping counts no version. */
  useBuyer(attempt: number): void {
    this.payment.useCard(attempt)
    if (this.#isStopped && this.payment.payment) this.#set({ stopRequested: true })
  }

  /** The process that died begins anew. */
  revive(): void {
    this.#isDead = false
  }

  /** Ports as production has them; each call of any may be the last. */
  ports(): OrderPorts {
    return {
      store: this.#guarded(this.#store()),
      payment: this.#guarded(this.payment),
      registries: new Map([['cdm', this.#guarded(this.registry)]]),
      submit: this.#guarded({ submit: async (one: Submission<MarketWrite>) => this.#submit(one) })
        .submit,
      toQueryFilter: () => ({}),
      clock: { now: () => this.now },
      random: { id: () => 'certificate' },
      times: DEFAULT_TIMES,
      log: () => undefined,
    }
  }

  #guarded<Port extends object>(port: Port): Port {
    return new Proxy(port, {
      get: (target, name) => {
        const member = Reflect.get(target, name) as unknown
        if (typeof member !== 'function') return member
        return async (...given: unknown[]) => {
          await this.#pass(String(name))
          const answer: unknown = await Reflect.apply(member, target, given)
          return structuredClone(answer)
        }
      },
    })
  }

  async #pass(name: string): Promise<void> {
    if (this.#isDead) throw new Crash()
    try {
      await this.atCall(++this.calls, name)
      this.#watch(name)
    } catch (error) {
      this.#isDead = error instanceof Crash
      throw error
    }
  }

  /** What must hold at each call to the outside, whatever happened before. */
  #watch(name: string): void {
    if (!OUTSIDE.has(name)) return
    this.sent.set(name, 1 + (this.sent.get(name) ?? 0))
    if (name === 'complete') assert.is(this.payment.captures, 1, 'completed before the capture')
    if (name === 'capture' && this.payment.payment?.status === 'requires_capture') {
      const isChecked = this.registry.transactions.some((one) => one.status === 2)
      assert.ok(isChecked, 'charged before a check')
    }
  }

  #store(): OrderStore {
    return {
      readOrder: async () => this.#view(),
      beginEffect: async ({ version, plan, seen, now }) => {
        if (version !== this.order.version) return false
        const known = this.order.effects.find((one) => one.key === plan.key)
        if (known ? known.state !== seen?.state || known.tries !== seen.tries : seen) return false
        const sent = { ...plan, state: 'sent', tries: 1 + (seen?.tries ?? 0), sentAt: now } as const
        this.#set({
          version: version + 1,
          effects: this.order.effects
            .filter((one) => one !== known)
            .concat({ ...sent, refusal: null }),
          ...(plan.kind === 'registry.propose'
            ? { firstProposedAt: this.order.firstProposedAt ?? now }
            : {}),
        })
        return true
      },
      leaveUnknown: async ({ key, now }) => {
        this.#set({
          effects: this.order.effects.map((one) =>
            one.key === key && (one.state === 'sent' || one.state === 'unknown')
              ? { ...one, state: 'unknown', sentAt: now, tries: one.tries + 1 }
              : one,
          ),
        })
      },
      allocate: async (_order, number) => this.#allocate(number),
      record: async ({ version, paid, change, payment, certificate, now, until }) => {
        if (version !== this.order.version) return 'conflict'
        assert.equal(paid, this.order.payment)
        if (payment) this.#merge(payment, now)
        this.#change(change)
        if (certificate) this.certificates++
        this.#set({ version: version + 1 })
        if (until !== undefined) this.wakeAt = until
        return 'recorded'
      },
      mergePayment: async ({ payment, now }) => {
        this.#merge(payment, now)
        this.#set({ version: this.order.version + 1 })
      },
      sleep: async ({ until }) => {
        this.wakeAt = until
      },
      due: async () => [ID],
    }
  }

  #set(change: Partial<OrderView>): void {
    this.order = { ...this.order, ...change }
  }

  #view(): OrderView {
    const { legs } = this.order
    const isAhead = (one: Leg, other: Leg) =>
      other !== one &&
      other.holdingAccount === one.holdingAccount &&
      (other.state === 'proposed' ||
        other.state === 'checked' ||
        (other.state === 'waiting' && other.number < one.number))
    return {
      ...this.order,
      legs: legs.map((one) => ({ ...one, hasTurn: !legs.some((other) => isAhead(one, other)) })),
    }
  }

  #fillOf(reservation: ReservationId, ofLeg: number) {
    const held = this.book.reservation(reservation)
    const offer = held && this.book.offer(held.offer)
    assert.ok(held && offer)
    const { priceMinor, quantityTonnes, expiresAt } = held
    const { seller } = offer
    const at = { offer: offer.offer, seller, leg: ofLeg, priceMinor, quantityTonnes, expiresAt }
    return fill(reservation, at)
  }

  /** New fills in new legs, one for each seller's account, from `firstLeg` on. */
  #addFills(fills: readonly ReturnType<typeof fill>[], firstLeg: number): void {
    const sellers = [...new Set(fills.map((one) => one.seller))]
    this.#set({
      legs: [
        ...this.order.legs,
        ...sellers.map((seller, index) => leg(firstLeg + index, { holdingAccount: seller })),
      ],
      fills: [
        ...this.order.fills,
        ...fills.map((one) => ({ ...one, leg: firstLeg + sellers.indexOf(one.seller) })),
      ],
    })
  }

  #submit({ commands, write }: Submission<MarketWrite>): SubmissionResult {
    const [command] = commands
    assert.is(commands.length, 1)
    if (command.kind === 'Reserve') return this.#replace(command, write)
    if (command.kind === 'ReleaseReservation' || command.kind === 'ExpireReservation') {
      const { payment } = this.payment
      const isSafe = this.order.state !== 'reserved' || payment?.status === 'canceled'
      assert.ok(isSafe || !payment, 'tonnes go back while they may still be paid for')
    }
    const event = this.book.apply(command)
    if (isRejected(event)) return { kind: 'rejected', rejected: event, index: 0 }
    if (command.kind === 'SuspendOffer') this.suspended.add(command.offer)
    if (!('reservation' in command)) return committed
    const { status, expiresAt } = this.book.reservation(command.reservation) ?? {}
    this.#set({
      fills: this.order.fills.map((one) =>
        one.reservation === command.reservation
          ? { ...one, state: status ?? one.state, expiresAt: expiresAt ?? NEVER }
          : one,
      ),
    })
    return committed
  }

  #replace(
    command: Extract<Submission<MarketWrite>['commands'][0], { kind: 'Reserve' }>,
    write: Submission<MarketWrite>['write'],
  ): SubmissionResult {
    const event = this.book.apply(command)
    if (isRejected(event)) return { kind: 'rejected', rejected: event, index: 0 }
    const stored = write?.([event])
    assert.ok(event.kind === 'Reserved' && stored?.kind === 'replacement')
    const { firstLeg, replaced } = stored
    if (this.order.fills.some((one) => one.reservation === replaced && one.replaced)) {
      // The database refuses the batch, and the book is made anew without it.
      for (const { reservation } of event.fills) {
        this.book.apply({ kind: 'ReleaseReservation', reservation })
      }
      return { kind: 'unknown' }
    }
    this.#set({
      fills: this.order.fills.map((one) =>
        one.reservation === replaced ? { ...one, replaced: true } : one,
      ),
    })
    this.#addFills(
      event.fills.map((one) => this.#fillOf(one.reservation, 0)),
      firstLeg,
    )
    return committed
  }

  #merge(told: Parameters<typeof paymentView>[0], now: number): void {
    const { payment } = this.order
    const merged = payment ? mergePayment(payment, paymentView(told)) : paymentView(told)
    this.#set({ payment: { ...merged, clientSecret: told.clientSecret, askedAt: now } })
  }

  #allocate(number: number) {
    if (this.order.legs.find((one) => one.number === number)?.state !== 'waiting') {
      throw new TooLate()
    }
    for (const one of this.order.fills.filter((each) => each.leg === number)) {
      const taken = this.allocations.filter((each) => each.state !== 'freed')
      if (taken.some((each) => each.reservation === one.reservation)) continue
      const block = { start: one.offer * 1_000, end: one.offer * 1_000 + 999 }
      const ofOffer = taken.filter((each) => each.offer === one.offer)
      for (const range of takeLowest([block], ofOffer, one.quantityTonnes) ?? []) {
        const { offer, reservation } = one
        this.allocations.push({ offer, reservation, leg: number, ...range, state: 'live' })
      }
    }
    return this.allocations
      .filter((each) => each.leg === number && each.state !== 'freed')
      .map(({ start, end }) => ({
        originatingParty: 'CR',
        unitType: 5 as const,
        start,
        end,
        originalCommitmentPeriod: 2,
        applicableCommitmentPeriod: 2,
        lulucfActivity: 0,
        projectIdentifier: 37,
      }))
  }

  #change({ order, legs = [], effect, entries = [], joinLegs, replaced, payout }: Change): void {
    if (order) {
      const { takeTurn: _, ...rest } = order
      if (order.state) assert.ok(may(ORDER_TRANSITIONS[this.order.state], order.state))
      this.#set(rest)
    }
    for (const one of legs) this.#changeLeg(one)
    if (effect) {
      const { key, state, refusal } = effect
      this.#set({
        effects: this.order.effects.map((one) =>
          one.key === key ? { ...one, state, refusal } : one,
        ),
      })
    }
    for (const entry of entries) {
      assert.ok(!this.entries.some((one) => one.key === entry.key), `${entry.key} booked twice`)
      this.entries.push(entry)
    }
    if (payout) this.payouts.push(payout.amountMinor)
    this.#set({
      fills: this.order.fills.map((one) => ({
        ...one,
        leg: one.leg === joinLegs?.from ? joinLegs.into : one.leg,
        replaced: one.replaced || (replaced ?? []).includes(one.reservation),
      })),
    })
  }

  #changeLeg({ number, allocations, ...change }: LegChange): void {
    this.#set({
      legs: this.order.legs.map((one) => {
        if (one.number !== number) return one
        if (change.state && change.state !== one.state) {
          assert.ok(may(LEG_TRANSITIONS[one.state], change.state), `${one.state} ${change.state}`)
        }
        return { ...one, ...change }
      }),
    })
    for (const one of this.allocations) {
      if (allocations && one.leg === number && one.state === 'live') one.state = allocations
    }
  }
}

const OUTSIDE: ReadonlySet<string> = new Set([
  'create',
  'void',
  'capture',
  'refund',
  'propose',
  'complete',
  'terminate',
])
const committed: SubmissionResult = {
  kind: 'committed',
  events: [],
  place: { batchSeq: 1, position: 0 },
}
