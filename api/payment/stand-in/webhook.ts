/** Delivers events: signed as Stripe signs, again with growing pauses until they are taken. */

import { createHmac } from 'node:crypto'
import { sql } from 'kysely'
import type { Books } from './database.ts'

/** Where events go, and with which secret they are signed. */
export type WebhookOptions = {
  readonly url: string
  readonly secret: string
}

const ANSWER_WITHIN_MS = 5_000
const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 60_000
const MOST_ATTEMPTS = 20
const AT_ONCE = 8

/** The value of `Stripe-Signature` over a body; `nowMs` since 1970. */
function webhookSignature(secret: string, body: string, nowMs: number): string {
  const seconds = Math.floor(nowMs / 1000)
  const hmac = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')
  return `t=${seconds},v1=${hmac}`
}

/**
 * Delivers what is due, a few at a time and in no promised order, and gives the number of deliveries
 * tried. An event is taken by any answer from 200 to 299; after 20 attempts it is given up.
 */
export async function deliverDueEvents(
  books: Books,
  webhook: WebhookOptions,
  now: () => number,
): Promise<number> {
  const due = await books
    .selectFrom('event')
    .select(['id', 'body', 'attempts'])
    // Written out: a prepared statement with a parameter here would not know that the index holds all of them.
    .where('delivery', '=', sql.lit('pending' as const))
    .where('next_attempt_ms', '<=', String(now()))
    .orderBy('next_attempt_ms')
    .limit(AT_ONCE)
    .execute()
  await Promise.all(
    due.map(async (event) => {
      const answer = await deliver(webhook, event.body, now())
      const attempts = event.attempts + 1
      const isTaken = answer.startsWith('2')
      await books
        .updateTable('event')
        .set({
          attempts,
          last_answer: answer,
          delivery: isTaken ? 'delivered' : attempts >= MOST_ATTEMPTS ? 'given-up' : 'pending',
          next_attempt_ms: now() + pauseMs(attempts),
        })
        .where('id', '=', event.id)
        .execute()
    }),
  )
  return due.length
}

/** Puts events on their way again, delivered or not; all of them without an id. */
export async function redeliverEvents(
  books: Books,
  id: string | null,
  nowMs: number,
): Promise<number> {
  let update = books
    .updateTable('event')
    .set({ delivery: 'pending', attempts: 0, next_attempt_ms: nowMs })
  if (id !== null) update = update.where('id', '=', id)
  const result = await update.executeTakeFirst()
  return Number(result.numUpdatedRows)
}

async function deliver(webhook: WebhookOptions, body: string, nowMs: number): Promise<string> {
  try {
    const response = await fetch(webhook.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'stripe-signature': webhookSignature(webhook.secret, body, nowMs),
      },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    })
    await response.body?.cancel()
    return String(response.status)
  } catch (error) {
    return error instanceof Error ? error.name : 'failed'
  }
}

function pauseMs(attempts: number): number {
  return Math.min(FIRST_PAUSE_MS * 2 ** (attempts - 1), LONGEST_PAUSE_MS)
}
