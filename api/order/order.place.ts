import { createHash } from 'node:crypto'
import type { Order, OrderRequest } from '@offset-button/contract'
import { type Application, readBook } from '../application.ts'
import { assert } from '../assert.ts'
import { ask } from '../database/database.ts'
import { canonicalJson } from '../http/canonical-json.ts'
import { Refusal } from '../http/refusal.ts'
import { toBookFilter } from '../market/attributes.ts'
import { stateOf } from '../market/market.ts'
import { mostOf, quoteFrom, refusalOf } from '../market/quote.ts'
import { turns } from '../turns.ts'
import { queryOf, reserving } from './order.reserve.ts'
import { readWithRows } from './order.rows.ts'
import type { OrderView } from './order.ts'
import { orderAfter, orderForBuyer } from './order.view.ts'

/** How long a placing waits for a call that another process has begun, and how often it looks. */
const PATIENCE_MS = 5_000
const PAUSE_MS = 100

type Placing = {
  readonly publishableKey: number
  readonly idempotencyKey: string
  readonly request: OrderRequest
}

/** Requests with one key are taken one after another, so that the second finds what the first has done. */
const takeTurn = turns()

/**
 * Reserves the tonnes and begins the payment; answers with the order as its buyer sees it. The same key and body again: the
 * same order. Never charges more than `max_total_minor`.
 */
export function placeOrder(application: Application, placing: Placing): Promise<Order> {
  return takeTurn(`${placing.publishableKey} ${placing.idempotencyKey}`, () =>
    place(application, placing),
  )
}

/** The order that a key was used for; null where there is none. */
export const findOrderOfKey = async (
  application: Application,
  publishableKey: number,
  idempotencyKey: string,
): Promise<string | null> =>
  (await lookAround(application, publishableKey, idempotencyKey)).order ?? null

async function place(application: Application, placing: Placing): Promise<Order> {
  const { publishableKey } = placing
  const requestHash = createHash('sha256').update(canonicalJson(placing.request)).digest()
  const found = await lookAround(application, publishableKey, placing.idempotencyKey)
  if (found.order && !found.request_hash?.equals(requestHash)) {
    throw new Refusal('idempotency_key_reused')
  }
  const id = found.order ?? (await reserve(application, placing, requestHash, found.state))
  const order = await begin(application, id, publishableKey)
  // Whoever asks again with the same key finds the payment as soon as the payment service has answered.
  if (order.state === 'reserved' && order.payment.status === 'not_started') {
    throw new Refusal('payment_unavailable')
  }
  return order
}

/**
 * Takes the order as far as it gets now. Read once: the first step goes by it, and what it changes is known. Where another process
 * was faster, as the successor of a node that stops may be, its answer is waited for.
 */
async function begin(application: Application, id: string, publishableKey: number): Promise<Order> {
  const { clock, db, worker } = application
  const until = clock.monotonic() + PATIENCE_MS
  for (;;) {
    const read = await readWithRows(db, id, publishableKey)
    assert(read, `order ${id} is gone`)
    const view = await worker.look(id, read.view)
    if (!isBegunElsewhere(view) || clock.monotonic() >= until) {
      // What was not read again is as it was, but for the payment.
      if (view?.fills === read.view.fills) return orderAfter(application, read.rows, view)
      const order = await orderForBuyer(application, id, publishableKey)
      assert(order, `order ${id} is gone`)
      return order
    }
    await clock.sleep(PAUSE_MS)
  }
}

/** Whether a call that creates the payment is under way, and is not one of ours: that had ended with the look. */
const isBegunElsewhere = (view: OrderView | null): boolean =>
  view?.payment === null &&
  view.effects.some(({ kind, state }) => kind === 'payment.create' && state === 'sent')

/** The market's state, and the order that the key was used for, if there is one. */
type Around = {
  readonly state: 'open' | 'halted'
  readonly order: string | null
  readonly request_hash: Buffer | null
}

async function lookAround(
  { db, market }: Application,
  publishableKey: number,
  idempotencyKey: string,
): Promise<Around> {
  const [around] = await ask<Around>(db, LOOK_AROUND, [market, publishableKey, idempotencyKey])
  assert(around, `no market ${market}`)
  return around
}

const LOOK_AROUND = `
  SELECT m.state, o.id AS "order", o.request_hash
  FROM market m LEFT JOIN "order" o ON o.publishable_key = $2 AND o.idempotency_key = $3
  WHERE m.id = $1`

async function reserve(
  application: Application,
  placing: Placing,
  requestHash: Buffer,
  state: Around['state'],
): Promise<string> {
  const { request } = placing
  if (state === 'halted') throw new Refusal('market_halted')
  await refuseWhileClosed(application)
  const { catalogue, clock, fees, times } = application
  // What a quote would refuse is refused with its words, before anything is held.
  const quoted = readBook(application, (book) =>
    quoteFrom(
      book,
      {
        quantity_tonnes: request.quantity_tonnes,
        ...(request.filter && { filter: request.filter }),
        ...(request.max_price_minor === undefined
          ? {}
          : { max_price_minor: request.max_price_minor }),
      },
      { catalogue, fees },
    ),
  )
  if (quoted.amounts.total_minor > request.max_total_minor) throw new Refusal('price_moved')

  const query = queryOf(request, toBookFilter(request.filter, catalogue), fees)
  const id = application.random.id()
  const result = await application.host.submit(
    reserving({
      id,
      publishableKey: placing.publishableKey,
      idempotencyKey: placing.idempotencyKey,
      requestHash: requestHash.toString('hex'),
      request,
      query,
      fees,
      now: clock.now(),
      holdMs: times.holdMs,
    }),
  )
  switch (result.kind) {
    case 'committed':
      return id
    case 'rejected':
      throw refusalOf(
        result.rejected,
        () => readBook(application, (book) => ({ tonnes: mostOf(book, query) })).tonnes,
      )
    case 'unavailable':
      throw new Refusal('market_unavailable')
    case 'unknown':
      throw new Refusal('outcome_unknown')
  }
}

async function refuseWhileClosed({ registries }: Application): Promise<void> {
  for (const registry of registries.values()) {
    const found = await stateOf(registry)
    if (found === 'closed') throw new Refusal('registry_closed')
    if (found === 'unreachable') throw new Refusal('registry_unavailable')
  }
}
