/** How an order begins in the book: what is reserved, and what is stored with it in the same commit. Pure. */
import type { OrderRequest } from '@offset-button/contract'
import type { Filter, Query } from '@offset-button/engine'
import type { Submission } from '@offset-button/engine-host'
import { assert } from '../assert.ts'
import { amountsOf, type FeeSchedule, projectsWithin } from '../market/fees.ts'
import type { MarketWrite } from '../market/market.write.ts'

export type Reserving = {
  /** Of the order. */
  readonly id: string
  readonly publishableKey: number
  readonly idempotencyKey: string
  /** SHA-256 of the request, in hex. */
  readonly requestHash: string
  readonly request: OrderRequest
  readonly query: Query
  readonly fees: FeeSchedule
  /** Epoch milliseconds. */
  readonly now: number
  readonly holdMs: number
}

/** The whole quantity or nothing, and never more than `max_total_minor` pays for, fees included. */
export function queryOf(request: OrderRequest, filter: Filter, fees: FeeSchedule): Query {
  return {
    quantityTonnes: request.quantity_tonnes,
    filter,
    maxTotalMinor: projectsWithin(request.max_total_minor, fees),
    allOrNone: true,
    ...(request.max_price_minor === undefined ? {} : { maxPriceMinor: request.max_price_minor }),
  }
}

/** Reserves what the query finds, and makes the order of it. */
export function reserving(order: Reserving): Submission<MarketWrite> {
  const { request, query, fees, now } = order
  const holdExpiresAt = now + order.holdMs
  return {
    commands: [{ kind: 'Reserve', query, expiresAt: holdExpiresAt }],
    write: ([event]) => {
      assert(event?.kind === 'Reserved', 'a reserve answers with its fills')
      return {
        kind: 'order',
        order: {
          id: order.id,
          publishableKey: order.publishableKey,
          idempotencyKey: order.idempotencyKey,
          requestHash: order.requestHash,
          quantityTonnes: event.quantityTonnes,
          filter: request.filter ?? {},
          maxPriceMinor: request.max_price_minor ?? null,
          maxTotalMinor: request.max_total_minor,
          currency: 'USD',
          fees,
          ...amountsOf(event.costMinor, fees),
          beneficiary: request.beneficiary ?? null,
          purpose: request.purpose ?? null,
          consentText: request.consent.text,
          consentLanguage: request.consent.language,
          holdExpiresAt,
          createdAt: now,
        },
        reservations: event.fills.map((fill) => fill.reservation),
      }
    },
  }
}
