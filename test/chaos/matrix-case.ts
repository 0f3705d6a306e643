/** Runs one case of the crash matrix: the point is reached, somebody is lost there, and the order ends as it should. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { Order, OrderRequest } from '@offset-button/contract'
import { assertBooksAgree } from '../support/books.ts'
import {
  confirmCard,
  ENDED,
  orderBody,
  PROJECTS,
  paymentBooks,
  placeOffer,
  request,
} from '../support/market.ts'
import { PAGE_KEY } from '../support/stack.ts'
import type { Case, Course } from './matrix.ts'
import type { MatrixStack } from './matrix-stack.ts'

/** Courses in which the registry refuses something have a project of their own, so that nothing else takes its place. */
const PROJECT_OF: Partial<Record<Course, number>> = {
  'refused after the capture': 1,
  'matched again': 2,
}
/** The stand-in authorises it, and refuses its capture. */
const CAPTURE_REFUSED = 'pm_card_chargeCustomerFail'
/** When what was lost is back, an order is to have ended within this. */
const ENDS_WITHIN_MS = 60_000
const REACHED_WITHIN_MS = 120_000
const ANSWERS_WITHIN_MS = 60_000

/** Throws where the point was never reached, the order does not end, or an invariant is broken. */
export async function runCase(on: MatrixStack, one: Case): Promise<void> {
  const project = PROJECT_OF[one.course] ?? 0
  for (const seller of one.course === 'matched again' ? [0, 1, 2] : [0, 1]) {
    await placeOffer(on.stack, on.market.sellers, {
      seller,
      quantity: 10,
      priceMinor: 300,
      project,
    })
  }
  if (one.course === 'refused after the capture') void refuseAfterCapture(on)
  if (one.course === 'matched again') {
    const holding_account = on.market.sellers[1]?.account ?? ''
    await on.stack.registry.refuseAtNextCheck({ code: 4010, holding_account })
  }
  const loss = loseThere(on, one)
  const buyer = new Buyer(
    on,
    orderBody(20, 10_000, { project: [PROJECTS[project]?.reference ?? ''] }),
  )
  const order = await buyer.place()
  await follow(on, buyer, order, one.course)
  await buyer.untilSettled(order.id, REACHED_WITHIN_MS, loss.isReached)
  assert.ok(loss.isReached(), 'the point was never reached')
  await loss.isBack
  const again = await buyer.place()
  assert.equal(again.id, order.id, 'the same key is the same order')
  await follow(on, buyer, again, one.course)
  const ended = await buyer.untilSettled(order.id)
  assert.deepEqual(buyer.complaints, [])
  await on.settle()
  await compareBooks(on, ended, one.course)
}

type Loss = { isReached(): boolean; readonly isBack: Promise<void> }

function loseThere(on: MatrixStack, { place, victim }: Case): Loss {
  let reached = false
  const act = async () => {
    reached = true
    await on.lose(victim)
    // Without Redis all else goes on; without Postgres what the outside answers still arrives.
    if (victim === 'Redis') return 'go on' as const
    return victim === 'Postgres' && place.on !== 'Postgres' ? ('go on' as const) : ('cut' as const)
  }
  const sprung =
    place.on === 'Postgres'
      ? on.postgres.trap({ ...place, act })
      : on.calls[place.on].trap({ ...place, act })
  return { isReached: () => reached, isBack: sprung.then(() => on.bringBack(victim)) }
}

/** When the capture is on its way, the registry ends the first leg's transaction, and refuses its units from then on. */
function refuseAfterCapture({ stack, calls }: MatrixStack): Promise<void> {
  return calls.payment.trap({
    matches: ({ method, path }) => method === 'POST' && /capture$/.test(path),
    at: 'arrived',
    act: async () => {
      const { transactions } = await stack.registry.books()
      const first = transactions.find((one) => one.status === 2)
      assert.ok(first)
      await stack.registry.refuseAtNextCheck({ code: 4010, holding_account: first.holding_account })
      const path = `/transactions/${first.identifier}/terminate`
      const answer = await request(stack.registryUrl, 'POST', path, {
        key: stack.keys.registryToken,
      })
      assert.equal(answer.status, 200)
      return 'go on'
    },
  })
}

