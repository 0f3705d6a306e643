/** Two sessions that take turns on Postgres and on the model of the Store, which must answer alike. */
import { type Book, type Command, createBook, type StoredState } from '@offset-button/engine'
import type { Batch } from '@offset-button/engine-host'
import pg from 'pg'
import * as assert from 'uvu/assert'
import { connectPool, openDatabase } from '../../api/database/database.ts'
import type { MarketWrite } from '../../api/market/market.write.ts'
import type { Change } from '../../api/order/order.action.ts'
import type { OrderStore } from '../../api/order/order.ports.ts'
import { queryOf, reserving } from '../../api/order/order.reserve.ts'
import { orderStore } from '../../api/order/order.store.ts'
import { LEG_TRANSITIONS, ORDER_TRANSITIONS, type OrderView } from '../../api/order/order.ts'
import type { PaymentStatus } from '../../api/payment/payment.ts'
import { STATUS_ORDER } from '../../api/payment/payment-merge.ts'
import { buildBatch } from '../../engine/host/batch-builder.ts'
import { MARKET, openStore, SELLERS, storeDatabase } from '../api/market/stores.ts'
import type { cleanUp } from '../support/clean-up.ts'
import { bothSay, plain } from './both-say.ts'
import { Dice } from './dice.ts'
import { BookRows } from './models/book-rows.ts'
import { OrderRows } from './models/order-rows.ts'
import { FEES } from './models/simulated-api.ts'

const NOW = 1_700_000_000_000

type Session = { epoch: number; book: Book; readonly store: ReturnType<typeof openStore> }

/** One seed's history, on a database of its own. */
export class History {
  readonly #dice: Dice
  readonly #client: pg.Client
  readonly #sessions: readonly Session[]
  readonly #orders: OrderStore
  readonly #bookRows = new BookRows()
  readonly #orderRows = new OrderRows(this.#bookRows)
  #ids = 0
  #now = NOW

  constructor(seed: number, client: pg.Client, sessions: readonly Session[], orders: OrderStore) {
    this.#dice = new Dice(seed)
    this.#client = client
    this.#sessions = sessions
    this.#orders = orders
  }

  static async begin(seed: number, keep: ReturnType<typeof cleanUp>): Promise<History> {
    const { url } = keep(await storeDatabase())
    const client = keep(new pg.Client(url))
    await client.connect()
    const sessions = [1, 2].map(() => ({
      epoch: 0,
      book: createBook(),
      store: keep(openStore(url)),
    }))
    const orders = orderStore({
      db: openDatabase(keep(connectPool(url, 'offset-button api', 2))),
      setAlarm: async () => undefined,
      needsAlarm: (at) => at % 2 === 0,
      issueCertificate: (trx, { order, certificate, at }) =>
        trx
          .insertInto('certificate')
          .values({ id: certificate, order, document: '{}', issued_at: at })
          .execute()
          .then(() => undefined),
      onChange: () => undefined,
    })
    const history = new History(seed, client, sessions, orders)
    await history.#takeOver(history.#session())
    return history
  }

  async step(kinds: Map<string, number>, where: string): Promise<void> {
    const count = (kind: string) => kinds.set(kind, 1 + (kinds.get(kind) ?? 0))
    this.#now += this.#dice.whole(0, 2_000)
    const roll = this.#dice.whole(1, 100)
    if (roll <= 4) await this.#takeOver(this.#session())
    else if (roll <= 40) count(`commit: ${await this.#commit(where)}`)
    else count(await this.#order(roll, where))
    await this.#compare(where)
  }

  #session(): Session {
    return this.#dice.pick(this.#sessions)
  }

  async #takeOver(session: Session): Promise<void> {
    // So that the other session's connection lives on, and only the fence stands between.
    await this.#client.query('UPDATE market SET holder_pid = NULL')
    session.epoch = await session.store.mintEpoch(MARKET, 'http://one.test')
    assert.is(this.#bookRows.mintEpoch('http://one.test'), session.epoch)
    session.book = createBook({}, (await session.store.readBook(MARKET)).book)
  }

