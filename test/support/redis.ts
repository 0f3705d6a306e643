import { join } from 'node:path'
import {
  REDIS_PACKAGE,
  type Redis,
  type RedisOptions,
  startRedis,
} from '@offset-button/demo-site/start/redis'
import { Redis as Client } from 'ioredis'
import { endWithProcess, temporaryFolder } from './own-server.ts'

/** A numbered database of the tests' Redis, for one test alone. */
export interface TestRedis {
  readonly url: string
  /** Empties it. */
  close(): Promise<void>
}

/** Where the distribution's package is unpacked: the launcher and the tests share it. */
const REDIS_PACKAGE_FOLDER = join(import.meta.dirname, '../../.data/redis-package')

let own: Promise<string> | undefined

/**
 * The address of the tests' Redis. The test runner starts one for the whole run and names it in
 * TEST_REDIS_URL; a test file that runs alone starts one for itself.
 */
function redisUrl(): Promise<string> {
  const shared = process.env.TEST_REDIS_URL
  if (shared) return Promise.resolve(shared)
  own ??= startOwn()
  return own
}

/** An empty database of the tests' Redis that nobody else uses. Close it at the end. */
export async function freshRedis(): Promise<TestRedis> {
  const server = await redisUrl()
  const counter = new Client(server)
  const taken = await counter.incr('test:databases')
  const [, databases] = (await counter.config('GET', 'databases')) as [string, string]
  counter.disconnect()
  // Number 0 holds the counter; a server of somebody else's may have few numbers, then they come round again.
  const number = 1 + ((taken - 1) % (Number(databases) - 1))
  const url = `${server}/${number}`
  return {
    url,
    async close() {
      const client = new Client(url)
      await client.flushdb()
      client.disconnect()
    },
  }
}

/** Starts a Redis that a test may kill; throws, naming the package, where none can be had. */
export async function ownRedis(
  folder: string,
  options?: Pick<RedisOptions, 'port' | 'password' | 'ownGroup' | 'onStart'>,
): Promise<Redis> {
  const redis = await startRedis({
    folder: join(folder, 'redis'),
    packageFolder: REDIS_PACKAGE_FOLDER,
    logFile: join(folder, 'logs', 'redis.log'),
    ...options,
  })
  if (redis) return redis
  throw new Error(
    `The tests need a Redis: install the package ${REDIS_PACKAGE} (or valkey-server), or set REDIS_URL.`,
  )
}

async function startOwn(): Promise<string> {
  if (process.env.REDIS_URL) return process.env.REDIS_URL
  const folder = temporaryFolder()
  const server = await ownRedis(folder)
  endWithProcess(server)
  return server.url
}
