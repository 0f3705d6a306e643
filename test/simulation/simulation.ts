/**
 * A whole market from one seed, in virtual time: several API processes, their Store, lease, registry, payment service, buyers
 * and sellers. About twenty things go wrong; then all heals, and every order must end. What holds then is checked by number.
 */
import type { SubmissionResult } from '@offset-button/engine-host'
import { ModelLease } from '../engine/host/models/model-lease.ts'
import { World } from '../engine/host/models/world.ts'
import { Buyer, type Market } from './buyer.ts'
import { Dice } from './dice.ts'
import { countEnds } from './ends.ts'
import { DISTURBANCES, type Disturbance, Faults, type Part } from './faults.ts'
import { checkInvariants, type Violation } from './invariants.ts'
import { BookRows } from './models/book-rows.ts'
import { isOver } from './models/order-row.ts'
import { OrderRows } from './models/order-rows.ts'
import { PaymentService } from './models/payment-service.ts'
import { LAPSE_MS, RegistryService } from './models/registry-service.ts'
import { type Placed, SimulatedApi } from './models/simulated-api.ts'
import { Watch } from './models/watch.ts'
import { SELLERS, Sellers } from './sellers.ts'
import { Trace } from './trace.ts'

const LEASE_MS = 3_000
const TROUBLE_MS = 30_000
/** When faults stop, every order is to be terminal within 60 s. */
const HEALING_MS = 60_000
const ANSWER_WITHIN_MS = 10_000

export type SeedResult = {
  readonly seed: number
  readonly hash: string
  readonly violations: readonly Violation[]
  readonly faults: number
  /** Faults, ends of orders, answers and events of hosts that came about, by name. */
  readonly seen: ReadonlyMap<string, number>
  /** Virtual milliseconds. */
  readonly took: number
  readonly lines: readonly string[]
}

/** Runs a seed. Never throws for what the seed does: that is a violation. */
export async function simulate(seed: number, keepTrace = false): Promise<SeedResult> {
  return new Simulation(seed, keepTrace).run()
}

class Simulation {
  readonly #seed: number
  readonly #dice: Dice
  readonly #faults: Faults
  readonly #trace: Trace
  readonly #world = new World()
  readonly #lease = new ModelLease(this.#world, LEASE_MS)
  readonly #book = new BookRows()
  readonly #orders = new OrderRows(this.#book)
  readonly #payment: PaymentService
  readonly #registry: RegistryService
  readonly #watch: Watch
  readonly #apis: SimulatedApi[] = []
  readonly #dead: SimulatedApi[] = []
  readonly #sellers: Sellers
  readonly #buyers: Buyer[] = []
  readonly #complaints: Violation[] = []
  readonly #refusing: number
  #ids = 0

