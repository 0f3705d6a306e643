/** The order's part of the Store on Postgres: what happens when two come at once, or one comes late. */
import { createBook } from '@offset-button/engine'
import type { SerialBlock } from '@offset-button/registry-bridge'
import pg from 'pg'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { connectPool, openDatabase } from '../../../api/database/database.ts'
import { ORDER_VIEW } from '../../../api/order/order.read.ts'
import { ROWS } from '../../../api/order/order.rows.ts'
import { orderStore } from '../../../api/order/order.store.ts'
import { cleanUp } from '../../support/clean-up.ts'
import { batchOf, MARKET, openStore, place, reserve, storeDatabase } from '../market/stores.ts'

const stores = suite('the store of orders on Postgres')
// After each test, as all of them together would have more connections open than Postgres takes.
const keep = cleanUp({ after: stores.after.each })

/** A market with an offer of 100 t and orders of 10 t each, and the store of two nodes. */
async function scene(orders = 1) {
  const { url } = keep(await storeDatabase())
  const client = keep(new pg.Client(url))
  await client.connect()
  const market = keep(openStore(url))
  const epoch = await market.mintEpoch(MARKET, 'http://one.test')
  const book = createBook()
  const commit = async (...commands: Parameters<typeof batchOf>[3]) => {
    const batch = await batchOf(client, book, epoch, commands)
    assert.ok(batch)
    return market.commitBatch(batch)
  }
  await commit(place(300, 100))
  await client.query(
    `INSERT INTO offer_block VALUES (1, 'CR', 2, '[1001,1051)', 0, 37), (1, 'CR', 2, '[2001,2051)', 0, 37)`,
  )
  await commit(...Array.from({ length: orders }, () => reserve(10)))
  const db = openDatabase(keep(connectPool(url, 'offset-button api', 6)))
  const store = orderStore({
    db,
    setAlarm: async () => undefined,
    needsAlarm: () => false,
    issueCertificate: async () => undefined,
    onChange: () => undefined,
  })
  const { rows } = await client.query<{ id: string }>('SELECT id FROM "order" ORDER BY position')
  const ids = rows.map((row) => row.id)
  const change = (
    order: string,
    version: number,
    what: Parameters<typeof store.record>[0]['change'],
  ) =>
    store.record({
      order,
      version,
      paid: null,
      change: what,
      payment: null,
      certificate: null,
      now: 1_000_000,
    })
  return { url, client, market, epoch, book, commit, store, ids, change }
}

const spans = (blocks: readonly { readonly start: number; readonly end: number }[]) =>
  blocks.map(({ start, end }) => [start, end])

stores('a leg keeps its serials however often it asks, and another gets the next', async () => {
  const { store, ids } = await scene(6)
  const [first = '', second = '', ...others] = ids
  assert.equal(spans(await store.allocate(first, 1)), [[1001, 1010]])
  assert.equal(spans(await store.allocate(first, 1)), [[1001, 1010]])
  assert.equal(spans(await store.allocate(second, 1)), [[1011, 1020]])
  for (const order of others.slice(0, 3)) await store.allocate(order, 1)
  assert.equal(spans(await store.allocate(others[3] ?? '', 1)), [[2001, 2010]])
})

stores('serials of two legs never meet, when both ask at once', async () => {
  const { store, ids } = await scene(6)
  const all = await Promise.all([...ids, ...ids].map((order) => store.allocate(order, 1)))
  const starts = spans(all.flat()).map(([start]) => start)
  assert.is(new Set(starts).size, 6)
  assert.equal(starts.slice(0, 6), starts.slice(6))
})

stores('freed serials are given again', async () => {
  const { store, ids, change } = await scene(2)
  const [first = '', second = ''] = ids
  await store.allocate(first, 1)
  await change(first, 1, { legs: [{ number: 1, state: 'terminated', allocations: 'freed' }] })
  assert.equal(spans(await store.allocate(second, 1)), [[1001, 1010]])
})

stores('a leg that has ended gets no serials: who comes late keeps none from others', async () => {
  const { client, store, ids, change } = await scene()
  const [order = ''] = ids
  await change(order, 1, { legs: [{ number: 1, state: 'terminated', allocations: 'freed' }] })
  await store.allocate(order, 1).then(
    () => assert.unreachable(),
    (error: Error) => assert.match(error.message, /is terminated/),
  )
  assert.is((await client.query('SELECT FROM allocation')).rowCount, 0)
})

