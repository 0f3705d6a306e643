import { Redis } from 'ioredis'
import type { Lease } from './ports.ts'

export type RedisLeaseOptions = {
  /** `redis://…` or `rediss://…`; its path selects the database. */
  readonly url: string
  /** How long a grant or a renewal lasts, in whole milliseconds. */
  readonly ttlMs: number
  /** How long a command may take before it throws, in milliseconds; well below `ttlMs`. */
  readonly commandTimeoutMs: number
}

/** KEYS[1] the market's lease; ARGV[1] the holder; ARGV[2] milliseconds; ARGV[3] who had it. Each answers 1 or 0. */
const ACQUIRE =
  "local h = redis.call('GET', KEYS[1]) if h and h ~= ARGV[1] then return 0 end redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2]) return 1"
const SEIZE =
  "local h = redis.call('GET', KEYS[1]) if h and h ~= ARGV[1] and h ~= ARGV[3] then return 0 end redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2]) return 1"
const RENEW =
  "if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end return redis.call('PEXPIRE', KEYS[1], ARGV[2])"
const RELEASE =
  "if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end return redis.call('DEL', KEYS[1])"

const MOST_BETWEEN_CONNECTS_MS = 500

/**
 * A lease in Redis, on a connection of its own that is made again in the background for ever. A command is sent once, and
 * only while connected: otherwise, and without an answer in time, it throws.
 */
export function redisLease(options: RedisLeaseOptions): Lease & {
  /** Resolves with the first connection, or after one command time-out without. */
  connected(): Promise<void>
  close(): Promise<void>
} {
  const { url, ttlMs, commandTimeoutMs } = options
  const redis = new Redis(url, {
    commandTimeout: commandTimeoutMs,
    connectTimeout: commandTimeoutMs,
    // A connection that owes an answer for so long is dead: only then is another made.
    socketTimeout: commandTimeoutMs,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    retryStrategy: (attempt) => Math.min(50 * attempt, MOST_BETWEEN_CONNECTS_MS),
  })
  // Every command tells its own caller; between commands a lost connection is nobody's error.
  redis.on('error', () => {})
  return {
    ttlMs,
    acquire: async (market, holder) =>
      (await redis.eval(ACQUIRE, 1, keyOf(market), holder, ttlMs)) === 1,
    seize: async (market, from, holder) =>
      (await redis.eval(SEIZE, 1, keyOf(market), holder, ttlMs, from)) === 1,
    renew: async (market, holder) =>
      (await redis.eval(RENEW, 1, keyOf(market), holder, ttlMs)) === 1,
    release: async (market, holder) => {
      await redis.eval(RELEASE, 1, keyOf(market), holder)
    },
    holder: (market) => redis.get(keyOf(market)),
    connected: () =>
      new Promise((resolve) => {
        if (redis.status === 'ready') return resolve()
        const timer = setTimeout(resolve, commandTimeoutMs)
        redis.once('ready', () => {
          clearTimeout(timer)
          resolve()
        })
      }),
    close: async () => redis.disconnect(),
  }
}

function keyOf(market: string): string {
  return `lease:${market}`
}