  constructor(seed: number, keepTrace: boolean) {
    this.#seed = seed
    this.#dice = new Dice(seed)
    this.#faults = new Faults(this.#dice)
    this.#sellers = new Sellers(this.#dice, this.#book)
    this.#trace = new Trace(keepTrace)
    // In some seeds the registry refuses what a seller's account holds, now and then.
    this.#refusing = this.#dice.whole(0, SELLERS)
    this.#payment = new PaymentService((event, payment) => this.#sendEvent(event, payment))
    this.#registry = new RegistryService(
      () => this.#world.now(),
      this.#dice.pick(LAPSE_MS),
      ({ holdingAccount }) =>
        holdingAccount.startsWith(`CDM-100-${this.#refusing}-`) && this.#dice.chance(400)
          ? 4010
          : null,
    )
    this.#watch = new Watch({
      book: this.#book,
      orders: this.#orders,
      registry: this.#registry,
      isCharged: (order) => this.#payment.isCharged(order),
      complain: (violation) => this.#complaints.push(violation),
    })
    this.#registry.isWanted = (reference) => this.#watch.isWanted(reference)
    this.#registry.isCharged = (reference) => this.#payment.isCharged(reference.split(':')[0] ?? '')
    this.#book.onReturn = ({ order, reservation }) => {
      const isOpen = [...this.#payment.books.values()].some(
        ({ snapshot }) => snapshot.order === order && snapshot.status !== 'canceled',
      )
      // A node whose clock is ahead may give back what another begins to sell: that payment is voided, which is checked at the end.
      if (this.#faults.seen.has('clock jump')) return
      if (isOpen && this.#orders.orders.get(order)?.state === 'reserved') {
        const rule = `fill ${reservation} goes back while it may still be paid for`
        this.#complaints.push({ invariant: 5, rule })
      }
    }
    this.#orders.onAlarm = (order, at) => this.#setAlarm(order, at)
  }

  async run(): Promise<SeedResult> {
    for (const name of ['a', 'b', 'c']) this.#start(name)
    await this.#world.run(100)
    await this.#openMarket()
    const market = this.#marketFor()
    for (let count = this.#dice.whole(4, 8); count > 0; count--) {
      this.#buyers.push(new Buyer(this.#buyers.length, this.#dice, market))
    }
    for (const buyer of this.#buyers) void buyer.run(18_000)
    for (let count = this.#dice.whole(2, 6); count > 0; count--) {
      this.#world.after(this.#dice.whole(0, 22_000), () => this.#sell())
    }
    for (let count = this.#dice.whole(5, 9); count > 0; count--) {
      this.#world.after(this.#dice.whole(0, TROUBLE_MS - 8_000), () =>
        this.#disturb(this.#dice.pick(DISTURBANCES)),
      )
    }
    await this.#world.run(TROUBLE_MS)
    this.#heal()
    const healedAt = this.#world.now()
    while (this.#world.now() < healedAt + HEALING_MS && !this.#isAtRest()) {
      await this.#world.run(500)
    }
    const [violations, took] = [[...this.#complaints, ...this.#check()], this.#world.now()]
    for (const api of this.#apis) void api.stop()
    await this.#world.run(2 * LEASE_MS)
    for (const violation of violations) this.#note(JSON.stringify(violation))
    countEnds(this.#faults.seen, this.#orders, this.#buyers)
    return {
      seed: this.#seed,
      hash: this.#trace.hash(),
      violations,
      faults: this.#faults.total(),
      seen: this.#seen(),
      took,
      lines: this.#trace.lines,
    }
  }

  #start(name: string): void {
    const api = new SimulatedApi(name, this.#dice.whole(0, 100_000), {
      world: this.#world,
      lease: this.#lease,
      book: this.#book,
      orders: this.#orders,
      payment: this.#payment,
      registry: this.#registry,
      trips: (call) => {
        const trip = this.#faults.trip(call)
        const way = trip.lost ?? trip.failsAfterMs ?? ''
        this.#note(`${name} ${call} ${trip.thereMs} ${trip.backMs} ${way}`)
        return trip
      },
      look: (holder) => this.#look(holder),
      id: () => `o${++this.#ids}`,
      note: (what) => this.#note(what),
      watch: this.#watch,
      onCommit: (by) => this.#watch.committed(this.#going(by)),
    })
    this.#apis.push(api)
  }

  /** The hosts of the processes that go on, but of one. */
  #going(except: SimulatedApi): SimulatedApi['host'][] {
    const going = this.#apis.filter((one) => one !== except && one.node.goesOn())
    return going.map((one) => one.host)
  }

  #resume(api: SimulatedApi): void {
    api.node.resume()
    if (api.node.goesOn()) this.#watch.resumed(api.host, this.#going(api))
  }

  #look(holder: string): 'holding' | 'not holding' | 'gone' {
    const api = this.#apis.find((one) => one.name === holder)
    if (!api || api.node.crashed()) return 'gone'
    if (api.node.paused()) throw new Error('no answer')
    const state = api.host.state()
    return state === 'holding' || state === 'rebuilding' ? 'holding' : 'not holding'
  }

  // What goes wrong.

  #disturb(kind: Disturbance): void {
    const whole = (least: number, most: number) => this.#dice.whole(least, most)
    const going = this.#apis.filter((one) => !one.node.paused())
    const api = this.#dice.pick(going.length > 0 ? going : this.#apis)
    this.#faults.count(kind)
    this.#note(`${kind} ${api.name}`)
    if (kind.startsWith('lease')) this.#watch.leaseIsInTrouble()
    switch (kind) {
      case 'pause':
        api.node.pause()
        this.#world.after(whole(200, 8_000), () => this.#resume(api))
        return
      case 'crash':
        api.node.crash()
        this.#replace(api, whole(100, 5_000))
        return
      case 'restart':
        void api.stop().then(() => this.#note(`${api.name} stopped`))
        this.#replace(api, whole(2_500, 5_000))
        return
      case 'clock jump':
        api.node.wallJumpMs = whole(-20_000, 20_000)
        return
      case 'lease flushed':
        this.#lease.flush()
        return
      case 'lease failed over':
        this.#lease.failOver(whole(0, 5_000))
        return
      case 'lease down':
      case 'store down':
      case 'registry down':
      case 'payment down': {
        const part = kind.split(' ')[0] as Part
        this.#faults.down.add(part)
        if (part === 'lease' && this.#dice.chance(500)) this.#lease.flush()
        this.#world.after(whole(200, 7_000), () => this.#faults.down.delete(part))
      }
    }
  }

  /** A process ends for good, and another of the same name begins. */
  #replace(api: SimulatedApi, afterMs: number): void {
    const index = this.#apis.indexOf(api)
    if (index === -1) return
    this.#world.after(afterMs, () => {
      api.node.crash()
      const at = this.#apis.indexOf(api)
      if (at === -1) return
      this.#apis.splice(at, 1)
      this.#dead.push(api)
      this.#start(api.name)
    })
  }

  #heal(): void {
    this.#note('heals')
    this.#faults.end()
    for (const api of this.#apis) {
      api.node.wallJumpMs = 0
      this.#resume(api)
    }
  }

  // Alarms and events: hints that may be lost, late and doubled.

  #setAlarm(order: string, at: number): void {
    const inMs = Math.max(0, at - this.#wallNow()) + this.#dice.whole(1, 20)
    if (!this.#faults.isOver() && this.#dice.chance(20)) {
      this.#faults.count('alarm lost')
      return
    }
    const isDoubled = !this.#faults.isOver() && this.#dice.chance(200)
    if (isDoubled) this.#faults.seen.set('alarm doubled', 1)
    for (const delay of isDoubled ? [0, this.#dice.whole(0, 10)] : [0]) {
      this.#world.after(inMs + delay, () => {
        const api = this.#dice.pick(this.#apis)
        api.node.happen(() => void api.look(order))
      })
    }
  }

  #sendEvent(event: string, payment: string): void {
    const soon = this.#dice.whole(20, 400)
    const fates = ['lost', 'doubled', 'late'] as const
    const fate = this.#faults.isOver() || this.#dice.chance(800) ? 'soon' : this.#dice.pick(fates)
    if (fate !== 'soon') this.#faults.count(`event ${fate}`)
    if (fate === 'soon' || fate === 'doubled') this.#deliver(event, payment, soon)
    if (fate === 'doubled') this.#deliver(event, payment, this.#dice.whole(20, 9_000))
    if (fate === 'late') this.#deliver(event, payment, this.#dice.whole(3_000, 20_000))
  }

  #deliver(event: string, payment: string, inMs: number): void {
    this.#world.after(inMs, () => {
      const api = this.#dice.pick(this.#apis)
      api.node.happen(() => {
        void api.receive(event, payment).then((isTaken) => {
          if (!isTaken) this.#deliver(event, payment, 3_000)
        })
      })
    })
  }

  // Sellers.

  async #openMarket(): Promise<void> {
    for (let count = this.#dice.whole(5, 9); count > 0; count--) {
      const offer = this.#sellers.offer()
      for (let tries = 0; tries < 20; tries++) {
        const holder = this.#apis.find((api) => api.host.state() === 'holding')
        const result = holder ? await this.#settle(holder.host.submit(offer)) : null
        if (result?.kind === 'committed') break
        await this.#world.run(100)
      }
    }
  }

  async #settle(answer: Promise<SubmissionResult>): Promise<SubmissionResult | null> {
    const settled: { result?: SubmissionResult } = {}
    void answer.then((result) => {
      settled.result = result
    })
    for (let waited = 0; !settled.result && waited < 2_000; waited += 10) await this.#world.run(10)
    return settled.result ?? null
  }

  #sell(): void {
    const api = this.#dice.pick(this.#apis)
    const submission = this.#sellers.submission()
    api.node.happen(() => void api.host.submit(submission))
  }

  // Buyers.

  #marketFor(): Market {
    return {
      sleep: (milliseconds) =>
        new Promise((resolve) => void this.#world.after(milliseconds, resolve)),
      place: (placing, name) => {
        const named = this.#apis.find((api) => api.name === name)
        const api = named ?? this.#dice.pick(this.#apis)
        return this.#ask(api, () => api.place(placing))
      },
      stop: async (order) => {
        const api = this.#dice.pick(this.#apis)
        await this.#ask(api, () => api.stopOrder(order).then(() => null))
      },
      payment: (order) => this.#orders.orders.get(order)?.payment?.id ?? null,
      hasEnded: (order) => {
        const row = this.#orders.orders.get(order)
        return !row || isOver(row)
      },
      confirm: (payment, card) => this.#payment.confirm(payment, card),
      answerBank: (payment) => this.#payment.answerBank(payment),
      complain: (invariant, rule) => this.#complaints.push({ invariant, rule }),
      note: (what) => this.#note(what),
    }
  }

  /** A request and its answer; null where none comes in time. */
  #ask(api: SimulatedApi, what: () => Promise<Placed | null>): Promise<Placed | null> {
    return new Promise((resolve) => {
      this.#world.after(ANSWER_WITHIN_MS, () => resolve(null))
      this.#world.after(this.#dice.whole(1, 5), () =>
        api.node.happen(() => {
          void what().then(
            (answer) => this.#world.after(2, () => resolve(answer)),
            () => this.#world.after(2, () => resolve(null)),
          )
        }),
      )
    })
  }

  #isAtRest(): boolean {
    for (const row of this.#orders.orders.values()) {
      if (!isOver(row) || row.wakeAt !== null) return false
    }
    return this.#buyers.every((buyer) => buyer.isDone)
  }

  #check(): Violation[] {
    return checkInvariants({
      book: this.#book,
      orders: this.#orders,
      payment: this.#payment,
      registry: this.#registry,
      buyers: this.#buyers,
    })
  }

  #seen(): Map<string, number> {
    const seen = new Map(this.#faults.seen)
    for (const { logged } of [...this.#apis, ...this.#dead]) {
      for (const event of logged) seen.set(event, 1)
    }
    return seen
  }

  /** What the processes' wall clocks say without a jump. */
  #wallNow(): number {
    return 1_700_000_000_000 + this.#world.now()
  }

  #note(what: string): void {
    this.#trace.note(this.#world.now(), what)
  }
}
