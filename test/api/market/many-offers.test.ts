import type { Market, Offer, OfferList, Quote } from '@offset-button/contract'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { cleanUp } from '../../support/clean-up.ts'
import { openMarket, orderBody, PROJECTS, placeOffer, type Seller } from '../../support/market.ts'
import { PAGE_KEY, type Stack, startStack } from '../../support/stack.ts'
import { type Declared, declared, type ProblemBody } from '../http/declared.ts'

const many = suite('a market of a thousand offers')
const keep = cleanUp(many)

const OFFERS = 1_005
/** The most fills of one order. */
const MOST_FILLS = 1_000

let api: Declared
let stack: Stack
let sellers: readonly Seller[]
let sellerKey = ''

many.before(async () => {
  stack = keep(await startStack())
  sellers = (await openMarket(stack, [], 2)).sellers
  const [seller] = sellers
  assert.ok(seller)
  sellerKey = seller.key
  api = await declared(stack.url)
  const blocks = await stack.registry.issueUnits({
    units: Array.from({ length: OFFERS }, () => ({
      holding_account: seller.account,
      originating_party: PROJECTS[0]?.host ?? '',
      quantity: 2,
      original_commitment_period: 2 as const,
      applicable_commitment_period: 2 as const,
      project_identifier: Number(PROJECTS[0]?.reference),
      vintage: 2014,
    })),
  })
  const waiting = blocks.map((block, index) => ({ block, price_minor: 300 + (index % 150) }))
  const place = async () => {
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const { status } = await api.send<Offer>('POST', '/v1/offers', {
        key: seller.key,
        body: {
          holding_account: seller.account,
          blocks: [next.block],
          price_minor: next.price_minor,
        },
      })
      assert.is(status, 201)
    }
  }
  await Promise.all(Array.from({ length: 8 }, place))
})

many('an order may meet a thousand offers and no more', async () => {
  const ask = (quantity_tonnes: number) =>
    api.send<Quote & ProblemBody>('POST', '/v1/quotes', {
      key: PAGE_KEY,
      body: { quantity_tonnes },
    })
  const most = await ask(2 * MOST_FILLS)
  assert.is(most.status, 200)
  assert.is(most.body.fills.length, MOST_FILLS)
  assert.is(most.body.next_tonne_total_minor, null)
  const beyond = await ask(2 * MOST_FILLS + 1)
  assert.is(beyond.status, 409)
  assert.is(beyond.body.code, 'too_many_fills')
  const order = await api.send<ProblemBody>('POST', '/v1/orders', {
    key: PAGE_KEY,
    body: orderBody(2 * MOST_FILLS + 1, 100_000_000),
    headers: { 'idempotency-key': crypto.randomUUID() },
  })
  assert.is(order.body.code, 'too_many_fills')
})

many('where fewer are left than asked for, the refusal names what one order can have', async () => {
  const ask = (quantity_tonnes: number) =>
    api.send<Quote & ProblemBody>('POST', '/v1/quotes', {
      key: PAGE_KEY,
      body: { quantity_tonnes },
    })
  const { status, body } = await ask(2 * OFFERS + 1)
  assert.equal([status, body.code], [409, 'not_enough_available'])
  assert.is(body.available_tonnes, 2 * MOST_FILLS)
  assert.is((await ask(2 * MOST_FILLS)).status, 200)
})

many('a budget for more than a thousand offers buys from a thousand', async () => {
  const { status, body } = await api.send<Quote>('POST', '/v1/quotes', {
    key: PAGE_KEY,
    body: { budget_minor: 100_000_000 },
  })
  assert.is(status, 200)
  assert.is(body.fills.length, MOST_FILLS)
  assert.is(body.quantity_tonnes, 2 * MOST_FILLS)
})

many('the depth shows the best hundred prices, the totals count all', async () => {
  const { body } = await api.send<Market>('GET', '/v1/market', { key: PAGE_KEY })
  assert.is(body.depth.length, 100)
  assert.is(body.best_price_minor, 300)
  assert.is(body.available_tonnes, 2 * OFFERS)
  assert.is(body.offers, OFFERS)
})

many('a seller reads its offers page by page, newest first, each once', async () => {
  const seen: number[] = []
  let query = ''
  for (;;) {
    const { body } = await api.send<OfferList>('GET', `/v1/offers${query}`, { key: sellerKey })
    assert.ok(body.offers.every((offer) => offer.blocks.length === 1))
    seen.push(...body.offers.map((offer) => offer.id))
    if (body.next_before === null) break
    query = `?before=${body.next_before}`
  }
  assert.equal(
    seen,
    Array.from({ length: OFFERS }, (_, index) => OFFERS - index),
  )
  for (const wrong of ['x', '-1', '', '9'.repeat(16)]) {
    const told = await api.send<ProblemBody>('GET', `/v1/offers?before=${wrong}`, {
      key: sellerKey,
    })
    assert.is(told.body.code, 'invalid_request', wrong)
  }
})

many('what one card payment cannot carry is refused, with what it can', async () => {
  await placeOffer(stack, sellers, {
    seller: 1,
    quantity: 2_000,
    priceMinor: 10_000_000,
    project: 2,
  })
  const ask = (quantity_tonnes: number) =>
    api.send<Quote & ProblemBody & { maximum_tonnes: number }>('POST', '/v1/quotes', {
      key: PAGE_KEY,
      body: { quantity_tonnes, filter: { host: ['FJ'] } },
    })
  const beyond = await ask(1_000)
  assert.is(beyond.body.code, 'amount_too_large')
  const most = beyond.body.maximum_tonnes
  assert.is((await ask(most)).status, 200)
  assert.is((await ask(most + 1)).body.code, 'amount_too_large')
})

many.run()
