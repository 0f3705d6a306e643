/** What the stand-in does by itself: delivers events and ends authorisations whose time is over. */

import { type Cause, holdIntent, lapsedIntents } from './books.store.ts'
import type { Books } from './database.ts'
import { deliverDueEvents, type WebhookOptions } from './webhook.ts'

const LOOK_EVERY_MS = 250

export type Errands = {
  /** There is something new to deliver. */
  poke(): void
  /** While stopped, events wait. */
  stopWebhooks(isStopped: boolean): void
  close(): Promise<void>
}

/** Starts them. `now` gives milliseconds since 1970. */
export function startErrands(
  books: Books,
  webhook: WebhookOptions | null,
  isEventWanted: Cause['isWanted'],
  now: () => number,
): Errands {
  let isClosing = false
  let isStopped = false
  let running: Promise<void> | null = null
  let isPoked = false

  const look = async () => {
    do {
      isPoked = false
      await endLapsed(books, isEventWanted, now())
      if (webhook === null) continue
      while (!isStopped && !isClosing && (await deliverDueEvents(books, webhook, now)) > 0);
    } while (isPoked && !isClosing)
  }
  const poke = () => {
    if (isClosing) return
    isPoked = true
    running ??= look()
      .catch((error: unknown) => console.error('errands:', error))
      .finally(() => {
        running = null
      })
  }
  const timer = setInterval(poke, LOOK_EVERY_MS)
  poke()

  return {
    poke,
    stopWebhooks(wanted) {
      isStopped = wanted
      poke()
    },
    async close() {
      isClosing = true
      clearInterval(timer)
      await running
    },
  }
}

async function endLapsed(books: Books, isWanted: Cause['isWanted'], nowMs: number): Promise<void> {
  const cause: Cause = { nowMs, requestId: null, idempotencyKey: null, isWanted }
  for (const id of await lapsedIntents(books, nowMs)) {
    await books.transaction().execute((trx) => holdIntent(trx, id, cause))
  }
}
