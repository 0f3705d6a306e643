import type { Transaction as Trx } from 'kysely'
import { fromKysely, PgBoss } from 'pg-boss'
import type { Database } from '../database/database.ts'
import type { OrderView } from './order.ts'

const QUEUE = 'look-at-order'
/** How often stored times are compared with the clock: of what has no alarm, or whose alarm was lost. */
const SWEEP_MS = 2_000
/** A time that is further off than this has no alarm: the sweep is late by little beside it. */
const ALARM_WITHIN_MS = 2 * SWEEP_MS
/** Orders that a sweep looks at before it asks for more. */
const SWEPT_AT_ONCE = 100
/** How soon alarms are heard by a process that begins to hold the market. */
const LISTEN_MS = 200
/** What is to ring later is announced when it is set, and not again when its time has come: only a look finds it then. */
const HEAR = {
  batchSize: 50,
  pollingIntervalSeconds: 0.5,
  notifyPollingIntervalSeconds: 0.5,
} as const

/** Runs an order's steps one after another in this process; other processes are kept apart by what is stored. */
export type OrderWorker = {
  /**
   * Looks at an order now, or again when the look that is under way has ended; resolves then, with the order as far as it is
   * known to stand. `read`: the order, where it has just been read.
   */
  look(order: string, read?: OrderView): Promise<OrderView | null>
  start(): Promise<void>
  stop(): Promise<void>
}

export type OrderWorkerOptions = {
  readonly alarm: PgBoss
  /** Whether this process holds the market. Only the holder hears alarms and sweeps, as nobody else can change the book. */
  readonly isHolder: () => boolean
  readonly advance: (order: string, read: OrderView | null) => Promise<OrderView | null>
  /** So many orders whose time has come, earliest first. */
  readonly due: (limit: number) => Promise<readonly string[]>
  readonly onError: (error: unknown, order: string | null) => void
}

export function orderWorker(options: OrderWorkerOptions): OrderWorker {
  const { alarm, isHolder, advance, due, onError } = options
  const running = new Map<string, Promise<OrderView | null>>()
  const again = new Map<string, Promise<OrderView | null>>()
  let sweeping: NodeJS.Timeout | undefined
  let listening: NodeJS.Timeout | undefined
  let isListening = false
  let stopped = false

  const run = (order: string, read: OrderView | null) => {
    const look = (async () => {
      try {
        return await advance(order, read)
      } catch (error) {
        onError(error, order)
        return null
      } finally {
        running.delete(order)
      }
    })()
    running.set(order, look)
    return look
  }
  const look = (order: string, read: OrderView | null = null): Promise<OrderView | null> => {
    if (stopped) return Promise.resolve(null)
    const current = running.get(order)
    if (!current) return run(order, read)
    const waiting = again.get(order)
    if (waiting) return waiting
    const next = current.then(() => {
      again.delete(order)
      return stopped ? null : run(order, null)
    })
    again.set(order, next)
    return next
  }
  const sweep = async () => {
    try {
      for (let isMore = isHolder(); isMore && !stopped; ) {
        const orders = await due(SWEPT_AT_ONCE)
        const looks = orders.filter((order) => !running.has(order)).map((order) => look(order))
        isMore = orders.length === SWEPT_AT_ONCE
        if (isMore) await Promise.all(looks)
      }
    } catch (error) {
      onError(error, null)
    }
    if (!stopped) sweeping = setTimeout(sweep, SWEEP_MS)
  }

  const hear = async (jobs: readonly { readonly data: { readonly order: string } }[]) => {
    await Promise.all([...new Set(jobs.map((job) => job.data.order))].map((order) => look(order)))
  }
  const listen = async () => {
    try {
      if (isHolder() !== isListening) {
        if (isListening) await alarm.offWork(QUEUE)
        else await alarm.work(QUEUE, HEAR, hear)
        isListening = !isListening
      }
    } catch (error) {
      onError(error, null)
    }
    if (!stopped) listening = setTimeout(listen, LISTEN_MS)
  }

  return {
    look,
    async start() {
      await alarm.createQueue(QUEUE, { retryLimit: 0, deleteAfterSeconds: 60, notify: true })
      await listen()
      void sweep()
    },
    async stop() {
      stopped = true
      clearTimeout(sweeping)
      clearTimeout(listening)
      await alarm.stop({ graceful: true, timeout: 3_000 })
      await Promise.all(running.values())
    },
  }
}

export function createAlarm(url: string, onError: (error: unknown) => void): PgBoss {
  const alarm = new PgBoss({
    connectionString: url,
    max: 3,
    useListenNotify: true,
    application_name: 'offset-button alarm',
  })
  alarm.on('error', onError)
  return alarm
}

/** Whether a time, in so many milliseconds, needs an alarm. */
export const needsAlarm = (inMs: number): boolean => inMs < ALARM_WITHIN_MS

/** Sets the alarm inside the caller's transaction: it rings only if that commits. */
export async function setAlarm(
  alarm: PgBoss,
  trx: Trx<Database>,
  order: string,
  at: number,
): Promise<void> {
  await alarm.send(QUEUE, { order }, { startAfter: new Date(at), db: fromKysely(trx) })
}
