/** How long tonnes are held, on an API with short times. */
import type { Order } from '@offset-button/contract'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { assertBooksAgree } from '../../support/books.ts'
import { cleanUp } from '../../support/clean-up.ts'
import {
  confirmCard,
  openMarket,
  orderBody,
  paymentBooks,
  placeOrder,
  quote,
  request,
  untilOrder,
} from '../../support/market.ts'
import { PAGE_KEY, type Stack, startStack } from '../../support/stack.ts'

const hold = suite('the hold')
const keep = cleanUp(hold)
let stack: Stack

hold.before(async () => {
  stack = keep(
    await startStack({
      api: {
        HOLD_SECONDS: '3',
        BANK_HOLD_SECONDS: '8',
        GIVE_UP_SECONDS: '4',
        CALL_TIMEOUT_SECONDS: '1',
      },
    }),
  )
  await openMarket(stack, [{ seller: 0, quantity: 100, priceMinor: 300 }])
})

hold(
  'a hold that runs out voids the payment first, then the tonnes are on offer again',
  async () => {
    const placed = await placeOrder(stack, orderBody(100, 100_000))
    const none = await quote(stack, { quantity_tonnes: 1 })
    assert.is((none.body as unknown as { code: string }).code, 'nothing_available')
    const order = await untilOrder(stack, placed.body.id)
    assert.is(order.state, 'expired')
    assert.is(order.reason, 'hold_expired')
    const { payments } = await paymentBooks(stack)
    assert.is(payments.find((one) => one.metadata.order === order.id)?.status, 'canceled')
    assert.is((await quote(stack, { quantity_tonnes: 100 })).status, 200)
    const late = await confirmCard(stack, placed.body)
    assert.is(late.status, 400, 'a void payment cannot be confirmed')
  },
)

hold('a question of the bank extends the hold once', async () => {
  const placed = await placeOrder(stack, orderBody(10, 100_000))
  const answer = await confirmCard(stack, placed.body, 'pm_card_authenticationRequired')
  assert.is(answer.body.status, 'requires_action')
  const waiting = await untilOrder(stack, placed.body.id, (one) => one.hold?.extended === true)
  const extendedBy =
    Date.parse(waiting.hold?.expires_at ?? '') - Date.parse(placed.body.hold?.expires_at ?? '')
  assert.ok(extendedBy > 3_000, `extended by ${extendedBy} ms`)
  const order = await untilOrder(stack, placed.body.id)
  assert.is(order.state, 'expired')
  const held = Date.parse(order.closed_at ?? '') - Date.parse(order.created_at)
  assert.ok(held > 7_000 && held < 20_000, `held for ${held} ms`)
})

hold('a registry that does not check in time is given up, and nothing is charged', async () => {
  await stack.registry.setRegistry({ checks_paused: true })
  const placed = await placeOrder(stack, orderBody(10, 100_000))
  await confirmCard(stack, placed.body)
  const order = await untilOrder(stack, placed.body.id)
  assert.is(order.state, 'rejected')
  assert.is(order.reason, 'registry_timed_out')
  assert.is(order.captured_minor, 0)
  await stack.registry.setRegistry({ checks_paused: false })
  assert.is((await quote(stack, { quantity_tonnes: 100 })).status, 200, 'all tonnes are back')
})

hold('a closed registry is said before anything is held', async () => {
  await stack.registry.setRegistry({ is_open: false })
  const refused = await placeOrder(stack, orderBody(10, 100_000))
  assert.is((refused.body as unknown as { code: string }).code, 'registry_closed')
  await stack.registry.setRegistry({ is_open: true })
})

hold('the stream tells each state, and ends with the order', async () => {
  const placed = await placeOrder(stack, orderBody(10, 100_000))
  const response = await fetch(`${stack.url}/v1/orders/${placed.body.id}/events`, {
    headers: { authorization: `Bearer ${PAGE_KEY}` },
  })
  assert.is(response.headers.get('content-type')?.split(';')[0], 'text/event-stream')
  await confirmCard(stack, placed.body)
  const text = await response.text()
  const orders = [...text.matchAll(/^data: (.*)$/gm)].map(
    ([, data]) => JSON.parse(data ?? '') as Order,
  )
  assert.is(orders[0]?.state, 'reserved')
  assert.is(orders.at(-1)?.state, 'closed')
  assert.ok(orders.at(-1)?.certificate)
  const versions = orders.map((order) => order.version)
  assert.equal(
    versions,
    [...versions].sort((one, other) => one - other),
  )
  const unknown = await request<{ code: string }>(
    stack.url,
    'GET',
    `/v1/orders/${'a'.repeat(26)}/events`,
    { key: PAGE_KEY },
  )
  assert.is(unknown.body.code, 'order_not_found')
})

hold('after all of it the books agree', () => assertBooksAgree(stack))

hold.run()
