/** What becomes of an order when something is in the way: of its money, of its tonnes, and of what its buyer is told. */
import { randomUUID } from 'node:crypto'
import type { Order } from '@offset-button/contract'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { assertBooksAgree } from '../../support/books.ts'
import { cleanUp } from '../../support/clean-up.ts'
import {
  confirmCard,
  must,
  openMarket,
  orderBody,
  PROJECTS,
  paymentBooks,
  placeOffer,
  placeOrder,
  quote,
  request,
  type TestMarket,
  untilOrder,
} from '../../support/market.ts'
import { PAGE_KEY, type Stack, startStack } from '../../support/stack.ts'

const trouble = suite('an order in trouble')
const keep = cleanUp(trouble)

let stack: Stack
let market: TestMarket
const ENOUGH = 100_000

trouble.before(async () => {
  stack = keep(await startStack({ api: { CALL_TIMEOUT_SECONDS: '2' } }))
  market = await openMarket(stack, [{ seller: 0, quantity: 1, priceMinor: 900_000 }], 4)
})

/** Offers of one project, so that tests do not meet. */
let nextChoice = 0
async function offers(
  ...specs: readonly (readonly [seller: number, quantity: number, price: number])[]
) {
  const choice = nextChoice++
  const vintage = 2013 + (choice % 8)
  const project = 1 + Math.floor(choice / 8)
  const placed = []
  for (const [seller, quantity, priceMinor] of specs) {
    placed.push(
      await placeOffer(stack, market.sellers, {
        seller,
        quantity,
        priceMinor,
        project,
        vintage,
      }),
    )
  }
  const filter = {
    project: [PROJECTS[project]?.reference ?? ''],
    vintage: { from: vintage, to: vintage },
  }
  return { filter, placed }
}

const sellersOf = (order: { readonly fills: readonly { readonly seller: string }[] }) =>
  order.fills.map((fill) => fill.seller)
const paymentOf = async (order: Order) =>
  (await paymentBooks(stack)).payments.find((one) => one.metadata.order === order.id)

trouble(
  'a card declined three times voids the payment, and the tonnes go back to their old place',
  async () => {
    const { filter } = await offers([0, 5, 300], [1, 50, 300])
    const before = await quote(stack, { quantity_tonnes: 20, filter })
    const placed = await placeOrder(stack, orderBody(20, ENOUGH, filter))
    for (let times = 1; times <= 3; times++) {
      const answer = await confirmCard(stack, placed.body, 'pm_card_chargeDeclined')
      assert.is(answer.status, 402)
      if (times < 3)
        await untilOrder(stack, placed.body.id, (one) => one.payment.failures === times)
    }
    const order = await untilOrder(stack, placed.body.id)
    assert.is(order.state, 'declined')
    assert.is(order.reason, 'card_declined')
    assert.is((await paymentOf(order))?.status, 'canceled')
    const after = await quote(stack, { quantity_tonnes: 20, filter })
    assert.equal(after.body.fills, before.body.fills)
  },
)

trouble('a card declined once may be followed by one that works', async () => {
  const { filter } = await offers([0, 50, 300])
  const placed = await placeOrder(stack, orderBody(20, ENOUGH, filter))
  await confirmCard(stack, placed.body, 'pm_card_chargeDeclined')
  const waiting = await untilOrder(stack, placed.body.id, (one) => one.payment.failures === 1)
  assert.is(waiting.state, 'reserved')
  assert.ok(waiting.payment.last_failure)
  await confirmCard(stack, placed.body)
  assert.is((await untilOrder(stack, placed.body.id)).state, 'closed')
})