stores('the database refuses a unit in two live legs, whatever the code does', async () => {
  const { client, store, ids } = await scene(2)
  await store.allocate(ids[0] ?? '', 1)
  const copy = `INSERT INTO allocation (offer, reservation, "order", leg, originating_party, unit_type,
      original_commitment_period, applicable_commitment_period, lulucf_activity, project_identifier, units, state)
    SELECT offer, 2, $1, leg, originating_party, unit_type, original_commitment_period,
      applicable_commitment_period, lulucf_activity, project_identifier, '[1010,1012)', $2 FROM allocation`
  for (const state of ['live', 'completed']) {
    await client.query(copy, [ids[1], state]).then(
      () => assert.unreachable(),
      (error: Error) => assert.match(error.message, /no_unit_twice/),
    )
  }
  await client.query(copy, [ids[1], 'freed'])
})

stores('an allocation that is stuck halfway does not hold the market up', async () => {
  const { client, commit, store, ids } = await scene()
  await client.query('BEGIN')
  await client.query('LOCK TABLE allocation IN ACCESS EXCLUSIVE MODE')
  const stuck = store.allocate(ids[0] ?? '', 1).catch((error: Error) => error)
  await untilWaiting(client)
  const committed = await commit(reserve(10), { kind: 'ReleaseReservation', reservation: 1 })
  assert.is(committed.kind, 'committed')
  await client.query('ROLLBACK')
  assert.equal(spans((await stuck) as readonly SerialBlock[]), [[1001, 1010]])
})

stores('a change of an order that is stuck halfway does not hold up its replacement', async () => {
  const { client, market, epoch, book, ids, change } = await scene()
  const [order = ''] = ids
  await client.query('BEGIN')
  await client.query('LOCK TABLE effect IN ACCESS EXCLUSIVE MODE')
  const stuck = change(order, 1, {
    order: { holdExtended: true },
    effect: { key: 'none', state: 'ok', refusal: null },
  }).catch((error: Error) => error)
  await untilWaiting(client)
  const replacement = await replace(book, epoch, client, order)
  assert.is((await market.commitBatch(replacement)).kind, 'committed')
  await client.query('ROLLBACK')
  assert.is(await stuck, 'recorded')
})

stores(
  'a fill is replaced once: who has not seen it numbers its legs alike, and is refused',
  async () => {
    const { client, market, epoch, book, ids } = await scene()
    const first = await replace(book, epoch, client, ids[0] ?? '')
    await market.commitBatch(first)
    const second = await replace(book, epoch, client, ids[0] ?? '')
    await market.commitBatch(second).then(
      () => assert.unreachable(),
      (error: Error) => assert.match(error.message, /leg_pkey/),
    )
    const { rows } = await client.query('SELECT sum(quantity)::int AS tonnes FROM reservation')
    assert.equal(rows, [{ tonnes: 20 }])
  },
)

stores('a change decided on an earlier version is not stored', async () => {
  const { store, ids, change } = await scene()
  const [order = ''] = ids
  assert.is(await change(order, 1, { order: { holdExtended: true } }), 'recorded')
  assert.is(await change(order, 1, { order: { holdExtended: false } }), 'conflict')
  const view = await store.readOrder(order)
  assert.is(view?.version, 2)
  assert.is(view?.holdExtended, true)
})

stores('of two changes that were decided on one version, one is stored', async () => {
  const { client, store, ids, change } = await scene()
  const [order = ''] = ids
  // Both have begun before either ends.
  await client.query('BEGIN')
  await client.query('LOCK TABLE effect IN ACCESS EXCLUSIVE MODE')
  const effect = { key: 'none', state: 'ok', refusal: null } as const
  const both = [true, false].map((holdExtended) =>
    change(order, 1, { effect, order: { holdExtended } }),
  )
  await untilWaiting(client, 2)
  await client.query('ROLLBACK')
  assert.equal((await Promise.all(both)).sort(), ['conflict', 'recorded'])
  assert.is((await store.readOrder(order))?.version, 2)
})

