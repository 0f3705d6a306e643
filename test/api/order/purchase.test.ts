import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { cleanUp } from '../../support/clean-up.ts'
import {
  confirmCard,
  openMarket,
  orderBody,
  paymentBooks,
  placeOrder,
  quote,
  readOrder,
  untilOrder,
} from '../../support/market.ts'
import { startStack } from '../../support/stack.ts'

const purchase = suite('a purchase by HTTP')
const keep = cleanUp(purchase)

purchase('1,000 t sweep the cheapest offers, cost 3,169.60 and end in a certificate', async () => {
  const stack = keep(await startStack())
  await openMarket(stack, [
    { seller: 0, quantity: 5_000, priceMinor: 378 },
    { seller: 1, quantity: 872, priceMinor: 308 },
  ])
  const quoted = await quote(stack, { quantity_tonnes: 1_000 })
  assert.is(quoted.status, 200, JSON.stringify(quoted.body))
  assert.is(quoted.body.amounts.projects_minor, 316_960)
  const placed = await placeOrder(stack, orderBody(1_000, quoted.body.amounts.total_minor))
  assert.is(placed.status, 201, JSON.stringify(placed.body))
  assert.is(placed.body.state, 'reserved')
  // A look at the payment may count a version in between.
  const read = await readOrder(stack, placed.body.id)
  assert.equal({ ...placed.body, version: 0 }, { ...read, version: 0 })
  const confirmed = await confirmCard(stack, placed.body)
  assert.is(confirmed.status, 200, JSON.stringify(confirmed.body))
  const order = await untilOrder(stack, placed.body.id)
  assert.is(order.state, 'closed')
  assert.is(order.completed_tonnes, 1_000)
  assert.ok(order.certificate)
  const books = await stack.registry.books()
  assert.is(books.transactions.filter((one) => one.status === 4).length, 2)
  const { payments } = await paymentBooks(stack)
  assert.is(payments[0]?.capturedMinor, quoted.body.amounts.total_minor)
})

purchase.run()
