/** Several nodes, one writer: rule 8 and the take-over. */
import { randomUUID } from 'node:crypto'
import type { Order, Quote } from '@offset-button/contract'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { cleanUp } from '../../support/clean-up.ts'
import { must, openMarket, orderBody, request, untilOrder } from '../../support/market.ts'
import { PAGE_KEY, type Stack, startStack } from '../../support/stack.ts'

const nodes = suite('several nodes')
const keep = cleanUp(nodes)
let stack: Stack

nodes.before(async () => {
  stack = keep(await startStack())
  await openMarket(stack, [
    { seller: 0, quantity: 100, priceMinor: 300 },
    { seller: 1, quantity: 100, priceMinor: 310 },
  ])
})

const readiness = async (url: string) =>
  (await request<{ market: string; epoch: number }>(url, 'GET', '/readyz')).body

nodes('a node that does not hold the market sends requests on to the one that does', async () => {
  const second = await stack.startSecondApi()
  assert.is((await readiness(second.url)).market, 'following')
  assert.is((await request(second.url, 'GET', '/healthz')).status, 200, 'it has started')
  const quoted = await must<Quote>(second.url, 'POST', '/v1/quotes', {
    key: PAGE_KEY,
    body: { quantity_tonnes: 150 },
  })
  const order = await must<Order>(second.url, 'POST', '/v1/orders', {
    key: PAGE_KEY,
    body: orderBody(150, quoted.amounts.total_minor),
    headers: { 'idempotency-key': randomUUID() },
  })
  assert.is((await untilOrder(stack, order.id, () => true)).id, order.id)
  const refused = await request<{ code: string }>(second.url, 'POST', '/v1/quotes', {
    key: PAGE_KEY,
    body: { quantity_tonnes: 1.5 },
  })
  assert.is(refused.body.code, 'invalid_quantity')

  const { epoch } = await readiness(stack.url)
  await stack.killApi()
  const until = Date.now() + 15_000
  let took = await readiness(second.url)
  while (took.market !== 'holding' && Date.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 50))
    took = await readiness(second.url)
  }
  assert.is(took.market, 'holding')
  assert.ok(took.epoch > epoch, 'a new epoch')
  const left = await must<Quote>(second.url, 'POST', '/v1/quotes', {
    key: PAGE_KEY,
    body: { quantity_tonnes: 50 },
  })
  assert.is(
    left.amounts.projects_minor,
    50 * 310,
    'what was held by the first is held by the second',
  )
})

nodes.run()
