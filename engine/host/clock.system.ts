import { setTimeout as wait } from 'node:timers/promises'
import type { Clock } from './ports.ts'

/** The machine's clocks. `monotonic` stands still while the machine is suspended; the Store's fence covers that. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: async (milliseconds, signal) => {
    try {
      await wait(milliseconds, undefined, signal ? { signal } : {})
    } catch (error) {
      if (!signal?.aborted) throw error
    }
  },
  after: (milliseconds, callBack) => {
    const timer = setTimeout(callBack, milliseconds)
    return () => clearTimeout(timer)
  },
}
