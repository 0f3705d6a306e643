import type { Explanation, Offer, Order, QuoteRequest } from '@offset-button/contract'
import pg from 'pg'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { MOST_REPLAYED } from '../../../api/order/order.explain.ts'
import { cleanUp } from '../../support/clean-up.ts'
import {
  confirmCard,
  must,
  openMarket,
  orderBody,
  placeOrder,
  readOrder,
  type TestMarket,
  untilOrder,
} from '../../support/market.ts'
import { PAGE_KEY, PAGE_ORIGIN, startStack } from '../../support/stack.ts'
import { type Declared, declared, type ProblemBody } from '../http/declared.ts'
import { issue } from '../offer/units.ts'

const explaining = suite('why an order takes what it takes')
const keep = cleanUp(explaining)

let stack: Awaited<ReturnType<typeof startStack>>
let api: Declared
let market: TestMarket
let client: pg.Client

const WITHDRAWN = 1
const REFUSED = 2
const FILTER = { not: { host: ['FJ'] } }

explaining.before(async () => {
  stack = keep(await startStack())
  market = await openMarket(stack, [
    { seller: 0, quantity: 20, priceMinor: 50 },
    { seller: 0, quantity: 25, priceMinor: 60 },
    { seller: 2, quantity: 100, priceMinor: 100, project: 3, vintage: 2012 },
    { seller: 1, quantity: 60, priceMinor: 200, project: 2 },
    { seller: 0, quantity: 40, priceMinor: 290 },
    { seller: 0, quantity: 500, priceMinor: 300 },
    { seller: 1, quantity: 300, priceMinor: 310, project: 1 },
  ])
  api = await declared(stack.url)
  client = keep(new pg.Client(stack.databases.api.url))
  await client.connect()
  await expire()
  await sell()
  const withdrawn = market.offers[WITHDRAWN]
  await must(stack.url, 'POST', `/v1/offers/${withdrawn?.id}/withdraw`, {
    key: market.sellers[0]?.key ?? '',
  })
  await suspend()
  const held = await placeOrder(stack, orderBody(40, 1_000_000, { project: ['0037'] }))
  assert.is(held.status, 201)
})

