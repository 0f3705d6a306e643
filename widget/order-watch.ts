import type { Order } from '@offset-button/contract'
import type { ApiClient } from './api-client.ts'
import { createStreamReader } from './event-stream.ts'
import { orderCallsOf } from './order-calls.ts'

/** Without a byte for this long a stream counts as dead: a server's heartbeat is shorter. */
const SILENCE_MS = 30_000
const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 8_000
/** After so many streams that told nothing, the order is polled as well. */
const STREAMS_BEFORE_POLLING = 2

const ENDED = new Set<Order['state']>(['declined', 'expired', 'rejected', 'refunded'])

/** True where nothing more can come of the order: it ended, or its certificate is there. */
export const isFinal = (order: Order): boolean =>
  ENDED.has(order.state) ||
  (order.state === 'closed' && (order.certificate !== null || order.completed_tonnes === 0))

/**
 * Tells each state of an order until its last, by its event stream; a broken stream is opened again
 * with growing waits, and the order is polled where streams do not get through. Never rejects.
 */
export const watchOrder = async (
  client: ApiClient,
  id: string,
  onOrder: (order: Order) => void,
  signal: AbortSignal,
): Promise<void> => {
  let silent = 0
  for (let wait = FIRST_WAIT_MS; !signal.aborted; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
    const told = await readStream(client, id, onOrder, signal)
    if (told.ended || signal.aborted) return
    if (told.messages > 0) wait = FIRST_WAIT_MS
    silent = told.messages > 0 ? 0 : silent + 1
    if (silent >= STREAMS_BEFORE_POLLING) {
      const answer = await orderCallsOf(client).read(id)
      if (signal.aborted) return
      if (answer.ok) {
        onOrder(answer.value)
        if (isFinal(answer.value)) return
      } else if (answer.trouble.code === 'order_not_found') return
    }
    await pause(wait, signal)
  }
}

const readStream = async (
  client: ApiClient,
  id: string,
  onOrder: (order: Order) => void,
  signal: AbortSignal,
): Promise<{ messages: number; ended: boolean }> => {
  const stop = new AbortController()
  let watchdog: ReturnType<typeof setTimeout> | undefined
  const alive = () => {
    clearTimeout(watchdog)
    watchdog = setTimeout(() => stop.abort(), SILENCE_MS)
  }
  let messages = 0
  try {
    alive()
    const response = await orderCallsOf(client).events(id, AbortSignal.any([signal, stop.signal]))
    if (!response.ok || response.body === null) return { messages, ended: false }
    const read = createStreamReader()
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return { messages, ended: false }
      alive()
      for (const message of read(value)) {
        if (message.event !== 'order') continue
        const order = JSON.parse(message.data) as Order
        messages += 1
        onOrder(order)
        if (isFinal(order)) return { messages, ended: true }
      }
    }
  } catch {
    return { messages, ended: false }
  } finally {
    clearTimeout(watchdog)
    stop.abort()
  }
}

const pause = (ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms)
    const stop = () => {
      clearTimeout(timer)
      resolve()
    }
    signal.addEventListener('abort', stop, { once: true })
  })
