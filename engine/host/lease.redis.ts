import { Redis } from 'ioredis'
import type { Grant, Lease } from './ports.ts'

export type RedisLeaseOptions = {
  /** `redis://…` or `rediss://…`; its path selects the database. */
  readonly url: string
  /** How long a grant or a renewal lasts, in whole milliseconds. */
  readonly ttlMs: number
  /** How long a command may take before it throws, in milliseconds; well below `ttlMs`. */
  readonly commandTimeoutMs: number
}

/**
 * KEYS[1] the market's lease, its holder and grant; KEYS[2] the grants so far; ARGV[1] the holder; ARGV[2] milliseconds, or the
 * grant that is given up; ARGV[3] who had it. Each answers the grant, or 0.
 */
const TAKE =
  "local g = redis.call('INCR', KEYS[2]) redis.call('HSET', KEYS[1], 'holder', ARGV[1], 'grant', g) redis.call('PEXPIRE', KEYS[1], ARGV[2]) return g"
const ACQUIRE = `local h = redis.call('HGET', KEYS[1], 'holder') if h and h ~= ARGV[1] then return 0 end ${TAKE}`
const SEIZE = `local h = redis.call('HGET', KEYS[1], 'holder') if h and h ~= ARGV[1] and h ~= ARGV[3] then return 0 end ${TAKE}`
const RENEW =
  "if redis.call('HGET', KEYS[1], 'holder') ~= ARGV[1] then return 0 end redis.call('PEXPIRE', KEYS[1], ARGV[2]) return tonumber(redis.call('HGET', KEYS[1], 'grant'))"
const RELEASE =
  "local l = redis.call('HMGET', KEYS[1], 'holder', 'grant') if l[1] ~= ARGV[1] or l[2] ~= ARGV[2] then return 0 end return redis.call('DEL', KEYS[1])"

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
  const ask = async (script: string, market: string, ...values: (string | number)[]) =>
    ((await redis.eval(script, 2, keyOf(market), `grants:${market}`, ...values)) as Grant) || null
  return {
    ttlMs,
    acquire: (market, holder) => ask(ACQUIRE, market, holder, ttlMs),
    seize: (market, from, holder) => ask(SEIZE, market, holder, ttlMs, from),
    renew: (market, holder) => ask(RENEW, market, holder, ttlMs),
    release: async (market, holder, grant) => {
      await ask(RELEASE, market, holder, grant)
    },
    holder: (market) => redis.hget(keyOf(market), 'holder'),
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
