/**
 * The table of kills: every call that an order makes to the outside × before it, after it, before its result is stored.
 * There the API is ended with SIGKILL and started again. Wherever that was, within 60 s the order has ended, and the other
 * side's own books show what they should.
 */
import { randomUUID } from 'node:crypto'
import type { Order, OrderRequest } from '@offset-button/contract'
import pg from 'pg'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { assertBooksAgree } from '../../support/books.ts'
import { type CallProxy, startCallProxy, type Trap } from '../../support/call-proxy.ts'
import { cleanUp } from '../../support/clean-up.ts'
import {
  confirmCard,
  ENDED,
  openMarket,
  orderBody,
  PROJECTS,
  paymentBooks,
  placeOffer,
  placeOrder,
  type TestMarket,
  untilOrder,
} from '../../support/market.ts'
import { type Stack, startStack } from '../../support/stack.ts'

const POINTS = ['before it', 'after it', 'before its result is stored'] as const
type KillPoint = (typeof POINTS)[number]

/** What the buyer and the world do, and how the order is to end. */
type Course =
  | 'purchase'
  | 'stopped'
  | 'matched again'
  | 'capture refused'
  | 'refused after the capture'

type Case = {
  readonly call: string
  readonly of: 'registry' | 'payment'
  readonly matches: Trap['matches']
  readonly skip?: number
  readonly course: Course
}

const CASES: readonly Case[] = [
  {
    call: 'create the payment',
    of: 'payment',
    matches: posts(/payment_intents$/),
    course: 'purchase',
  },
  {
    call: 'look at the payment',
    of: 'payment',
    matches: ({ method, path }) => method === 'GET' && path.startsWith('/v1/payment_intents/'),
    course: 'purchase',
  },
  {
    call: 'propose the first leg',
    of: 'registry',
    matches: posts(/transactions$/),
    course: 'purchase',
  },
  {
    call: 'propose the second leg',
    of: 'registry',
    matches: posts(/transactions$/),
    skip: 1,
    course: 'purchase',
  },
  {
    call: 'ask whether a leg is checked',
    of: 'registry',
    matches: ({ method, path, answer }) =>
      method === 'GET' && path.startsWith('/transactions/') && !/"status":1\b/.test(answer),
    course: 'purchase',
  },
  { call: 'capture', of: 'payment', matches: posts(/capture$/), course: 'purchase' },
  {
    call: 'complete the first leg',
    of: 'registry',
    matches: posts(/complete$/),
    course: 'purchase',
  },
  {
    call: 'complete the second leg',
    of: 'registry',
    matches: posts(/complete$/),
    skip: 1,
    course: 'purchase',
  },
  {
    call: 'propose what takes the place of a refused leg',
    of: 'registry',
    matches: posts(/transactions$/),
    skip: 2,
    course: 'matched again',
  },
  { call: 'void', of: 'payment', matches: posts(/cancel$/), course: 'stopped' },
  {
    call: 'terminate a leg',
    of: 'registry',
    matches: posts(/terminate$/),
    course: 'capture refused',
  },
  {
    call: 'refund',
    of: 'payment',
    matches: posts(/refunds$/),
    course: 'refused after the capture',
  },
]

function posts(path: RegExp): Trap['matches'] {
  return (call) => call.method === 'POST' && path.test(call.path)
}

/** The stand-in authorises it, and refuses its capture. */
const CAPTURE_REFUSED = 'pm_card_chargeCustomerFail'

/** Courses in which the registry refuses something have a project of their own. */
const PROJECT_OF: Partial<Record<Course, number>> = {
  'refused after the capture': 1,
  'matched again': 2,
}

const kills = suite('the table of kills')
const keep = cleanUp(kills)

let stack: Stack
let market: TestMarket
let proxies: Record<Case['of'], CallProxy>
let watcher: pg.Client

kills.before(async () => {
  stack = keep(
    await startStack({
      api: { CALL_TIMEOUT_SECONDS: '2', LEASE_SECONDS: '2' },
      via: async (outside) => {
        proxies = {
          registry: keep(await startCallProxy(outside.registry)),
          payment: keep(await startCallProxy(outside.payment)),
        }
        return { registry: proxies.registry.url, payment: proxies.payment.url }
      },
    }),
  )
  market = await openMarket(stack, [{ seller: 0, quantity: 1, priceMinor: 900_000 }], 3)
  watcher = keep(new pg.Client(stack.databases.api.url))
  await watcher.connect()
})

for (const one of CASES) {
  for (const point of POINTS) {
    kills(`${one.call}: SIGKILL ${point}`, async () => {
      // A project of its own, so that nothing can take the place of what the registry refuses.
      const project = PROJECT_OF[one.course] ?? 0
      for (const seller of one.course === 'matched again' ? [0, 1, 2] : [0, 1]) {
        await placeOffer(stack, market.sellers, { seller, quantity: 10, priceMinor: 300, project })
      }
      if (one.course === 'refused after the capture') void refuseAfterCapture()
      if (one.course === 'matched again') {
        const holding_account = market.sellers[1]?.account ?? ''
        await stack.registry.refuseAtNextCheck({ code: 4010, holding_account })
      }
      const killed = trapAndKill(one, point)
      const body = orderBody(20, 10_000, { project: [PROJECTS[project]?.reference ?? ''] })
      const key = randomUUID()
      const order = await placeAgainAndAgain(key, body)
      await follow(order, one.course)
      await killed
      await restartApi()
      const again = await placeAgainAndAgain(key, body)
      assert.is(again.id, order.id, 'the same key is the same order')
      if (again.payment.status === 'awaiting_card') await follow(again, one.course)
      const ended = await untilOrder(stack, order.id, isSettled, 60_000)
      await compareBooks(ended, one.course)
    })
  }
}

