/** Reading and writing the books. Everything that changes a payment holds its row first. */

import { type SqlBool, sql } from 'kysely'
import type { CardBehaviour, PaymentMethod } from './card.ts'
import type { Charge, Refund } from './charge.ts'
import type { Books } from './database.ts'
import { newIdentifier } from './identifier.ts'
import { API_VERSION, type Intent } from './intent.ts'
import { cancel, type EventType, type GivenCard, type Step } from './payment-step.ts'

/** What the writer of an event is told about its cause. */
export type Cause = {
  readonly nowMs: number
  readonly requestId: string | null
  readonly idempotencyKey: string | null
  /** Whether somebody is to be told of such an event. */
  readonly isWanted: (event: EventType) => boolean
}

/** Writes a new payment. */
export async function addIntent(trx: Books, intent: Intent, cause: Cause): Promise<void> {
  await trx
    .insertInto('intent')
    .values({ id: intent.id, created_ms: cause.nowMs, body: JSON.stringify(intent) })
    .execute()
  await addEvents(trx, { intent, events: ['payment_intent.created'] }, cause)
}

/** The payment, held until the transaction ends. An authorisation whose time is over ends here. */
export async function holdIntent(trx: Books, id: string, cause: Cause): Promise<Intent | null> {
  const row = await trx
    .selectFrom('intent')
    .select(['body', 'authorised_until_ms'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined) return null
  const isOver =
    row.body.status === 'requires_capture' && Number(row.authorised_until_ms) <= cause.nowMs
  if (!isOver) return row.body
  const step = cancel(row.body, 'expired', cause.nowMs)
  await saveStep(trx, step, null, cause)
  return step.intent
}

/** Payments whose authorisation is over and that nobody has looked at since. */
export async function lapsedIntents(books: Books, nowMs: number): Promise<readonly string[]> {
  const rows = await books
    .selectFrom('intent')
    .select('id')
    .where('authorised_until_ms', '<=', String(nowMs))
    .where(sql<SqlBool>`body->>'status' = 'requires_capture'`)
    .execute()
  return rows.map((row) => row.id)
}

/** Writes what a step changed, and its events. */
export async function saveStep(
  trx: Books,
  step: Step,
  authorisedUntilMs: number | null,
  cause: Cause,
): Promise<void> {
  const { intent, charge, refund, capturedMinor } = step
  await trx
    .updateTable('intent')
    .set({ body: JSON.stringify(intent), authorised_until_ms: authorisedUntilMs })
    .where('id', '=', intent.id)
    .execute()
  if (charge !== undefined) {
    const body = JSON.stringify(charge)
    await trx
      .insertInto('charge')
      .values({ id: charge.id, intent: intent.id, body })
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ body }))
      .execute()
  }
  if (refund !== undefined) {
    await trx
      .insertInto('refund')
      .values({ id: refund.id, intent: intent.id, body: JSON.stringify(refund) })
      .execute()
  }
  if (capturedMinor !== undefined) {
    await trx
      .insertInto('capture')
      .values({ intent: intent.id, amount_minor: capturedMinor, captured_ms: cause.nowMs })
      .execute()
  }
  await addEvents(trx, step, cause)
}

/** Keeps a card that was given, without its number. */
export async function addCard(trx: Books, card: GivenCard): Promise<void> {
  await trx
    .insertInto('payment_method')
    .values({
      id: card.method.id,
      body: JSON.stringify(card.method),
      behaviour: JSON.stringify(card.behaviour),
    })
    .execute()
}

/** A card that was given before. */
export async function findCard(trx: Books, id: string): Promise<GivenCard | null> {
  const row = await trx
    .selectFrom('payment_method')
    .select(['body', 'behaviour'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (row === undefined) return null
  return { method: row.body satisfies PaymentMethod, behaviour: row.behaviour as CardBehaviour }
}

/** A charge by its id. */
export async function findCharge(trx: Books, id: string | null): Promise<Charge | null> {
  if (id === null) return null
  const row = await trx.selectFrom('charge').select('body').where('id', '=', id).executeTakeFirst()
  return row?.body ?? null
}

/** A payment's refunds, newest first, after the refund `after` where one is named. */
export async function listRefunds(
  trx: Books,
  query: { readonly intent: string; readonly limit: number; readonly after: string | null },
): Promise<readonly Refund[]> {
  let rows = trx
    .selectFrom('refund')
    .select('body')
    .where('intent', '=', query.intent)
    .orderBy('seq', 'desc')
    .limit(query.limit)
  if (query.after !== null) {
    const after = trx.selectFrom('refund').select('seq').where('id', '=', query.after)
    rows = rows.where('seq', '<', after)
  }
  return (await rows.execute()).map((row) => row.body)
}

/** Payments by a metadata value, newest first, made at or before `untilMs`. */
export async function searchIntents(
  trx: Books,
  query: { readonly name: string; readonly value: string; readonly untilMs: number },
  limit: number,
): Promise<readonly Intent[]> {
  const rows = await trx
    .selectFrom('intent')
    .select('body')
    .where(sql<SqlBool>`body->'metadata'->>${query.name} = ${query.value}`)
    .where('created_ms', '<=', String(query.untilMs))
    .orderBy('seq', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => row.body)
}

async function addEvents(
  trx: Books,
  step: Pick<Step, 'intent' | 'charge' | 'events'>,
  cause: Cause,
): Promise<void> {
  for (const type of step.events) {
    const id = newIdentifier('evt', cause.nowMs)
    await trx
      .insertInto('event')
      .values({
        id,
        type,
        intent: step.intent.id,
        body: JSON.stringify(eventBody(id, type, step, cause)),
        delivery: cause.isWanted(type) ? 'pending' : 'unwanted',
        next_attempt_ms: cause.nowMs,
      })
      .execute()
  }
}

function eventBody(
  id: string,
  type: EventType,
  step: Pick<Step, 'intent' | 'charge'>,
  cause: Cause,
): object {
  return {
    id,
    object: 'event',
    api_version: API_VERSION,
    created: Math.floor(cause.nowMs / 1000),
    data: { object: type.startsWith('charge.') ? step.charge : step.intent },
    livemode: false,
    pending_webhooks: cause.isWanted(type) ? 1 : 0,
    request: { id: cause.requestId, idempotency_key: cause.idempotencyKey },
    type,
  }
}
