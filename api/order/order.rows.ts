/** What is stored of an order that its buyer may see. */

import type { LegState, OrderState } from '@offset-button/contract'
import { ask, type Db } from '../database/database.ts'
import { milliseconds, ORDER_VIEW } from './order.read.ts'
import type { EndReason, OrderFill, OrderView } from './order.ts'

/** A stored allocation; `units` is a range such as `[5,9)`. */
export type AllocationRow = {
  readonly originating_party: string
  readonly unit_type: number
  readonly units: string
  readonly original_commitment_period: number
  readonly applicable_commitment_period: number
  readonly lulucf_activity: number
  readonly project_identifier: number
}

/** Times are epoch milliseconds. */
export type BuyersRows = {
  readonly state: OrderState
  readonly version: number
  readonly reason: EndReason | null
  readonly quantity: number
  readonly filter: Record<string, unknown>
  readonly projects_minor: number
  readonly platform_fee_minor: number
  readonly processing_fee_minor: number
  readonly total_minor: number
  readonly captured_minor: number
  readonly refunded_minor: number
  readonly beneficiary: string | null
  readonly purpose: string | null
  readonly hold_expires_at: number
  readonly hold_extended: boolean
  readonly payment: OrderView['payment']
  readonly created_at: number
  readonly authorised_at: number | null
  readonly captured_at: number | null
  readonly closed_at: number | null
  /** Its id. */
  readonly certificate: string | null
  readonly fills: readonly {
    readonly leg: number
    readonly state: OrderFill['state']
    readonly price_minor: number
    readonly quantity: number
    readonly project: number
    readonly vintage: number
    readonly unit_type: number
    readonly seller: string
  }[]
  readonly legs: readonly {
    readonly number: number
    readonly state: LegState
    readonly transaction: string | null
    readonly reference: string | null
    readonly codes: number[]
    readonly registry: string
    readonly checked_at: number | null
    readonly completed_at: number | null
  }[]
  readonly allocations: readonly (AllocationRow & { readonly leg: number })[]
}

/** As of one moment, through the key that the order was placed with; null where there is none. */
export async function readBuyersRows(
  db: Db,
  order: string,
  publishableKey: number,
): Promise<BuyersRows | null> {
  const [row] = await ask<{ rows: BuyersRows }>(db, READ_ROWS, [order, publishableKey])
  return row?.rows ?? null
}

/** Together with what decides the order's next step. */
export async function readWithRows(
  db: Db,
  order: string,
  publishableKey: number,
): Promise<{ readonly view: OrderView; readonly rows: BuyersRows } | null> {
  const values = [order, publishableKey]
  const [read] = await ask<{ view: OrderView; rows: BuyersRows }>(db, READ_WITH_ROWS, values)
  return read ?? null
}

/** Of a row `o` of "order". */
export const ROWS = `
  json_build_object(
    'state', o.state, 'version', o.version, 'reason', o.reason, 'quantity', o.quantity,
    'filter', o.filter, 'projects_minor', o.projects_minor,
    'platform_fee_minor', o.platform_fee_minor, 'processing_fee_minor', o.processing_fee_minor,
    'total_minor', o.total_minor, 'captured_minor', o.captured_minor,
    'refunded_minor', o.refunded_minor, 'beneficiary', o.beneficiary, 'purpose', o.purpose,
    'hold_expires_at', ${milliseconds('o.hold_expires_at')}, 'hold_extended', o.hold_extended,
    'payment', o.payment, 'created_at', ${milliseconds('o.created_at')},
    'authorised_at', ${milliseconds('o.authorised_at')},
    'captured_at', ${milliseconds('o.captured_at')},
    'closed_at', ${milliseconds('o.closed_at')},
    'certificate', (SELECT c.id FROM certificate c WHERE c."order" = o.id),
    'fills', coalesce((
      SELECT json_agg(json_build_object(
        'leg', r.leg, 'state', r.state, 'price_minor', r.price_minor, 'quantity', r.quantity,
        'project', f.project, 'vintage', f.vintage, 'unit_type', f.unit_type,
        'seller', (SELECT s.name FROM seller s WHERE s.id = f.seller)
      ) ORDER BY r.id)
      FROM reservation r CROSS JOIN LATERAL (
        SELECT project, vintage, unit_type, seller FROM offer WHERE id = r.offer OFFSET 0
      ) f
      WHERE r."order" = o.id), '[]'),
    'legs', coalesce((
      SELECT json_agg(json_build_object(
        'number', l.number, 'state', l.state, 'transaction', l.transaction,
        'reference', l.reference, 'codes', l.codes, 'registry', h.registry,
        'checked_at', ${milliseconds('l.checked_at')},
        'completed_at', ${milliseconds('l.completed_at')}
      ) ORDER BY l.number)
      FROM leg l JOIN holding_account h ON h.id = l.holding_account
      WHERE l."order" = o.id), '[]'),
    'allocations', coalesce((
      SELECT json_agg(json_build_object(
        'leg', a.leg, 'originating_party', a.originating_party, 'unit_type', a.unit_type,
        'units', a.units, 'original_commitment_period', a.original_commitment_period,
        'applicable_commitment_period', a.applicable_commitment_period,
        'lulucf_activity', a.lulucf_activity, 'project_identifier', a.project_identifier
      ) ORDER BY a.id)
      FROM allocation a WHERE a."order" = o.id AND a.state IN ('live', 'completed')), '[]')
  )`

const FROM_ORDER = 'FROM "order" o WHERE o.id = $1 AND o.publishable_key = $2'
const READ_ROWS = `SELECT ${ROWS} AS rows ${FROM_ORDER}`
const READ_WITH_ROWS = `SELECT ${ORDER_VIEW} AS view, ${ROWS} AS rows ${FROM_ORDER}`
