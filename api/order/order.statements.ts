/**
 * What every order stores, each in one statement that commits by itself. Each begins with a compare-and-set on the order's
 * row; what follows in it happens only if that did, as it is joined to the row that was set.
 */
import { createHash } from 'node:crypto'
import { ask, type Db } from '../database/database.ts'
import type { EffectPlan } from './order.action.ts'
import type { Effect, OrderView } from './order.ts'

/** True where the call was begun: by this version, and by nobody since `seen`. */
export async function beginEffect(
  db: Db,
  begun: {
    readonly order: string
    readonly version: number
    readonly plan: EffectPlan
    readonly seen: Effect | null
    readonly now: number
  },
): Promise<boolean> {
  const { order, version, plan, seen } = begun
  const at = new Date(begun.now)
  const known = [order, version, plan.key, at, plan.kind === 'registry.propose']
  if (seen) return did(db, BEGIN_AGAIN, [...known, seen.state, seen.tries])
  const request = JSON.stringify(plan.request)
  const hash = createHash('sha256').update(request).digest()
  return did(db, BEGIN, [...known, plan.leg, plan.kind, request, hash])
}

/** Stores what the outside said, and where it is known when to look again. True unless the order has another version. */
export function recordAnswer(
  db: Db,
  answer: {
    readonly order: string
    readonly version: number
    /** As it is to be stored; null: as it was. */
    readonly payment: OrderView['payment']
    readonly effect: Pick<Effect, 'key' | 'state' | 'refusal'> | null
    /** Null: never; undefined: as it was. */
    readonly until: number | null | undefined
    readonly now: number
  },
): Promise<boolean> {
  const { order, version, payment, effect, until } = answer
  return did(db, RECORD, [
    order,
    version,
    payment && JSON.stringify(payment),
    until !== undefined,
    until === undefined || until === null ? null : new Date(until),
    effect?.key ?? null,
    effect?.state ?? null,
    effect?.refusal ? JSON.stringify(effect.refusal) : null,
    new Date(answer.now),
  ])
}

/** Stores what a payment has come to, with the mark that the event was seen that told of it. As `recordAnswer` otherwise. */
export function recordPayment(
  db: Db,
  told: {
    readonly order: string
    readonly version: number
    readonly payment: NonNullable<OrderView['payment']>
    readonly event: { readonly id: string; readonly type: string } | null
  },
): Promise<boolean> {
  const { order, version, payment, event } = told
  const values = [order, version, JSON.stringify(payment)]
  return event
    ? did(db, MERGE_EVENT, [...values, event.id, event.type, payment.id])
    : did(db, MERGE, values)
}

export async function sleepUntil(db: Db, order: string, until: number | null): Promise<void> {
  await ask(db, SLEEP, [order, until === null ? null : new Date(until)])
}

const did = async (db: Db, text: string, values: readonly unknown[]) =>
  (await ask(db, text, values)).length > 0

/** $1 the order, $2 the version, $3 the effect's key, $4 the time, $5 whether it is a proposal. */
const setBegun = (isAsSeen: string) => `
  WITH begun AS (
    UPDATE "order" SET version = version + 1,
      first_proposed_at = CASE WHEN $5 THEN coalesce(first_proposed_at, $4) ELSE first_proposed_at END
    WHERE id = $1 AND version = $2 AND ${isAsSeen}
    RETURNING id
  )`

const BEGIN = `${setBegun('NOT EXISTS (SELECT FROM effect WHERE key = $3)')}
  INSERT INTO effect ("order", leg, kind, key, request, request_hash, state, sent_at)
  SELECT id, $6, $7, $3, $8, $9, 'sent', $4 FROM begun
  RETURNING id`

const AS_SEEN = 'state = $6 AND tries = $7'

const BEGIN_AGAIN = `${setBegun(`EXISTS (SELECT FROM effect WHERE key = $3 AND ${AS_SEEN})`)}
  UPDATE effect SET state = 'sent', sent_at = $4, tries = tries + 1, result = NULL
  FROM begun WHERE key = $3 AND ${AS_SEEN}
  RETURNING effect.id`

const RECORD = `
  WITH changed AS (
    UPDATE "order" SET version = version + 1, payment = coalesce($3::jsonb, payment),
      wake_at = CASE WHEN $4 THEN $5 ELSE wake_at END
    WHERE id = $1 AND version = $2
    RETURNING id
  ), answered AS (
    UPDATE effect SET state = $7, result = $8, ended_at = $9 FROM changed WHERE key = $6
  )
  SELECT id FROM changed`

const MERGE = `
  UPDATE "order" SET version = version + 1, payment = $3 WHERE id = $1 AND version = $2
  RETURNING id`

const MERGE_EVENT = `
  WITH told AS (${MERGE}), seen AS (
    INSERT INTO webhook_event (id, type, payment) SELECT $4, $5, $6 FROM told
    ON CONFLICT (id) DO NOTHING
  )
  SELECT id FROM told`

const SLEEP = 'UPDATE "order" SET wake_at = $2 WHERE id = $1'