/** Ended, and nothing left pending at the registry or in the book. */
const isSettled = (order: Order) =>
  ENDED.has(order.state) &&
  order.legs.every((leg) => !['waiting', 'proposed', 'checked'].includes(leg.state)) &&
  order.fills.every((fill) => fill.state !== 'held')

/** Resolves when the API has been killed at the point. */
async function trapAndKill({ of, matches, skip = 0 }: Case, point: KillPoint): Promise<void> {
  const kill = async () => {
    await stack.killApi()
    return 'cut' as const
  }
  if (point === 'before it') return proxies[of].trap({ matches, skip, at: 'arrived', act: kill })
  if (point === 'after it') return proxies[of].trap({ matches, skip, at: 'answered', act: kill })
  // The answer arrives, but the order's row is locked by somebody else, so that it cannot be stored.
  await proxies[of].trap({
    matches,
    skip,
    at: 'answered',
    act: async () => {
      await watcher.query('BEGIN')
      await watcher.query('SELECT FROM "order" FOR UPDATE')
      return 'go on'
    },
  })
  try {
    await untilApiWaits()
    await stack.killApi()
  } finally {
    await watcher.query('ROLLBACK')
  }
}

/** When the capture is on its way, the registry ends the first leg's transaction, and refuses its units from then on. */
function refuseAfterCapture(): Promise<void> {
  return proxies.payment.trap({
    matches: posts(/capture$/),
    at: 'arrived',
    act: async () => {
      const { transactions } = await stack.registry.books()
      const first = transactions.find((one) => one.status === 2)
      assert.ok(first)
      await stack.registry.refuseAtNextCheck({ code: 4010, holding_account: first.holding_account })
      const answer = await fetch(
        `${stack.registryUrl}/transactions/${first.identifier}/terminate`,
        {
          method: 'POST',
          headers: { authorization: `Bearer ${stack.keys.registryToken}` },
        },
      )
      assert.is(answer.status, 200)
      return 'go on'
    },
  })
}

async function untilApiWaits(): Promise<void> {
  const until = Date.now() + 4_000
  for (;;) {
    const { rowCount } = await watcher.query(
      `SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock'
        AND application_name = 'offset-button api' AND datname = current_database()`,
    )
    if (rowCount) return
    assert.ok(Date.now() < until, 'the API never came to store the result')
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

/** As a client does whose connection breaks: the same request with the same key, until it is answered. */
async function placeAgainAndAgain(key: string, body: OrderRequest): Promise<Order> {
  const until = Date.now() + 30_000
  for (;;) {
    const answer = await placeOrder(stack, body, key).catch(() => null)
    if (answer?.status === 201) return answer.body
    assert.ok(Date.now() < until, `no order: ${JSON.stringify(answer?.body)}`)
    if (stack.apiProcess.exit) await restartApi()
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

let restarting: Promise<void> | undefined
/** Starts the API again unless it runs, or somebody is at it. */
async function restartApi(): Promise<void> {
  if (!stack.apiProcess.exit) return restarting
  restarting ??= stack.restartApi().finally(() => {
    restarting = undefined
  })
  await restarting
}

async function follow(order: Order, course: Course): Promise<void> {
  if (order.payment.status !== 'awaiting_card') return
  if (course === 'stopped') {
    await fetch(`${stack.url}/v1/orders/${order.id}/stop`, {
      method: 'POST',
      headers: { authorization: 'Bearer pk_demo_test_page_00000001' },
    }).catch(() => undefined)
    return
  }
  await confirmCard(stack, order, course === 'capture refused' ? CAPTURE_REFUSED : 'pm_card_visa')
}

/** One cancellation a leg, at most one capture, nothing pending, and every cent and tonne accounted for. */
async function compareBooks(order: Order, course: Course): Promise<void> {
  const { transactions } = await stack.registry.books()
  const ours = transactions.filter((one) => one.reference.startsWith(order.id))
  assert.is(ours.filter((one) => one.status <= 2).length, 0, 'no transaction is left pending')
  const completed = ours.filter((one) => one.status === 4)
  const { payments } = await paymentBooks(stack)
  const paid = payments.filter((one) => one.metadata.order === order.id)
  assert.is(paid.length, 1, 'one payment an order')
  const [payment] = paid
  assert.ok(payment && payment.captures <= 1)
  if (course === 'purchase' || course === 'matched again') {
    assert.is(order.state, 'closed')
    assert.is(completed.length, 2, 'one cancellation a leg')
    assert.is(payment.captures, 1)
    assert.is(payment.capturedMinor, order.amounts.total_minor)
  } else if (course === 'refused after the capture') {
    assert.is(order.state, 'closed')
    assert.is(completed.length, 1, 'the leg that was not refused')
    assert.is(order.completed_tonnes, 10)
    assert.is(payment.captures, 1)
    assert.is(payment.refunds, 1)
    assert.is(payment.refundedMinor, order.refunded_minor)
    assert.ok(payment.refundedMinor >= 3_000, 'the refused leg and its share of the fees')
  } else {
    assert.is(completed.length, 0)
    assert.is(payment.captures, 0)
    assert.is(payment.status, 'canceled')
    assert.is(order.state, course === 'stopped' ? 'expired' : 'declined')
  }
  await assertBooksAgree(stack)
}

kills.run()
