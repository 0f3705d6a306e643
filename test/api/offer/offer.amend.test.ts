import type { Offer } from '@offset-button/contract'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { cleanUp } from '../../support/clean-up.ts'
import {
  confirmCard,
  openMarket,
  orderBody,
  placeOffer,
  placeOrder,
  quote,
  type TestMarket,
  untilOrder,
} from '../../support/market.ts'
import { startStack } from '../../support/stack.ts'
import { type Declared, declared, type ProblemBody } from '../http/declared.ts'

const amending = suite('amending and withdrawing an offer')
const keep = cleanUp(amending)

let stack: Awaited<ReturnType<typeof startStack>>
let api: Declared
let market: TestMarket

amending.before(async () => {
  stack = keep(await startStack())
  market = await openMarket(stack, [], 3)
  api = await declared(stack.url)
})

const keyOf = (seller: number) => market.sellers[seller]?.key ?? ''
const amend = (offer: Offer, body: object, seller = 0) =>
  api.send<Offer & ProblemBody>('PATCH', `/v1/offers/${offer.id}`, { key: keyOf(seller), body })
const withdraw = (offer: Offer, seller = 0) =>
  api.send<Offer & ProblemBody>('POST', `/v1/offers/${offer.id}/withdraw`, { key: keyOf(seller) })
const read = async (offer: Offer, seller = 0) =>
  (await api.send<Offer>('GET', `/v1/offers/${offer.id}`, { key: keyOf(seller) })).body

/** Whose tonnes the next buyer of so many in this year gets: a year is a test's own part of the market. */
async function sellersOf(vintage: number, quantity: number): Promise<string[]> {
  const { body } = await quote(stack, {
    quantity_tonnes: quantity,
    filter: { vintage: { from: vintage, to: vintage } },
  })
  return body.fills.map((fill) => fill.seller)
}
/** An offer of each of the first two sellers, at one price, in this order. */
async function offersOf(vintage: number): Promise<[Offer, Offer]> {
  const place = (seller: number) =>
    placeOffer(stack, market.sellers, { seller, quantity: 100, priceMinor: 300, vintage })
  return [await place(0), await place(1)]
}
const order = (vintage: number, quantity: number) =>
  placeOrder(stack, orderBody(quantity, 10_000_000, { vintage: { from: vintage, to: vintage } }))

amending('less of it keeps the place in the queue', async () => {
  const [mine] = await offersOf(2001)
  const { status, body } = await amend(mine, { quantity_tonnes: 40 })
  assert.is(status, 200)
  assert.equal([body.quantity_tonnes, body.available_tonnes, body.earmarked_tonnes], [40, 40, 100])
  assert.equal(await sellersOf(2001, 60), ['Demo seller 1', 'Demo seller 2'])
})

amending('more of it goes behind the others at the price', async () => {
  const [mine] = await offersOf(2002)
  await amend(mine, { quantity_tonnes: 40 })
  const { body } = await amend(mine, { quantity_tonnes: 100 })
  assert.is(body.available_tonnes, 100)
  assert.equal(await sellersOf(2002, 120), ['Demo seller 2', 'Demo seller 1'])
})

amending('another price goes behind the others there; the same price keeps the place', async () => {
  const [mine] = await offersOf(2003)
  await amend(mine, { price_minor: 300 })
  assert.equal(await sellersOf(2003, 120), ['Demo seller 1', 'Demo seller 2'])
  await amend(mine, { price_minor: 299 })
  assert.equal(await sellersOf(2003, 120), ['Demo seller 1', 'Demo seller 2'])
  const { body } = await amend(mine, { price_minor: 300 })
  assert.is(body.price_minor, 300)
  assert.equal(await sellersOf(2003, 120), ['Demo seller 2', 'Demo seller 1'])
})

amending('no more than the registry earmarked', async () => {
  const [mine] = await offersOf(2004)
  const told = await amend(mine, { quantity_tonnes: 101 })
  assert.is(told.status, 409)
  assert.is(told.body.code, 'above_earmarked')
  assert.equal(await read(mine), mine)
})

amending('no less than what is reserved and sold', async () => {
  const [mine] = await offersOf(2005)
  const placed = await order(2005, 60)
  assert.is(placed.status, 201)
  const told = await amend(mine, { quantity_tonnes: 59 })
  assert.is(told.status, 409)
  assert.is(told.body.code, 'below_reserved_and_sold')
  const { body } = await amend(mine, { quantity_tonnes: 60 })
  assert.equal([body.reserved_tonnes, body.available_tonnes, body.state], [60, 0, 'resting'])
})

