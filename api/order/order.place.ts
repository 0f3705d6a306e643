import { createHash } from 'node:crypto'
import type { OrderRequest } from '@offset-button/contract'
import { type Application, readBook } from '../application.ts'
import type { Db } from '../database/database.ts'
import { canonicalJson } from '../http/canonical-json.ts'
import { Refusal } from '../http/refusal.ts'
import { toBookFilter } from '../market/attributes.ts'
import { stateOf } from '../market/market.ts'
import { mostOf, quoteFrom, refusalOf } from '../market/quote.ts'
import { turns } from '../turns.ts'
import { queryOf, reserving } from './order.reserve.ts'

type Placing = {
  readonly publishableKey: number
  readonly idempotencyKey: string
  readonly request: OrderRequest
}

/** Requests with one key are taken one after another, so that the second finds what the first has done. */
const takeTurn = turns()

/**
 * Reserves the tonnes and begins the payment; answers with the order's id. The same key and body again: the same order.
 * Never charges more than `max_total_minor`.
 */
export function placeOrder(application: Application, placing: Placing): Promise<string> {
  return takeTurn(`${placing.publishableKey} ${placing.idempotencyKey}`, () =>
    place(application, placing),
  )
}

/** The order that a key was used for; null where there is none. */
export const findOrderOfKey = async (
  { db }: Application,
  publishableKey: number,
  idempotencyKey: string,
): Promise<string | null> => (await orderOfKey(db, publishableKey, idempotencyKey))?.id ?? null

const orderOfKey = (db: Db, publishableKey: number, idempotencyKey: string) =>
  db
    .selectFrom('order')
    .select(['id', 'request_hash'])
    .where('publishable_key', '=', publishableKey)
    .where('idempotency_key', '=', idempotencyKey)
    .executeTakeFirst()

async function place(application: Application, placing: Placing): Promise<string> {
  const requestHash = createHash('sha256').update(canonicalJson(placing.request)).digest()
  const existing = await findOrder(application, placing, requestHash)
  const order = existing ?? (await reserve(application, placing, requestHash))
  await application.worker.look(order)
  const { payment, state } = await application.db
    .selectFrom('order')
    .select(['payment', 'state'])
    .where('id', '=', order)
    .executeTakeFirstOrThrow()
  // Whoever asks again with the same key finds the payment as soon as the payment service has answered.
  if (!payment && state === 'reserved') throw new Refusal('payment_unavailable')
  return order
}

async function findOrder(
  { db }: Application,
  { publishableKey, idempotencyKey }: Placing,
  requestHash: Buffer,
): Promise<string | null> {
  const row = await orderOfKey(db, publishableKey, idempotencyKey)
  if (!row) return null
  if (!row.request_hash.equals(requestHash)) throw new Refusal('idempotency_key_reused')
  return row.id
}

async function reserve(
  application: Application,
  placing: Placing,
  requestHash: Buffer,
): Promise<string> {
  const { request } = placing
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

async function refuseWhileClosed({ db, market, registries }: Application): Promise<void> {
  const { state } = await db
    .selectFrom('market')
    .select('state')
    .where('id', '=', market)
    .executeTakeFirstOrThrow()
  if (state === 'halted') throw new Refusal('market_halted')
  for (const registry of registries.values()) {
    const found = await stateOf(registry)
    if (found === 'closed') throw new Refusal('registry_closed')
    if (found === 'unreachable') throw new Refusal('registry_unavailable')
  }
}