stores('a call is begun by one of two, and begun again by one of two', async () => {
  const { store, ids } = await scene()
  const [order = ''] = ids
  const plan = { key: `${order}:create`, kind: 'payment.create', leg: null, request: {} } as const
  const begin = async () => {
    const view = await store.readOrder(order)
    const seen = view?.effects[0] ?? null
    const version = view?.version ?? 0
    const both = [1, 2].map((now) => store.beginEffect({ order, version, plan, seen, now }))
    return (await Promise.all(both)).filter(Boolean).length
  }
  assert.is(await begin(), 1)
  const before = await store.readOrder(order)
  await store.leaveUnknown({ key: plan.key, now: 3 })
  const [seen = null] = before?.effects ?? []
  const version = before?.version ?? 0
  assert.is(await store.beginEffect({ order, version, plan, seen, now: 4 }), false)
  assert.is(await store.beginEffect({ order, version, plan, seen: null, now: 4 }), false)
  assert.is(await begin(), 1)
})

stores(
  'a call decided on an earlier version is not begun, and one that is begun counts',
  async () => {
    const { store, ids, change } = await scene()
    const [order = ''] = ids
    const begin = (kind: 'payment.create' | 'payment.void', version: number) => {
      const plan = { key: `${order}:${kind}`, kind, leg: null, request: {} }
      return store.beginEffect({ order, version, plan, seen: null, now: 1 })
    }
    assert.is(await change(order, 1, { order: { holdExtended: true } }), 'recorded')
    assert.is(await begin('payment.void', 1), false)
    assert.equal((await store.readOrder(order))?.effects, [])
    assert.is(await begin('payment.create', 2), true)
    assert.is(await begin('payment.void', 2), false)
    assert.is(await change(order, 2, { order: { holdExtended: false } }), 'conflict')
    const effect = { key: `${order}:payment.create`, state: 'ok', refusal: null } as const
    assert.is(await change(order, 2, { effect }), 'conflict')
    assert.is((await store.readOrder(order))?.effects[0]?.state, 'sent')
  },
)

stores('what two are told of a payment at once is both kept', async () => {
  const { client, store, ids } = await scene()
  const [order = ''] = ids
  const payment = {
    id: 'pi_1',
    order,
    status: 'requires_payment_method',
    amountMinor: 3_000,
    capturedMinor: 0,
    refundedMinor: 0,
    clientSecret: 'secret',
    failure: null,
  } as const
  await store.mergePayment({ payment, event: null, now: 1 })
  // Both have read the payment before either is stored.
  await client.query('BEGIN')
  await client.query(`SELECT FROM "order" WHERE id = '${order}' FOR UPDATE`)
  const failures = ['ch_1', 'ch_2'].map((charge) =>
    store.mergePayment({
      payment: { ...payment, failure: { charge, code: 'card_declined' } },
      event: { id: `evt_${charge}`, type: 'payment_intent.payment_failed' },
      now: 2,
    }),
  )
  await untilWaiting(client, 2)
  await client.query('ROLLBACK')
  await Promise.all(failures)
  const view = await store.readOrder(order)
  assert.equal(view?.payment?.failures, ['ch_1', 'ch_2'])
  assert.is(view?.version, 4)
  assert.is((await client.query('SELECT FROM webhook_event')).rowCount, 2)
})

stores('of an answer and a step that were decided on one version, one is stored', async () => {
  const { client, store, ids, change } = await scene()
  const [order = ''] = ids
  const plan = { key: `${order}:create`, kind: 'payment.create', leg: null, request: {} } as const
  await store.beginEffect({ order, version: 1, plan, seen: null, now: 1 })
  await client.query('BEGIN')
  await client.query(`SELECT FROM "order" WHERE id = '${order}' FOR UPDATE`)
  const both = [
    change(order, 2, { order: { holdExtended: true } }),
    change(order, 2, { effect: { key: plan.key, state: 'ok', refusal: null } }),
  ]
  await untilWaiting(client, 2)
  await client.query('ROLLBACK')
  const [step, answer] = await Promise.all(both)
  const view = await store.readOrder(order)
  assert.equal([step, answer].sort(), ['conflict', 'recorded'])
  assert.is(view?.version, 3)
  assert.is(view?.holdExtended, step === 'recorded')
  assert.is(view?.effects[0]?.state, answer === 'recorded' ? 'ok' : 'sent')
})