amending('a change that is none, or cannot be read, is refused', async () => {
  const [mine] = await offersOf(2006)
  assert.is((await amend(mine, {})).body.code, 'invalid_request')
  assert.is((await amend(mine, { price_minor: 0 })).body.code, 'invalid_request')
  assert.is((await amend(mine, { price_minor: '300' })).body.code, 'invalid_request')
  assert.is((await amend(mine, { quantity_tonnes: 0 })).body.code, 'invalid_quantity')
  assert.is((await amend(mine, { quantity_tonnes: 1.5 })).body.code, 'invalid_quantity')
  assert.is((await amend(mine, { vintage: 2014 })).body.code, 'invalid_request')
  assert.equal(await read(mine), mine)
})

amending('a withdrawn offer is off the market, for good', async () => {
  const [mine] = await offersOf(2007)
  const { status, body } = await withdraw(mine)
  assert.is(status, 200)
  assert.equal([body.state, body.available_tonnes, body.withdrawn_tonnes], ['withdrawn', 0, 100])
  assert.equal(await sellersOf(2007, 100), ['Demo seller 2'])
  assert.equal((await withdraw(mine)).body, body)
  const told = await amend(mine, { price_minor: 200 })
  assert.is(told.status, 409)
  assert.is(told.body.code, 'offer_ended')
})

amending('withdrawn with an open reservation, what is reserved may still be sold', async () => {
  const [mine] = await offersOf(2008)
  const placed = await order(2008, 60)
  const { body } = await withdraw(mine)
  assert.equal([body.state, body.reserved_tonnes, body.withdrawn_tonnes], ['withdrawn', 60, 40])
  await confirmCard(stack, placed.body)
  const ended = await untilOrder(stack, placed.body.id)
  assert.is(ended.state, 'closed')
  const after = await read(mine)
  assert.equal([after.sold_tonnes, after.reserved_tonnes, after.withdrawn_tonnes], [60, 0, 40])
})

amending('withdrawn with an open reservation, what is released is withdrawn too', async () => {
  const [mine] = await offersOf(2009)
  const placed = await order(2009, 60)
  await withdraw(mine)
  await api.send('POST', `/v1/orders/${placed.body.id}/stop`, { key: 'pk_demo_test_page_00000001' })
  const after = await read(mine)
  assert.equal([after.state, after.reserved_tonnes, after.withdrawn_tonnes], ['withdrawn', 0, 100])
})

amending('an offer that is sold out is exhausted', async () => {
  const [mine] = await offersOf(2010)
  const placed = await order(2010, 100)
  await confirmCard(stack, placed.body)
  assert.is((await untilOrder(stack, placed.body.id)).state, 'closed')
  const after = await read(mine)
  assert.equal([after.state, after.sold_tonnes], ['exhausted', 100])
  assert.is((await amend(mine, { price_minor: 200 })).body.code, 'offer_ended')
  assert.equal((await withdraw(mine)).body, after)
})

amending('one seller neither sees nor touches what is another’s', async () => {
  const [mine, theirs] = await offersOf(2011)
  const none = { ...mine, id: 999_999 }
  for (const offer of [theirs, none]) {
    for (const told of [
      await api.send<ProblemBody>('GET', `/v1/offers/${offer.id}`, { key: keyOf(0) }),
      await amend(offer, { price_minor: 1 }),
      await withdraw(offer),
    ]) {
      assert.is(told.status, 404)
      assert.is(told.body.code, 'offer_not_found')
    }
  }
  for (const id of ['0', '-1', '1.0', 'x', '9'.repeat(16), '1 OR 1=1']) {
    const told = await api.send('GET', `/v1/offers/${encodeURIComponent(id)}`, { key: keyOf(0) })
    assert.is(told.status, 404, id)
  }
  assert.equal(await read(theirs, 1), theirs)
  for (const path of ['/v1/offers', '/v1/holdings']) {
    const { text } = await api.send('GET', path, { key: keyOf(0) })
    for (const other of market.sellers.slice(1)) {
      assert.not.ok(text.includes(other.account), path)
      assert.not.ok(text.includes(other.name), path)
    }
  }
  const nobody = await api.send('GET', '/v1/offers', { key: keyOf(2) })
  assert.equal(nobody.body, { offers: [], next_before: null })
})

amending.run()
