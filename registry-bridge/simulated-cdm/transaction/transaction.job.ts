import type { Db } from '../database.ts'
import { cancelExpired, checkProposed } from './check.ts'

export type Sweeper = {
  /** Looks again after so many milliseconds. */
  wakeIn(milliseconds: number): void
  /** Stops looking and waits for what is under way. */
  stop(): Promise<void>
}

/** Looks at least this often, so that no lost alarm is needed. */
const SWEEP_EVERY_MS = 500
const SWEEP_AT_MOST = 200
/** A timer may fire a little before the wall clock has got there. */
const TIMER_SLACK_MS = 5

/** Runs checks that are due and cancels what was left unfinished: at once on start, then whenever woken. */
export function startSweeper(db: Db, clock: () => Date): Sweeper {
  const alarms = new Set<NodeJS.Timeout>()
  let running: Promise<void> | null = null
  let isWanted = false
  let isStopped = false

  const look = () => {
    isWanted = true
    running ??= run().finally(() => {
      running = null
    })
  }
  const run = async () => {
    while (isWanted && !isStopped) {
      isWanted = false
      try {
        await sweep(db, clock())
      } catch (error) {
        console.error('A sweep failed; the next one tries again.', error)
      }
    }
  }
  const interval = setInterval(look, SWEEP_EVERY_MS)
  look()

  return {
    wakeIn(milliseconds) {
      if (isStopped) return
      const alarm = setTimeout(() => {
        alarms.delete(alarm)
        look()
      }, milliseconds + TIMER_SLACK_MS)
      alarms.add(alarm)
    },
    async stop() {
      isStopped = true
      clearInterval(interval)
      for (const alarm of alarms) clearTimeout(alarm)
      await running
    },
  }
}

/** Oldest first; a transaction whose turn fails stays due and does not hold up the others. */
async function sweep(db: Db, now: Date): Promise<void> {
  const late = await due(db, [1, 2], 'expires_at', now)
  for (const identifier of late) await attempt(identifier, cancelExpired(db, identifier, now))
  const { checks_paused } = await db
    .selectFrom('registry')
    .select('checks_paused')
    .executeTakeFirstOrThrow()
  if (checks_paused) return
  for (const identifier of await due(db, [1], 'check_due_at', now))
    await attempt(identifier, checkProposed(db, identifier, now))
}

async function due(
  db: Db,
  statuses: readonly (1 | 2)[],
  time: 'expires_at' | 'check_due_at',
  now: Date,
): Promise<string[]> {
  const rows = await db
    .selectFrom('registry_transaction')
    .select('identifier')
    .where('status', 'in', [...statuses])
    .where(time, '<=', now)
    .orderBy(time)
    .limit(SWEEP_AT_MOST)
    .execute()
  return rows.map(({ identifier }) => identifier)
}

async function attempt(identifier: string, step: Promise<void>): Promise<void> {
  await step.catch((error: unknown) => console.error(`Transaction ${identifier} stays due.`, error))
}
