/** A Postgres and a Redis that can be killed, and come back where their clients look for them. */
import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import {
  type Postgres,
  removePostgresHome,
  startPostgres,
} from '@offset-button/demo-site/start/postgres'
import { Redis as Client } from 'ioredis'
import { breakableLink } from '../engine/host/breakable-link.ts'
import { temporaryFolder } from '../support/own-server.ts'
import { ownRedis } from '../support/redis.ts'

/** A second Redis that copies the first. */
export type Replica = {
  /** It hears nothing more of the first, and stays in the state that it has. */
  lag(): void
  /** The first is killed, and this one takes its place: `redisUrl` is its address from then on. */
  takeOver(): Promise<void>
}

export type OwnServers = {
  /** The database of the API. */
  readonly postgresUrl: string
  redisUrl(): string
  /** SIGKILL of the postmaster. */
  killPostgres(): Promise<void>
  /** Starts it on the data that is there, and resolves when it answers. */
  startPostgres(): Promise<void>
  killRedis(): Promise<void>
  /** Starts an empty one, unless it runs. */
  startRedis(): Promise<void>
  /** Resolves when the replica has all that the Redis has. */
  replica(): Promise<Replica>
  /** Starts an empty Redis beside the one that runs, which goes on; `redisUrl` is the address of the new one. Gives the end of the old one. */
  anotherRedis(): Promise<() => Promise<void>>
  close(): Promise<void>
}

export async function ownServers(): Promise<OwnServers> {
  const folder = temporaryFolder()
  chmodSync(folder, 0o755)
  const logFile = join(folder, 'logs', 'postgres.log')
  let postgres: Postgres = await startPostgres({ folder, logFile })
  const started = new Set<Awaited<ReturnType<typeof ownRedis>>>()
  const start = async (options?: { readonly port?: number; readonly password: string }) => {
    const server = await ownRedis(join(folder, `redis-${started.size}`), options)
    started.add(server)
    return server
  }
  const close = async () => {
    for (const server of started) await server.stop()
    await postgres.stop()
    removePostgresHome(folder)
  }
  try {
    let redis = await start()
    // Clients go on with the password that they have.
    const { password } = new URL(redis.url)
    return {
      postgresUrl: await postgres.database('api'),
      redisUrl: () => redis.url,
      killPostgres: async () => postgres.child?.kill('SIGKILL'),
      async startPostgres() {
        postgres = await startPostgres({ folder, logFile, port: postgres.port })
      },
      killRedis: async () => redis.child?.kill('SIGKILL'),
      async startRedis() {
        if (redis.child?.exit) redis = await start({ port: redis.port, password })
      },
      async replica() {
        const first = redis
        const second = await start({ password })
        const link = await breakableLink(first.url)
        await follow(first.url, second.url, link.url)
        return {
          lag: () => link.hold(),
          async takeOver() {
            await first.child?.kill('SIGKILL')
            await link.close()
            await tell(second.url, (client) => client.replicaof('NO', 'ONE'))
            redis = second
          },
        }
      },
      async anotherRedis() {
        const first = redis
        redis = await start({ password })
        return () => first.stop()
      },
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** Resolves when the second Redis has copied the first, which it reaches by `through`. */
async function follow(first: string, second: string, through: string): Promise<void> {
  await tell(first, (client) => client.config('SET', 'repl-diskless-sync-delay', '0'))
  await tell(second, async (client) => {
    const { hostname, port, password } = new URL(through)
    await client.config('SET', 'masterauth', password)
    await client.replicaof(hostname, port)
    for (let tries = 0; ; tries++) {
      if ((await client.info('replication')).includes('master_link_status:up')) return
      if (tries === 400) throw new Error('The second Redis does not follow the first.')
      await wait(25)
    }
  })
}

async function tell(url: string, say: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client(url)
  try {
    await say(client)
  } finally {
    client.disconnect()
  }
}
