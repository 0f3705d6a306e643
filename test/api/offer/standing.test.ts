import type { Standing } from '@offset-button/contract'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { cleanUp } from '../../support/clean-up.ts'
import { openMarket, orderBody, placeOrder, type TestMarket } from '../../support/market.ts'
import { PAGE_KEY, startStack } from '../../support/stack.ts'
import { type Declared, declared, type ProblemBody } from '../http/declared.ts'

const standings = suite('the standing of an offer')
const keep = cleanUp(standings)

let stack: Awaited<ReturnType<typeof startStack>>
let api: Declared
let market: TestMarket

const FIJI = 0
const EARLIER = 1
const MINE = 2
const CHEAP = 4

standings.before(async () => {
  stack = keep(await startStack())
  market = await openMarket(stack, [
    { seller: 1, quantity: 30, priceMinor: 290, project: 2 },
    { seller: 1, quantity: 50, priceMinor: 300 },
    { seller: 0, quantity: 100, priceMinor: 300 },
    { seller: 1, quantity: 70, priceMinor: 300 },
    { seller: 0, quantity: 10, priceMinor: 280 },
  ])
  api = await declared(stack.url)
})

const ask = (index: number, query = '', seller = 0) =>
  api.send<Standing & ProblemBody>(
    'GET',
    `/v1/offers/${market.offers[index]?.id}/standing${query}`,
    { key: market.sellers[seller]?.key ?? '' },
  )
/** Offers and tonnes at better prices, then earlier at its own. */
const numbers = async (index: number, query = '', seller = 0) => {
  const { status, body } = await ask(index, query, seller)
  assert.is(status, 200)
  return [body.better, body.earlier].flatMap((tally) => [tally.offers, tally.quantity_tonnes])
}

standings('what is better, and what was earlier at its price, stands before it', async () => {
  assert.equal(await numbers(MINE), [2, 40, 1, 50])
  assert.equal(await numbers(CHEAP), [0, 0, 0, 0])
  assert.equal(await numbers(EARLIER, '', 1), [2, 40, 0, 0])
})

standings("it stands as a buyer's filter sees it", async () => {
  assert.equal(await numbers(MINE, '?host=CR'), [1, 10, 1, 50])
  assert.equal(await numbers(MINE, '?not_host=FJ'), [1, 10, 1, 50])
  assert.equal(await numbers(MINE, '?project=0089'), [1, 30, 0, 0])
  const told = await ask(MINE, '?host=cr')
  assert.equal([told.status, told.body.code], [400, 'unknown_filter'])
})

standings("another seller's offer has none to be seen", async () => {
  const { status, body } = await ask(FIJI)
  assert.equal([status, body.code], [404, 'offer_not_found'])
})

standings('held tonnes do not stand before it', async () => {
  const { status } = await placeOrder(stack, orderBody(10, 1_000_000, { host: ['FJ'] }))
  assert.is(status, 201)
  assert.equal(await numbers(MINE), [2, 30, 1, 50])
})

standings('an offer that has ended has none, and stands before no other', async () => {
  const cheap = market.offers[CHEAP]
  await api.send('POST', `/v1/offers/${cheap?.id}/withdraw`, { key: market.sellers[0]?.key ?? '' })
  const { status, body } = await ask(CHEAP)
  assert.equal([status, body.code], [409, 'offer_ended'])
  assert.equal(await numbers(MINE), [1, 20, 1, 50])
})

standings('a publishable key is none of a seller', async () => {
  const { status, body } = await api.send<ProblemBody>(
    'GET',
    `/v1/offers/${market.offers[MINE]?.id}/standing`,
    { key: PAGE_KEY },
  )
  assert.equal([status, body.code], [401, 'key_not_valid'])
})

standings.run()