  async #commit(where: string): Promise<string> {
    const session = this.#session()
    const batch = await this.#batch(session)
    if (!batch) return 'nothing'
    const said = await bothSay(
      () => session.store.commitBatch(batch),
      () => this.#bookRows.commitBatch(batch, this.#orderRows),
      where,
    )
    // As the host does: whatever is not committed, the book is made anew, here under the old epoch.
    const isCommitted = said !== 'threw' && said.kind === 'committed'
    if (!isCommitted) session.book = createBook({}, (await session.store.readBook(MARKET)).book)
    return said === 'threw' ? said : said.kind
  }

  async #batch(session: Session): Promise<Batch<MarketWrite> | null> {
    const submissions: Awaited<ReturnType<History['submission']>>[] = []
    for (let count = this.#dice.whole(1, 3); count > 0; count--) {
      submissions.push(await this.submission())
    }
    const { contents } = buildBatch<MarketWrite>(
      session.book,
      submissions.map((submission) => ({
        submission,
        answer: () => undefined,
        fail: (error) => {
          throw error
        },
      })),
    )
    if (contents.journal.length === 0) return null
    return { market: MARKET, epoch: session.epoch, ...contents }
  }

  async submission() {
    const dice = this.#dice
    const roll = dice.whole(1, 10)
    if (roll <= 3) return this.#offer()
    if (roll <= 7) return this.#reserve()
    const offer = dice.whole(1, Math.max(1, this.#bookRows.offers.size))
    const reservation = dice.whole(1, Math.max(1, this.#bookRows.reservations.size))
    const command = dice.pick<Command>([
      { kind: 'SuspendOffer', offer },
      { kind: 'ResumeOffer', offer },
      { kind: 'WithdrawOffer', offer },
      { kind: 'AmendOffer', offer, priceMinor: 10 * dice.whole(25, 40) },
      { kind: 'ReleaseReservation', reservation },
      { kind: 'CommitReservation', reservation },
      { kind: 'ExtendReservation', reservation, expiresAt: 8.64e15 },
      { kind: 'ExpireReservation', reservation, now: this.#now + 60_000 },
    ])
    return { commands: [command] as const }
  }

  async #offer() {
    const dice = this.#dice
    const number = ++this.#ids
    const seller = dice.whole(1, SELLERS)
    const quantityTonnes = dice.whole(1, 40)
    const earmark = `earmark-${number}`
    await this.#client.query(
      `INSERT INTO earmark (reference, seller, holding_account, request_hash, state)
         VALUES ($1, $2, $2, '', 'sent')`,
      [earmark, seller],
    )
    const period = dice.whole(1, 2)
    const start = 1_000 * number
    const end = start + quantityTonnes - 1
    const attributes = { project: 1, host: 69, scope: 0, technology: 0, methodology: 0 }
    const command: Command = {
      kind: 'PlaceOffer',
      seller,
      attributes: { ...attributes, vintage: 2014, unitType: 5 },
      priceMinor: 10 * dice.whole(25, 40),
      quantityTonnes,
    }
    const write: MarketWrite = {
      kind: 'offer',
      holdingAccount: seller,
      project: 1,
      earmark,
      blocks: [
        {
          originatingParty: 'CR',
          unitType: 5,
          start,
          end,
          originalCommitmentPeriod: 1,
          applicableCommitmentPeriod: period,
          lulucfActivity: 0,
          projectIdentifier: 37,
        },
      ],
      applicableCommitmentPeriod: period,
      originalCommitmentPeriod: 1,
    }
    return { commands: [command] as const, write: () => write }
  }

  /** A new order, now and then under a key that is taken; or a fill in the place of another. */
  #reserve() {
    const dice = this.#dice
    const order = this.#someOrder()
    const replaced = dice.pick(order?.fills ?? [null])
    if (order && replaced && dice.chance(250)) {
      const command: Command = {
        kind: 'Reserve',
        query: { quantityTonnes: replaced.quantityTonnes, allOrNone: false },
        expiresAt: 8.64e15,
      }
      const firstLeg = 1 + order.legs.length - (dice.chance(300) ? 1 : 0)
      return {
        commands: [command] as const,
        write: ([event]: readonly object[]): MarketWrite => ({
          kind: 'replacement',
          order: order.id,
          replaced: replaced.reservation,
          reservations: (event as { fills: { reservation: number }[] }).fills.map(
            (fill) => fill.reservation,
          ),
          firstLeg,
        }),
      }
    }
    const number = ++this.#ids
    const request = {
      quantity_tonnes: dice.whole(1, 30),
      max_total_minor: 1_000_000,
      consent: { text: 'I agree.', language: 'en' },
    }
    return reserving({
      id: `order${number}`,
      publishableKey: 1,
      idempotencyKey: `key-${dice.chance(100) ? dice.whole(1, number) : number}`,
      requestHash: '00ff',
      request,
      query: queryOf(request, {}, FEES),
      fees: FEES,
      now: this.#now,
      holdMs: 120_000,
    })
  }

  #someOrder(): OrderView | null {
    const ids = [...this.#orderRows.orders.keys()]
    return ids.length === 0 ? null : this.#orderRows.readOrder(this.#dice.pick(ids))
  }

  async #order(roll: number, where: string): Promise<string> {
    const dice = this.#dice
    const order = this.#someOrder()
    if (!order) return 'no order yet'
    const stale = dice.chance(150) ? 1 : 0
    const version = order.version - stale
    const now = this.#now
    const both = <Value>(ask: (store: OrderStore | OrderRows) => Value | Promise<Value>) =>
      bothSay<Value>(
        async () => ask(this.#orders),
        async () => ask(this.#orderRows),
        `${where}, ${order.id}`,
      )
    if (roll <= 50) {
      const kind = dice.pick(['payment.create', 'payment.void', 'registry.propose'] as const)
      const leg = kind === 'registry.propose' ? 1 : null
      const plan = { key: `${order.id}:${kind}:1`, kind, leg, request: { amountMinor: 5 } }
      const known = order.effects.find((one) => one.key === plan.key) ?? null
      const outdated = known && dice.chance(150) ? { ...known, tries: known.tries + 1 } : known
      const seen = dice.chance(800) ? outdated : null
      return `begin: ${await both((store) => store.beginEffect({ order: order.id, version, plan, seen, now }))}`
    }
    if (roll <= 54) {
      const key = order.effects.at(-1)?.key
      if (key) await both((store) => store.leaveUnknown({ key, now }))
      return 'unknown: done'
    }
    if (roll <= 64) {
      // One whose fills were given to another has ended before it asks.
      const leg = dice.pick(order.fills).leg
      const said = await both((store) => store.allocate(order.id, leg))
      return `allocate: ${said === 'threw' ? said : 'serials'}`
    }
    if (roll <= 70) {
      const payment = this.#snapshot(order)
      const event = { id: `evt_${dice.whole(1, 20)}`, type: 'told' }
      const said = await both((store) => store.mergePayment({ payment, event, now }))
      return `merge: ${said === 'threw' ? said : 'done'}`
    }
    if (roll <= 75) {
      const until = dice.chance(300) ? null : now + dice.whole(-5_000, 20_000)
      await both((store) => store.sleep({ order: order.id, until }))
      // Of orders with the same time any may come first.
      const said = await both(async (store) => (await store.due({ now, limit: 100 })).toSorted())
      return `due: ${said === 'threw' || said.length === 0 ? said : 'some'}`
    }
    const change = this.#change(order)
    const payment = dice.chance(200) ? this.#snapshot(order) : null
    const certificate = change.certificate ? `certificate-${++this.#ids}` : null
    const request = {
      ...{ order: order.id, version, paid: order.payment, change, payment, certificate, now },
      ...(dice.chance(300) ? { until: dice.chance(300) ? null : now + dice.whole(0, 20_000) } : {}),
    }
    return `record: ${await both((store) => store.record(request) as ReturnType<OrderRows['record']>)}`
  }

  #snapshot(order: OrderView) {
    const dice = this.#dice
    return {
      id: `pi_${order.id}${dice.chance(50) ? '_other' : ''}`,
      order: order.id,
      status: dice.pick<PaymentStatus>(STATUS_ORDER),
      amountMinor: order.totalMinor,
      capturedMinor: dice.whole(0, 1) * order.totalMinor,
      refundedMinor: 0,
      clientSecret: 'secret',
      failure: dice.chance(300)
        ? { charge: `ch_${dice.whole(1, 4)}`, code: 'card_declined' }
        : null,
    }
  }

  /** Steps that are allowed and steps that are not. */
  #change(order: OrderView): Change {
    const dice = this.#dice
    const leg = dice.pick(order.legs)
    const other = dice.pick(order.legs)
    const states = dice.chance(850)
      ? LEG_TRANSITIONS[leg.state]
      : (Object.keys(LEG_TRANSITIONS) as (keyof typeof LEG_TRANSITIONS)[])
    const next = dice.chance(850)
      ? ORDER_TRANSITIONS[order.state]
      : (Object.keys(ORDER_TRANSITIONS) as (keyof typeof ORDER_TRANSITIONS)[])
    const state = states.length > 0 ? dice.pick<keyof typeof LEG_TRANSITIONS>(states) : leg.state
    const orderState = next.length > 0 ? dice.pick<keyof typeof ORDER_TRANSITIONS>(next) : null
    const entry = {
      key: `${order.id}:captured${dice.whole(1, 3)}`,
      leg: null,
      debit: 'processor',
      credit: 'order',
      amountMinor: 5,
    } as const
    const effect = order.effects.at(-1)
    return dice.pick<Change>([
      orderState
        ? {
            order: {
              state: orderState,
              ...(orderState === 'authorised' ? { takeTurn: true } : {}),
            },
          }
        : {},
      { legs: [{ number: leg.number, state, codes: [4010] }] },
      { legs: [{ number: leg.number, state, transaction: 'T1', allocations: 'completed' }] },
      { legs: [{ number: leg.number, state, givenUp: true, allocations: 'freed' }] },
      {
        legs: [{ number: leg.number, attempt: leg.attempt + 1, transaction: null, charged: true }],
      },
      { order: { capturedMinor: order.totalMinor + dice.whole(-1, 1) } },
      { order: { refundedMinor: order.capturedMinor + dice.whole(-1, 1) } },
      { order: { holdExtended: true, holdExpiresAt: this.#now } },
      effect ? { effect: { key: effect.key, state: 'ok', refusal: null } } : {},
      { entries: [entry] },
      { payout: { leg: leg.number, seller: 1, amountMinor: 7 } },
      { refusedOffers: { offers: order.fills.map((fill) => fill.offer), codes: [4010] } },
      leg === other ? {} : { joinLegs: { from: leg.number, into: other.number } },
      { replaced: [order.fills[0]?.reservation ?? 0] },
      { order: { reason: 'stopped' }, ...(order.hasCertificate ? {} : { certificate: true }) },
    ])
  }

  async #compare(where: string): Promise<void> {
    const stored = await this.#session().store.readBook(MARKET)
    assert.equal(sorted(this.#bookRows.readBook()), sorted(stored), where)
    for (const id of this.#orderRows.orders.keys()) {
      const theirs = await this.#orders.readOrder(id)
      const ours = this.#orderRows.readOrder(id)
      assert.ok(theirs && ours, where)
      const same = Object.fromEntries(
        Object.keys(theirs).map((name) => [name, Reflect.get(ours, name) as unknown]),
      )
      assert.equal(plain(same), plain(theirs), `${where}, ${id}`)
    }
  }
}

function sorted({ batchSeq, book }: { batchSeq: number; book: StoredState }) {
  return {
    batchSeq,
    ...book,
    offers: [...book.offers].sort((one, other) => one.offer - other.offer),
    reservations: book.reservations.toSorted((one, other) => one.reservation - other.reservation),
  }
}
