/** One API process of a simulated market: the production host and order steps, over ports that lead into the simulation. */
import type { Filter, OrderRequest } from '@offset-button/contract'
import type { Filter as BookFilter } from '@offset-button/engine'
import { type MarketHost, startHost } from '@offset-button/engine-host'
import {
  type Registry,
  type RegistryDescription,
  RegistryUnreachable,
} from '@offset-button/registry-bridge'
import type { FeeSchedule } from '../../../api/market/fees.ts'
import type { MarketWrite } from '../../../api/market/market.write.ts'
import { advance } from '../../../api/order/order.advance.ts'
import type { OrderTimes } from '../../../api/order/order.effect.ts'
import type { OrderPorts, OrderStore } from '../../../api/order/order.ports.ts'
import { queryOf, reserving } from '../../../api/order/order.reserve.ts'
import { type Payment, PaymentUnreachable } from '../../../api/payment/payment.ts'
import { turns } from '../../../api/turns.ts'
import type { ModelLease } from '../../engine/host/models/model-lease.ts'
import { type Loss, SimulatedNode } from '../../engine/host/models/simulated-node.ts'
import type { World } from '../../engine/host/models/world.ts'
import type { BookRows } from './book-rows.ts'
import type { OrderRows } from './order-rows.ts'
import type { PaymentService } from './payment-service.ts'
import type { RegistryService } from './registry-service.ts'
import type { Watch } from './watch.ts'

const MARKET = 'usd'
export const FEES: FeeSchedule = {
  platformBasisPoints: 300,
  processingBasisPoints: 290,
  processingFixedMinor: 30,
}

/** Shorter than in production, so that a seed is short; in the same order of size to each other. */
const TIMES: OrderTimes = {
  holdMs: 15_000,
  bankHoldMs: 25_000,
  giveUpMs: 20_000,
  callTimeoutMs: 2_000,
  pollPaymentMs: 2_000,
  pollRegistryMs: 300,
  retryMs: 300,
  retryMostMs: 4_000,
  lateCommitMs: 15_000,
  personMs: 10_000,
}

const SWEEP_MS = 2_000
const STORE_TIMEOUT_MS = 5_000
/** Less often than in production, as most of a seed would be that. */
const SEEK_MS = 800

/** What all processes share: the other sides, and the ways to them. */
export type Surroundings = {
  readonly world: World
  readonly lease: ModelLease
  readonly book: BookRows
  readonly orders: OrderRows
  readonly payment: PaymentService
  readonly registry: RegistryService
  readonly trips: SimulatedNode['trips']
  /** What the process of that name says of itself. Throws where it is paused. */
  readonly look: (holder: string) => 'holding' | 'not holding' | 'gone'
  readonly id: () => string
  readonly note: (what: string) => void
  readonly watch: Watch
  /** Told of each commit. */
  readonly onCommit: (by: SimulatedApi) => void
}

export type Placing = { readonly key: string; readonly request: OrderRequest }

export type Placed =
  | { readonly kind: 'order'; readonly id: string }
  | { readonly kind: 'refused'; readonly reason: string }
  /** Not now; perhaps it took effect, and perhaps not. */
  | { readonly kind: 'later' }
  | { readonly kind: 'elsewhere'; readonly holder: string }

export class SimulatedApi {
  readonly name: string
  readonly node: SimulatedNode
  readonly host: MarketHost<MarketWrite>
  readonly ports: OrderPorts
  readonly logged = new Set<string>()
  readonly errors: unknown[] = []
  readonly #around: Surroundings
  readonly #takeTurn = turns()
  readonly #running = new Map<string, Promise<void>>()
  readonly #again = new Set<string>()
  #stopped = false