/** 30 t at 2.50 that were offered before their units expired. */
async function expire(): Promise<void> {
  const { key = '', account = '' } = market.sellers[0] ?? {}
  const block = await issue(stack, { account, quantity: 30, unitType: 6 })
  const { id } = await must<Offer>(stack.url, 'POST', '/v1/offers', {
    key,
    body: { holding_account: account, blocks: [block], price_minor: 250 },
  })
  await client.query('UPDATE offer SET original_commitment_period = 1 WHERE id = $1', [id])
  await stack.apiProcess.stop()
  await stack.restartApi()
  const state = async () => (await must<Offer>(stack.url, 'GET', `/v1/offers/${id}`, { key })).state
  for (let tries = 0; (await state()) !== 'expired'; tries++) {
    assert.ok(tries < 200, 'the offer does not expire')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** All 20 t at 0.50. */
async function sell(): Promise<void> {
  const { body } = await placeOrder(stack, orderBody(20, 1_000_000))
  await confirmCard(stack, body)
  assert.is((await untilOrder(stack, body.id)).state, 'closed')
}

/** The registry refuses the units at 1.00. */
async function suspend(): Promise<void> {
  const [block] = market.offers[REFUSED]?.blocks ?? []
  assert.ok(block)
  await stack.registry.refuseAtNextCheck({ code: 4004, block })
  const { body } = await placeOrder(stack, orderBody(10, 1_000_000, { technology: ['wind'] }))
  await confirmCard(stack, body)
  assert.is((await untilOrder(stack, body.id)).state, 'rejected')
}

const explain = (body: QuoteRequest) =>
  api.send<Explanation & ProblemBody>('POST', '/v1/quotes/explanation', { key: PAGE_KEY, body })
const explanationOf = (order: string, key: string = PAGE_KEY) =>
  api.send<Explanation & ProblemBody>('GET', `/v1/orders/${order}/explanation`, { key })

const none = { offers: 0, quantity_tonnes: 0 }
const passedOver = {
  outside_filter: { offers: 1, quantity_tonnes: 60 },
  own_offer: none,
  units_expired: { offers: 1, quantity_tonnes: 30 },
  suspended: { offers: 1, quantity_tonnes: 100 },
  reserved: { offers: 1, quantity_tonnes: 40 },
  exhausted: none,
  withdrawn: none,
}
const open = [
  ['suspended', '0112', 'Demo seller 3', 100, 100],
  ['outside_filter', '0089', 'Demo seller 2', 200, 60],
  ['units_expired', '0037', 'Demo seller 1', 250, 30],
  ['reserved', '0037', 'Demo seller 1', 290, 40],
]
const examplesOf = ({ examples }: Explanation) =>
  examples.map((one) => [
    one.reason,
    one.project.reference,
    one.seller,
    one.price_minor,
    one.quantity_tonnes,
  ])
const fillsOf = ({ fills }: Pick<Order, 'fills'> | Explanation) =>
  fills.map((fill) => [fill.project.reference, fill.price_minor, fill.quantity_tonnes])

explaining('a quote names what comes before its last fill, and why it is not taken', async () => {
  const { status, body } = await explain({ quantity_tonnes: 550, filter: FILTER })
  assert.is(status, 200)
  assert.equal([body.refusal, body.quantity_tonnes], [null, 550])
  assert.equal(fillsOf(body), [
    ['0037', 300, 500],
    ['0075', 310, 50],
  ])
  assert.equal(body.passed_over, passedOver)
  assert.equal(examplesOf(body), open)
})

explaining('it takes what the quote takes, by a budget too', async () => {
  for (const request of [
    { quantity_tonnes: 550, filter: FILTER },
    { quantity_tonnes: 700 },
    { budget_minor: 50_000 },
    { budget_minor: 50_000, max_price_minor: 200 },
  ]) {
    const { body } = await explain(request)
    const quoted = await api.send<Order>('POST', '/v1/quotes', { key: PAGE_KEY, body: request })
    assert.equal(fillsOf(body), fillsOf(quoted.body), JSON.stringify(request))
  }
})

explaining('a refused quote says why, and what there is up to its price limit', async () => {
  const few = await explain({ quantity_tonnes: 5_000, filter: FILTER, max_price_minor: 250 })
  assert.is(few.status, 200)
  assert.equal([few.body.refusal, few.body.fills], ['nothing_available', []])
  assert.equal(few.body.passed_over, { ...passedOver, reserved: none })
  const more = await explain({ quantity_tonnes: 5_000, filter: FILTER })
  assert.equal([more.body.refusal, more.body.fills], ['not_enough_available', []])
  assert.equal(more.body.passed_over, passedOver)
  const { body } = await explain({ quantity_tonnes: 10, filter: { host: ['KE'] } })
  assert.is(body.refusal, 'nothing_available')
  assert.equal(body.passed_over.outside_filter, { offers: 6, quantity_tonnes: 990 })
  const small = await explain({ budget_minor: 1 })
  assert.equal([small.body.refusal, small.body.fills], ['amount_too_small', []])
})

explaining('what cannot be read is refused', async () => {
  const bad = await explain({ quantity_tonnes: 0 })
  assert.equal([bad.status, bad.body.code], [400, 'invalid_quantity'])
  const unknown = await explain({ quantity_tonnes: 5, filter: { not: { project: ['9999'] } } })
  assert.equal([unknown.status, unknown.body.code], [400, 'unknown_filter'])
})

let explained = ''

explaining('an order is explained as of its placing, with what had ended before', async () => {
  const { body: placed } = await placeOrder(stack, orderBody(550, 10_000_000, FILTER))
  explained = placed.id
  const before = await explanationOf(placed.id)
  assert.is(before.status, 200)
  assert.equal([before.body.refusal, before.body.quantity_tonnes], [null, 550])
  assert.equal(fillsOf(before.body), fillsOf(await readOrder(stack, placed.id)))
  assert.equal(before.body.passed_over, {
    ...passedOver,
    exhausted: { offers: 1, quantity_tonnes: 20 },
    withdrawn: { offers: 1, quantity_tonnes: 25 },
  })
  assert.equal(examplesOf(before.body), [
    ['exhausted', '0037', 'Demo seller 1', 50, 20],
    ['withdrawn', '0037', 'Demo seller 1', 60, 25],
    ...open,
  ])
  // What happens to the order, and to the market, later is not told.
  await api.send('POST', `/v1/orders/${placed.id}/stop`, { key: PAGE_KEY })
  assert.equal((await explanationOf(placed.id)).body, before.body)
  await stack.apiProcess.stop()
  await stack.restartApi()
  assert.equal((await explanationOf(placed.id)).body, before.body)
})

explaining('nobody else is told, and nothing of an order that is none', async () => {
  const other = 'pk_demo_other_page_0000001'
  await must(stack.url, 'PUT', `/v1/operator/publishable-keys/${other}`, {
    key: stack.keys.operatorToken,
    body: { name: 'Other page', origins: [PAGE_ORIGIN] },
  })
  for (const told of [
    await explanationOf(explained, other),
    await explanationOf('a'.repeat(26)),
    await explanationOf('no-order'),
  ]) {
    assert.equal([told.status, told.body.code], [404, 'order_not_found'])
  }
})

explaining('an order with more before it than may be replayed is not explained', async () => {
  const { body: placed } = await placeOrder(stack, orderBody(30, 10_000_000, FILTER))
  await client.query(
    `INSERT INTO journal (market, batch_seq, position, epoch, command, event)
      SELECT 'usd', 0, n, 0, '{}', '{}' FROM generate_series(0, $1::int) n`,
    [MOST_REPLAYED],
  )
  const { status, body } = await explanationOf(placed.id)
  assert.equal([status, body.code], [409, 'journal_too_long'])
})

explaining.run()
