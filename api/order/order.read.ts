import { ask, type Db } from '../database/database.ts'
import { NEVER } from '../market/market.write.ts'
import type { OrderView } from './order.ts'

/** Everything about an order as of one moment: one statement, so that no half of a commit is seen. */
export async function readOrder(db: Db, order: string): Promise<OrderView | null> {
  const [row] = await ask<{ view: OrderView }>(db, READ_ORDER, [order])
  return row?.view ?? null
}

/** A time as whole milliseconds. */
export const milliseconds = (column: string) =>
  `floor(extract(epoch FROM ${column}) * 1000)::bigint`

/** Of a row `o` of "order". */
export const ORDER_VIEW = `
  json_build_object(
    'id', o.id, 'market', o.market, 'state', o.state, 'version', o.version,
    'reason', o.reason, 'quantityTonnes', o.quantity, 'filter', o.filter,
    'maxPriceMinor', o.max_price_minor, 'currency', o.currency, 'fees', o.fees,
    'totalMinor', o.total_minor, 'capturedMinor', o.captured_minor,
    'refundedMinor', o.refunded_minor, 'beneficiary', o.beneficiary, 'purpose', o.purpose,
    'holdExpiresAt', ${milliseconds('o.hold_expires_at')}, 'holdExtended', o.hold_extended,
    'stopRequested', o.stop_requested, 'payment', o.payment,
    'authorisedAt', ${milliseconds('o.authorised_at')},
    'firstProposedAt', ${milliseconds('o.first_proposed_at')},
    'endedAt', ${milliseconds('o.closed_at')},
    'hasCertificate', EXISTS (SELECT FROM certificate c WHERE c."order" = o.id),
    'legs', coalesce((
      SELECT json_agg(json_build_object(
        'number', l.number, 'holdingAccount', l.holding_account,
        'holdingAccountNumber', h.number, 'registry', h.registry,
        'applicableCommitmentPeriod', l.applicable_commitment_period, 'state', l.state,
        'attempt', l.attempt, 'transaction', l.transaction, 'reference', l.reference,
        'codes', l.codes, 'charged', l.charged, 'givenUp', l.given_up,
        'proposedAt', ${milliseconds('l.proposed_at')},
        'completedAt', ${milliseconds('l.completed_at')},
        'hasTurn', NOT EXISTS (
          SELECT FROM leg other
          WHERE other.holding_account = l.holding_account
            AND (other."order", other.number) <> (l."order", l.number)
            AND other.state IN ('proposed', 'checked'))
          AND (o.turn IS NULL OR NOT EXISTS (
          -- OFFSET 0: from the few orders that wait for a turn to their legs, not from all that wait at an account. A plan that
          -- was made while there were few legs is kept for as long as the connection lives.
          SELECT FROM (
            SELECT id, turn FROM "order" WHERE turn <= o.turn AND closed_at IS NULL OFFSET 0
          ) ahead CROSS JOIN LATERAL (
            SELECT FROM leg other
            WHERE other."order" = ahead.id AND other.holding_account = l.holding_account
              AND other.state = 'waiting' AND (ahead.turn, other.number) < (o.turn, l.number)
            OFFSET 0
          ) waits))
      ) ORDER BY l.number)
      FROM leg l JOIN holding_account h ON h.id = l.holding_account
      WHERE l."order" = o.id), '[]'),
    'fills', coalesce((
      SELECT json_agg(json_build_object(
        'reservation', r.id, 'offer', r.offer,
        'seller', (SELECT f.seller FROM offer f WHERE f.id = r.offer), 'leg', r.leg,
        'priceMinor', r.price_minor, 'quantityTonnes', r.quantity, 'state', r.state,
        'replaced', r.replaced,
        'expiresAt', coalesce(${milliseconds('r.expires_at')}, ${NEVER}::bigint)
      ) ORDER BY r.id)
      FROM reservation r
      WHERE r."order" = o.id), '[]'),
    'effects', coalesce((
      SELECT json_agg(json_build_object(
        'key', e.key, 'kind', e.kind, 'leg', e.leg, 'request', e.request, 'state', e.state,
        'tries', e.tries, 'sentAt', ${milliseconds('e.sent_at')}, 'refusal', e.result
      ) ORDER BY e.id)
      FROM effect e WHERE e."order" = o.id), '[]')
  )`

const READ_ORDER = `SELECT ${ORDER_VIEW} AS view FROM "order" o WHERE o.id = $1`