trouble('an order is stopped by its buyer before the card is authorised, not after', async () => {
  const { filter } = await offers([0, 50, 300])
  const placed = await placeOrder(stack, orderBody(20, ENOUGH, filter))
  const stopped = await must<Order>(stack.url, 'POST', `/v1/orders/${placed.body.id}/stop`, {
    key: PAGE_KEY,
  })
  assert.is(stopped.state, 'expired')
  assert.is(stopped.reason, 'stopped')
  assert.is((await paymentOf(stopped))?.status, 'canceled')

  await stack.registry.setRegistry({ checks_paused: true })
  const second = await placeOrder(stack, orderBody(50, ENOUGH, filter))
  assert.is(second.status, 201, 'the released tonnes are on offer again')
  await confirmCard(stack, second.body)
  await untilOrder(stack, second.body.id, (one) => one.state === 'authorised')
  const refused = await request<{ code: string }>(
    stack.url,
    'POST',
    `/v1/orders/${second.body.id}/stop`,
    { key: PAGE_KEY },
  )
  assert.is(refused.body.code, 'order_not_stoppable')
  await stack.registry.setRegistry({ checks_paused: false })
  assert.is((await untilOrder(stack, second.body.id)).state, 'closed')
})

trouble('the same key and body is the same order; another body is refused', async () => {
  const { filter } = await offers([0, 50, 300])
  const key = randomUUID()
  const body = orderBody(20, ENOUGH, filter)
  const answers = await Promise.all([1, 2, 3].map(() => placeOrder(stack, body, key)))
  assert.equal(new Set(answers.map((answer) => answer.body.id)).size, 1)
  assert.is(answers[0]?.body.payment.client_secret, answers[2]?.body.payment.client_secret)
  const other = await placeOrder(stack, { ...body, quantity_tonnes: 21 }, key)
  assert.is(other.status, 409)
  assert.is((other.body as unknown as { code: string }).code, 'idempotency_key_reused')
})

trouble('a price that moved is refused, and nothing is held', async () => {
  const { filter } = await offers([0, 10, 300], [1, 50, 400])
  const before = await quote(stack, { quantity_tonnes: 10, filter })
  await placeOrder(stack, orderBody(5, ENOUGH, filter))
  const moved = await placeOrder(stack, orderBody(10, before.body.amounts.total_minor, filter))
  assert.is((moved.body as unknown as { code: string }).code, 'price_moved')
  const left = await quote(stack, { quantity_tonnes: 5, filter })
  assert.is(left.body.amounts.projects_minor, 1_500)
})

trouble('a leg that the registry refuses is matched again at no more than its price', async () => {
  const { filter, placed } = await offers([0, 10, 310], [1, 10, 320], [2, 50, 320])
  await stack.registry.refuseAtNextCheck({
    code: 4010,
    holding_account: market.sellers[1]?.account ?? '',
  })
  const answer = await placeOrder(stack, orderBody(20, ENOUGH, filter))
  assert.equal(sellersOf(answer.body), ['Demo seller 1', 'Demo seller 2'])
  await confirmCard(stack, answer.body)
  const order = await untilOrder(stack, answer.body.id)
  assert.is(order.state, 'closed')
  assert.is(order.completed_tonnes, 20)
  const committed = order.fills.filter((fill) => fill.state === 'committed')
  assert.equal(sellersOf({ fills: committed }), ['Demo seller 1', 'Demo seller 3'])
  assert.is(order.captured_minor, order.amounts.total_minor)
  const refused = await must<{ state: string; suspended_codes: number[] }>(
    stack.url,
    'GET',
    `/v1/offers/${placed[1]?.id}`,
    { key: market.sellers[1]?.key ?? '' },
  )
  assert.is(refused.state, 'suspended')
  assert.equal(refused.suspended_codes, [4010])
})

trouble('a replacement from an account that the order already uses joins its leg', async () => {
  const { filter } = await offers([0, 10, 320], [1, 10, 320], [0, 50, 320])
  await stack.registry.refuseAtNextCheck({
    code: 4010,
    holding_account: market.sellers[1]?.account ?? '',
  })
  const answer = await placeOrder(stack, orderBody(20, ENOUGH, filter))
  await confirmCard(stack, answer.body)
  const order = await untilOrder(stack, answer.body.id)
  assert.is(order.state, 'closed')
  assert.is(order.completed_tonnes, 20)
  const completed = order.legs.filter((leg) => leg.state === 'completed')
  assert.equal(
    completed.map((leg) => leg.quantity_tonnes),
    [20],
  )
})