stores('who takes a turn sees every earlier one', async () => {
  const { client, ids, change } = await scene(2)
  const [slow = '', fast = ''] = ids
  await client.query(`
    CREATE FUNCTION dawdle() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(0.5); RETURN NULL; END';
    CREATE CONSTRAINT TRIGGER dawdle AFTER UPDATE ON "order" DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW WHEN (NEW.id = '${slow}') EXECUTE FUNCTION dawdle()`)
  const turn = { order: { state: 'authorised', takeTurn: true } } as const
  const first = change(slow, 1, turn)
  await new Promise((resolve) => setTimeout(resolve, 150))
  await change(fast, 1, turn)
  const { rows } = await client.query('SELECT id, turn::int FROM "order" ORDER BY turn')
  await first
  assert.equal(rows, [
    { id: slow, turn: 1 },
    { id: fast, turn: 2 },
  ])
})

stores('a commit that has passed the fence ends before the next epoch is minted', async () => {
  const { url, client, market, epoch, book } = await scene()
  // So that the commit is not ended by whoever takes the market over.
  await client.query('UPDATE market SET holder_pid = NULL')
  const batch = await batchOf(client, book, epoch, [reserve(10)])
  assert.ok(batch)
  await client.query('BEGIN')
  await client.query('LOCK TABLE offer IN ACCESS EXCLUSIVE MODE')
  const ends: string[] = []
  const committing = market.commitBatch(batch).then(({ kind }) => ends.push(kind))
  await untilWaiting(client)
  const other = keep(openStore(url))
  const minting = other.mintEpoch(MARKET, 'http://two.test').then(() => ends.push('minted'))
  await untilWaiting(client, 2).catch(() => undefined)
  assert.equal(ends, [], 'the mint waits for the commit')
  await client.query('ROLLBACK')
  await Promise.all([committing, minting])
  // Two connections: whose answer is read first says nothing.
  assert.equal(ends.toSorted(), ['committed', 'minted'])
})

stores('a market is taken over although a call of the holder before is stuck in it', async () => {
  const { url, client, market, epoch, book } = await scene()
  const batch = await batchOf(client, book, epoch, [reserve(10)])
  assert.ok(batch)
  await client.query('BEGIN')
  await client.query('LOCK TABLE journal IN ACCESS EXCLUSIVE MODE')
  const stuck = market.commitBatch(batch).catch((error: Error) => error)
  await untilWaiting(client)
  const other = keep(openStore(url))
  // One that had to wait for the stuck call's lock would be refused by its own time-out.
  assert.is(await other.mintEpoch(MARKET, 'http://two.test'), 2)
  assert.instance(await stuck, Error)
  await client.query('ROLLBACK')
})

stores(
  'an order is read by indexes, also by a plan that was made while all was empty',
  async () => {
    const { url } = keep(await storeDatabase())
    const client = keep(new pg.Client(url))
    await client.connect()
    // As a connection plans what it asks often: once, and for as long as it lives.
    await client.query('SET plan_cache_mode = force_generic_plan')
    await client.query(
      `PREPARE look(text) AS SELECT ${ORDER_VIEW}, ${ROWS} FROM "order" o WHERE o.id = $1`,
    )
    const { rows } = await client.query<{ 'QUERY PLAN': string }>("EXPLAIN EXECUTE look('one')")
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
    assert.match(plan, 'order_turn')
    assert.not.match(plan, 'Seq Scan')
  },
)

/** Until so many wait for a lock. */
async function untilWaiting(client: pg.Client, count = 1): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    await client.query('SELECT pg_stat_clear_snapshot()')
    const { rowCount } = await client.query(
      `SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`,
    )
    if ((rowCount ?? 0) >= count) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  assert.unreachable('nobody waits')
}

/** A batch that reserves 10 t in the place of the order's first fill. */
async function replace(
  book: ReturnType<typeof createBook>,
  epoch: number,
  client: pg.Client,
  order: string,
) {
  const batch = await batchOf(client, book, epoch, [reserve(10)])
  assert.ok(batch)
  const [{ reservation } = { reservation: 0 }] = batch.reservations
  const write = {
    kind: 'replacement' as const,
    order,
    replaced: 1,
    firstLeg: 2,
    reservations: [reservation],
  }
  return { ...batch, writes: [{ position: 0, write }] }
}

stores.run()
