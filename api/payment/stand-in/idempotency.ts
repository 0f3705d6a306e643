/** A key that comes again gets the first answer again. */

import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Books } from './database.ts'
import { StripeProblem } from './problem.ts'

/** What is answered, and kept under the key. */
export type Kept = { readonly status: number; readonly body: string }

const KEPT_FOR_MS = 24 * 60 * 60 * 1000
const LONGEST_KEY = 255

/**
 * Looks the key up and holds it until the transaction ends. Gives the kept answer, or null when the
 * call is to be executed. Another body under the same key, and a key in use this moment, are refused.
 */
export async function keptAnswer(
  trx: Books,
  key: string,
  requestHash: string,
  nowMs: number,
): Promise<Kept | null> {
  if (key.length > LONGEST_KEY) {
    throw new StripeProblem(400, {
      type: 'invalid_request_error',
      message: `Idempotency keys have at most ${LONGEST_KEY} characters.`,
    })
  }
  const lock = sql<{ held: boolean }>`select pg_try_advisory_xact_lock(hashtext(${key})) as held`
  const { rows } = await lock.execute(trx)
  if (rows[0]?.held !== true) {
    throw new StripeProblem(409, {
      type: 'idempotency_error',
      code: 'idempotency_key_in_use',
      message: 'Another request with this idempotency key is under way.',
    })
  }
  const known = await trx
    .selectFrom('idempotency')
    .select(['request_hash', 'status', 'body'])
    .where('key', '=', key)
    .where('created_ms', '>', String(nowMs - KEPT_FOR_MS))
    .executeTakeFirst()
  if (known === undefined) return null
  if (known.request_hash !== requestHash) {
    throw new StripeProblem(400, {
      type: 'idempotency_error',
      message: `Keys for idempotent requests can only be used with the same parameters they were first used with. Try another key than '${key}'.`,
    })
  }
  return { status: known.status, body: known.body }
}

/** Keeps the answer under its key, in the transaction of the effect itself. */
export async function keepAnswer(
  trx: Books,
  key: string,
  requestHash: string,
  answer: Kept,
  nowMs: number,
): Promise<void> {
  const row = { request_hash: requestHash, ...answer, created_ms: nowMs }
  await trx
    .insertInto('idempotency')
    .values({ key, ...row })
    .onConflict((conflict) => conflict.column('key').doUpdateSet(row))
    .execute()
}

/** What makes two requests the same. */
export function requestHash(method: string, path: string, body: string): string {
  return createHash('sha256').update(`${method} ${path}\n${body}`).digest('hex')
}