trouble('what cannot be matched again is not charged', async () => {
  const { filter } = await offers([0, 10, 300], [1, 10, 300], [2, 50, 301])
  await stack.registry.refuseAtNextCheck({
    code: 4010,
    holding_account: market.sellers[1]?.account ?? '',
  })
  const answer = await placeOrder(stack, orderBody(20, ENOUGH, filter))
  await confirmCard(stack, answer.body)
  const order = await untilOrder(stack, answer.body.id)
  assert.is(order.state, 'closed')
  assert.is(order.completed_tonnes, 10)
  const ten = await quote(stack, { quantity_tonnes: 10, filter: { ...filter } })
  assert.is(ten.body.amounts.projects_minor, 3_010)
  const payment = await paymentOf(order)
  assert.is(payment?.capturedMinor, order.captured_minor)
  assert.ok(order.captured_minor < order.amounts.total_minor)
})

trouble(
  'an order of which the registry refuses all is rejected, and nothing is charged',
  async () => {
    const { filter } = await offers([0, 50, 300])
    await stack.registry.refuseAtNextCheck({
      code: 3016,
      holding_account: market.sellers[0]?.account ?? '',
    })
    const answer = await placeOrder(stack, orderBody(20, ENOUGH, filter))
    await confirmCard(stack, answer.body)
    const order = await untilOrder(stack, answer.body.id)
    assert.is(order.state, 'rejected')
    assert.is(order.reason, 'registry_refused')
    const payment = await paymentOf(order)
    assert.is(payment?.status, 'canceled')
    assert.is(payment?.captures, 0)
    const gone = await quote(stack, { quantity_tonnes: 1, filter })
    assert.is((gone.body as unknown as { code: string }).code, 'nothing_available')
  },
)

for (const call of ['propose', 'complete'] as const) {
  for (const when of ['before', 'after'] as const) {
    trouble(
      `a reply to ${call} that is lost ${when} it took effect is asked for, not repeated`,
      async () => {
        const { filter } = await offers([0, 50, 300])
        await stack.registry.plantFault({ call, action: 'drop', when, times: 2 })
        const answer = await placeOrder(stack, orderBody(20, ENOUGH, filter))
        await confirmCard(stack, answer.body)
        const order = await untilOrder(stack, answer.body.id)
        assert.is(order.state, 'closed')
        const { transactions } = await stack.registry.books()
        assert.is(transactions.filter((one) => one.reference.startsWith(order.id)).length, 1)
      },
    )
  }
}

trouble('webhooks that never come are covered by looking', async () => {
  const { filter } = await offers([0, 50, 300])
  const webhooks = (stopped: boolean) =>
    must(stack.paymentUrl, 'POST', '/simulation/webhooks', {
      key: stack.keys.secretKey,
      body: { stopped },
    })
  await webhooks(true)
  const answer = await placeOrder(stack, orderBody(20, ENOUGH, filter))
  await confirmCard(stack, answer.body)
  const order = await untilOrder(stack, answer.body.id)
  assert.is(order.state, 'closed')
  await webhooks(false)
  await must(stack.paymentUrl, 'POST', '/simulation/redeliver', {
    key: stack.keys.secretKey,
    body: {},
  })
  await new Promise((resolve) => setTimeout(resolve, 500))
  const after = await untilOrder(stack, answer.body.id)
  assert.is(after.state, 'closed')
  assert.is((await paymentOf(after))?.captures, 1)
})

trouble('a webhook with another signature changes nothing', async () => {
  const answer = await request<{ code: string }>(stack.url, 'POST', '/webhooks/stripe', {
    body: { id: 'evt_1', type: 'payment_intent.succeeded', data: { object: { id: 'pi_1' } } },
    headers: { 'stripe-signature': 't=1,v1=00' },
  })
  assert.is(answer.status, 400)
  assert.is(answer.body.code, 'signature_not_valid')
})

trouble('after all of it the books agree', () => assertBooksAgree(stack, { isOver: false }))

trouble.run()