  constructor(name: string, startedAt: number, around: Surroundings) {
    this.name = name
    this.#around = around
    this.node = new SimulatedNode(around.world, startedAt)
    this.node.trips = around.trips
    const { book, orders, world, note } = around
    const log = (event: string, { order, effect, answer }: Record<string, unknown>) => {
      this.logged.add(event)
      if (event === 'lease.kept' || event === 'market.taken') around.watch.leaseIsInTrouble()
      note(`${name} ${event} ${order ?? ''} ${effect ?? ''} ${answer ?? ''}`)
    }
    const { node } = this
    this.host = startHost<MarketWrite>({
      market: MARKET,
      holder: name,
      clock: node.clock(),
      lease: node.lease(around.lease),
      store: {
        mintEpoch: (_market, holder) => node.travel('mint', () => book.mintEpoch(holder)),
        readHolder: () => node.travel('read holder', () => book.readHolder()),
        readBook: () => node.travel('read', () => book.readBook()),
        commitBatch: (batch) =>
          node.travel('commit', () => {
            const result = book.commitBatch(batch, orders)
            if (result.kind === 'committed') around.onCommit(this)
            return result
          }),
      },
      peers: { look: (holder) => node.travel('look', () => around.look(holder), LOOK_LOSS) },
      seekMs: SEEK_MS,
      answerTimeoutMs: STORE_TIMEOUT_MS,
      readTimeoutMs: STORE_TIMEOUT_MS,
      maxBatch: 4,
      patienceMs: 2_000,
      log,
    })
    this.ports = {
      store: orderStoreOf(node, around),
      payment: paymentOf(node, around),
      registries: new Map([['cdm', registryOf(node, around)]]),
      submit: (submission) => this.host.submit(submission),
      toQueryFilter,
      clock: node.clock(),
      random: { id: around.id },
      times: TIMES,
      log,
    }
    const sweep = () => {
      if (this.#stopped) return
      void this.#sweep()
      world.after(SWEEP_MS, () => node.happen(sweep))
    }
    world.after(startedAt % SWEEP_MS, () => node.happen(sweep))
  }

  /** As the API places an order: the key first, then the reservation, then a look at the order. */
  place(placing: Placing): Promise<Placed> {
    return this.#takeTurn(placing.key, () => this.#place(placing))
  }

  async stopOrder(order: string): Promise<void> {
    await this.#store('order.stop', () => this.#around.orders.requestStop(order))
    await this.look(order)
  }

  /** An event is only a reason to look: the payment is fetched again and merged. False where it is to be sent again. */
  async receive(event: string, payment: string): Promise<boolean> {
    try {
      const told = await this.ports.payment.find(payment)
      if (!told) return true
      const now = this.ports.clock.now()
      await this.ports.store.mergePayment({ payment: told, event: { id: event, type: '' }, now })
      void this.look(told.order)
      return true
    } catch {
      return false
    }
  }

  /** Looks at an order now, or again when the look that is under way has ended. */
  look(order: string): Promise<void> {
    if (this.#stopped) return Promise.resolve()
    const running = this.#running.get(order)
    if (running) {
      this.#again.add(order)
      return running
    }
    const look = this.#look(order)
    this.#running.set(order, look)
    return look
  }

  /** SIGTERM: what is under way is finished. */
  async stop(): Promise<void> {
    this.#stopped = true
    await Promise.all(this.#running.values())
    await this.host.stop()
  }

  async #look(order: string): Promise<void> {
    do {
      this.#again.delete(order)
      try {
        await advance(this.ports, order)
      } catch (error) {
        this.errors.push(error)
      }
    } while (this.#again.has(order) && !this.#stopped)
    this.#running.delete(order)
  }

  async #sweep(): Promise<void> {
    const due = await this.ports.store
      .due({ now: this.ports.clock.now(), limit: 100 })
      .catch(() => [])
    for (const order of due) if (!this.#running.has(order)) void this.look(order)
  }

  async #place({ key, request }: Placing): Promise<Placed> {
    if (this.host.state() !== 'holding') {
      const { lease, book } = this.#around
      const named = () => this.node.travel('holder', () => lease.holder(MARKET), LEASE_LOSS)
      const stored = () => this.#store('read holder', () => book.readHolder().holder)
      const holder = (await named().catch(() => null)) ?? (await stored().catch(() => null))
      if (holder && holder !== this.name) return { kind: 'elsewhere', holder }
    }
    this.#around.watch.reads(this.host)
    const requestHash = JSON.stringify(request)
    const found = await this.#store('order.find', () => this.#around.orders.findOrder(1, key))
      .then((row) => ({ row }))
      .catch(() => null)
    if (!found) return { kind: 'later' }
    if (found.row && found.row.requestHash !== requestHash) {
      return { kind: 'refused', reason: 'idempotency_key_reused' }
    }
    let id = found.row?.id
    if (id === undefined) {
      id = this.#around.id()
      const result = await this.host.submit(
        reserving({
          id,
          publishableKey: 1,
          idempotencyKey: key,
          requestHash,
          request,
          query: queryOf(request, toQueryFilter(request.filter ?? {}), FEES),
          fees: FEES,
          now: this.ports.clock.now(),
          holdMs: TIMES.holdMs,
        }),
      )
      if (result.kind === 'rejected') return { kind: 'refused', reason: result.rejected.reason }
      if (result.kind !== 'committed') return { kind: 'later' }
    }
    await this.look(id)
    return { kind: 'order', id }
  }

  #store<Value>(call: string, act: () => Value): Promise<Value> {
    return this.node.travel(call, act, STORE_LOSS)
  }
}

const LOOK_LOSS: Loss = { error: () => new Error('no answer'), timeoutMs: 300 }
/** As the lease's client in production gives up: after a sixth of the lease. */
const LEASE_LOSS: Loss = { error: () => new Error('no answer'), timeoutMs: 500 }
const STORE_LOSS: Loss = {
  error: (call) => new Error(`${call}: the connection was lost`),
  timeoutMs: STORE_TIMEOUT_MS,
}

function orderStoreOf(
  node: SimulatedNode,
  { orders: rows, watch, note }: Surroundings,
): OrderStore {
  const call = <Value>(name: `order.${string}`, act: () => Value) =>
    node.travel(name, act, STORE_LOSS)
  const heard = <Value>(order: string, act: () => Value): Value => {
    const before = rows.orders.get(order)?.payment ?? null
    const value = act()
    watch.heard(order, before, rows.orders.get(order)?.payment ?? null)
    return value
  }
  return {
    readOrder: (order) => call('order.read', () => rows.readOrder(order)),
    beginEffect: (given) =>
      call('order.begin', () => {
        const isBegun = rows.beginEffect(given)
        if (isBegun) watch.begun(given.order, given.plan, given.seen)
        return isBegun
      }),
    leaveUnknown: (given) => call('order.unknown', () => rows.leaveUnknown(given)),
    allocate: (order, leg) => call('order.allocate', () => rows.allocate(order, leg)),
    record: (given) =>
      call('order.record', () => {
        const result = heard(given.order, () => rows.record(given))
        const { effect } = given.change
        if (effect && result !== 'conflict') watch.answered(given.order, effect)
        const legs = given.change.legs?.map((leg) => `${leg.number} ${leg.state ?? ''}`) ?? []
        note(`${given.order} ${result} ${given.change.order?.state ?? ''} ${legs.join(', ')}`)
        return result
      }),
    mergePayment: (given) =>
      call('order.merge', () => heard(given.payment.order, () => rows.mergePayment(given))),
    sleep: (given) => call('order.sleep', () => rows.sleep(given)),
    due: (given) => call('order.due', () => rows.due(given)),
  }
}

function paymentOf(node: SimulatedNode, { payment: service, watch }: Surroundings): Payment {
  const loss = { error: (name: string) => new PaymentUnreachable(name), timeoutMs: 2_000 }
  const call = <Value>(name: `payment.${string}`, act: () => Value) => node.travel(name, act, loss)
  const change = <Value>(name: `payment.${string}`, key: string, act: () => Value) =>
    call(name, () => {
      watch.called(key)
      return act()
    })
  const find = <Value>(subject: string, act: () => Value) =>
    call('payment.find', () => {
      watch.asked(subject)
      return act()
    })
  return {
    publishableKey: 'pk_test_1',
    scriptUrl: '',
    test: true,
    create: (given) => change('payment.create', given.key, () => service.create(given)),
    find: (id) => find(service.find(id)?.order ?? '', () => service.find(id)),
    findByOrder: (order) => find(order, () => service.findByOrder(order)),
    void: (given) => change('payment.void', given.key, () => service.void(given)),
    capture: (given) => change('payment.capture', given.key, () => service.capture(given)),
    refund: (given) => change('payment.refund', given.reference, () => service.refund(given)),
    findRefund: (given) => find(given.reference, () => service.findRefund(given)),
    readWebhook: () => null,
  }
}

const CDM: RegistryDescription = {
  id: 'cdm',
  name: 'A simulated registry',
  simulated: true,
  phases: 'two-phase',
  oneTransactionAtATime: true,
  maxBlocksPerTransaction: 3000,
  opensAt: null,
  closesAt: null,
  closesAtReported: false,
}

function registryOf(node: SimulatedNode, { registry: service, watch }: Surroundings): Registry {
  const loss = { error: (name: string) => new RegistryUnreachable(name), timeoutMs: 2_000 }
  const call = <Value>(name: `registry.${string}`, act: () => Value) => node.travel(name, act, loss)
  const never = () => Promise.reject(new Error('Orders do not ask for this'))
  return {
    description: CDM,
    state: () => Promise.resolve('open'),
    holdings: never,
    earmark: never,
    releaseEarmark: never,
    propose: (proposal) =>
      call('registry.propose', () => {
        watch.called(proposal.reference)
        return service.propose(proposal)
      }),
    complete: (identifier) =>
      call('registry.complete', () => {
        watch.ends('registry.complete', identifier)
        return service.complete(identifier)
      }),
    terminate: (identifier) =>
      call('registry.terminate', () => {
        watch.ends('registry.terminate', identifier)
        return service.terminate(identifier)
      }),
    transaction: (by) =>
      call('registry.transaction', () => {
        watch.asked('reference' in by ? by.reference : by.identifier)
        return service.transaction(by)
      }),
  }
}

/** Projects are numbered by their references. */
function toQueryFilter(filter: Filter | object): BookFilter {
  const { project } = filter as Filter
  return project ? { project: project.map(Number) } : {}
}
