import { ask, type Db } from '../database/database.ts'

/** Orders that do not go on by themselves for now; docs/operations.md says what to do about them. */
export type WaitingOrders = {
  /** The registry or the payment service has not said for ten minutes or so what became of a call, or puts us off. */
  readonly answer: number
  /** What cannot be delivered could not be given back. */
  readonly person: number
}

/** Counts them, over orders that are still under way. */
export async function waitingOrders(db: Db): Promise<WaitingOrders> {
  const [found] = await ask<WaitingOrders>(db, WAITING, [])
  return found ?? { answer: 0, person: 0 }
}

/** Pauses double up to half a minute, so that a call is asked about for ten minutes before it has so many tries. */
const WAITING = `
  SELECT count(DISTINCT o.id) FILTER (WHERE e.tries > 25
      AND (e.state IN ('sent', 'unknown') OR e.result->>'advice' = 'retry'))::integer AS answer,
    count(DISTINCT o.id) FILTER (WHERE e.kind = 'payment.refund'
      AND e.state = 'refused' AND e.result->>'advice' <> 'retry')::integer AS person
  FROM "order" o JOIN effect e ON e."order" = o.id
  WHERE o.wake_at IS NOT NULL`
