import { Redis } from 'ioredis'
import type { Pulse } from './ports.ts'

const COMMAND_MS = 1_000
const MOST_BETWEEN_CONNECTS_MS = 500

/**
 * A pulse over Redis: one connection speaks and one listens, both made again in the background for ever. `url` is
 * `redis://…` or `rediss://…`; its path keeps markets of different databases apart, since channels are shared by all.
 */
export function redisPulse(market: string, url: string): Pulse {
  const channel = `market:${market}:sequence:${new URL(url).pathname.slice(1) || 0}`
  const speaker = connect(url, { enableOfflineQueue: false })
  const listener = connect(url, { enableOfflineQueue: true })
  // On every new connection it subscribes again by itself.
  void listener.subscribe(channel).catch(() => {})
  return {
    listen(onSequence) {
      listener.on('message', (_channel, message) => onSequence(Number(message)))
    },
    async send(sequence) {
      try {
        await speaker.publish(channel, String(sequence))
        return listener.status === 'ready'
      } catch {
        return false
      }
    },
    async close() {
      for (const redis of [speaker, listener]) redis.disconnect()
    },
  }
}

function connect(url: string, options: { readonly enableOfflineQueue: boolean }): Redis {
  const redis = new Redis(url, {
    ...options,
    ...(options.enableOfflineQueue ? {} : { commandTimeout: COMMAND_MS }),
    connectTimeout: COMMAND_MS,
    maxRetriesPerRequest: null,
    retryStrategy: (attempt) => Math.min(50 * attempt, MOST_BETWEEN_CONNECTS_MS),
  })
  redis.on('error', () => {})
  return redis
}