async function follow(
  { stack }: MatrixStack,
  buyer: Buyer,
  order: Order,
  course: Course,
): Promise<void> {
  if (order.payment.status !== 'awaiting_card') return
  if (course === 'stopped') return buyer.stop(order.id)
  await confirmCard(stack, order, course === 'capture refused' ? CAPTURE_REFUSED : 'pm_card_visa')
}

/** Asks again while there is no answer, or a 503 that says when to come again; anything else is a complaint. */
class Buyer {
  readonly complaints: string[] = []
  readonly #on: MatrixStack
  readonly #key = randomUUID()
  readonly #body: OrderRequest

  constructor(on: MatrixStack, body: OrderRequest) {
    this.#on = on
    this.#body = body
  }

  place(): Promise<Order> {
    return this.#ask<Order>('POST', '/v1/orders', 201, this.#body)
  }

  async stop(order: string): Promise<void> {
    await this.#ask('POST', `/v1/orders/${order}/stop`, 200)
  }

  /** Ended, and nothing left pending at the registry or in the book; or what else was waited for has come. */
  async untilSettled(
    id: string,
    withinMs = ENDS_WITHIN_MS,
    or: () => boolean = () => false,
  ): Promise<Order> {
    const until = Date.now() + withinMs
    for (;;) {
      const order = await this.#ask<Order>('GET', `/v1/orders/${id}`, 200)
      const isSettled =
        ENDED.has(order.state) &&
        order.legs.every((leg) => !['waiting', 'proposed', 'checked'].includes(leg.state)) &&
        order.fills.every((fill) => fill.state !== 'held')
      if (isSettled || or()) return order
      if (Date.now() > until) {
        throw new Error(`The order has not ended: ${JSON.stringify(order, null, 1)}`)
      }
      await wait(200)
    }
  }

  async #ask<Body>(method: string, path: string, wanted: number, body?: unknown): Promise<Body> {
    const until = Date.now() + ANSWERS_WITHIN_MS
    for (;;) {
      const answer = await request<Body & { code?: string }>(this.#on.stack.url, method, path, {
        key: PAGE_KEY,
        headers: method === 'POST' ? { 'idempotency-key': this.#key } : {},
        ...(body === undefined ? {} : { body }),
      }).catch(() => null)
      if (answer?.status === wanted) return answer.body
      if (answer && (answer.status !== 503 || !answer.headers.get('retry-after'))) {
        this.complaints.push(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
      }
      if (Date.now() > until) {
        throw new Error(`${method} ${path} is not answered: ${JSON.stringify(answer?.body)}`)
      }
      await wait(100)
    }
  }
}

/** One cancellation a leg, at most one capture, nothing pending, and every cent and tonne accounted for. */
async function compareBooks({ stack }: MatrixStack, order: Order, course: Course): Promise<void> {
  const { transactions } = await stack.registry.books()
  const ours = transactions.filter((one) => one.reference.startsWith(order.id))
  const completed = ours.filter((one) => one.status === 4).length
  const { payments } = await paymentBooks(stack)
  const paid = payments.filter((one) => one.metadata.order === order.id)
  assert.equal(paid.length, 1, 'one payment an order')
  const seen = {
    state: order.state,
    completed,
    captures: paid[0]?.captures,
    refunds: paid[0]?.refunds,
  }
  assert.deepEqual(seen, ENDS[course])
  await untilBooksAgree(() => assertBooksAgree(stack))
}

const ENDS: Readonly<Record<Course, object>> = {
  purchase: { state: 'closed', completed: 2, captures: 1, refunds: 0 },
  'matched again': { state: 'closed', completed: 2, captures: 1, refunds: 0 },
  'refused after the capture': { state: 'closed', completed: 1, captures: 1, refunds: 1 },
  'capture refused': { state: 'declined', completed: 0, captures: 0, refunds: 0 },
  stopped: { state: 'expired', completed: 0, captures: 0, refunds: 0 },
}

/** A call may still be looked up when its order is seen to have ended. */
async function untilBooksAgree(check: () => Promise<void>): Promise<void> {
  for (const until = Date.now() + ENDS_WITHIN_MS; ; await wait(250)) {
    try {
      return await check()
    } catch (error) {
      if (Date.now() > until) throw error
    }
  }
}
