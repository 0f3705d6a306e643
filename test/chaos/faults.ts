/** What can happen to a town, by name. Each fault is over when its promise resolves. */
import { setTimeout as wait } from 'node:timers/promises'
import { Redis } from 'ioredis'
import type { Town } from './town.ts'

export type Fault = (town: Town) => Promise<void>

const other = async (town: Town) => {
  const holder = await town.holder()
  return town.nodes.find((node) => node !== holder) ?? holder
}

export const FAULTS: Readonly<Record<string, Fault>> = {
  'SIGKILL of the holder': async (town) => town.replace(await town.holder(), 'SIGKILL'),
  'SIGKILL of another node': async (town) => town.replace(await other(town), 'SIGKILL'),
  'SIGTERM of the holder': async (town) => town.replace(await town.holder(), 'SIGTERM'),
  'SIGSTOP of the holder past its lease': async (town) => {
    const { child } = await town.holder()
    child.signal('SIGSTOP')
    await wait(3_000)
    child.signal('SIGCONT')
  },
  'Redis is cut off': async ({ redis }) => {
    redis.cut()
    await wait(3_000)
    redis.mend()
  },
  'Redis is silent': async ({ redis }) => {
    redis.hold()
    await wait(3_000)
    redis.mend()
  },
  'Redis forgets everything': async ({ redis }) => {
    const client = new Redis(redis.url)
    await client.flushdb()
    client.disconnect()
  },
  'Postgres is cut off': async ({ postgres }) => {
    postgres.cut()
    await wait(2_000)
    postgres.mend()
  },
  'Postgres is silent, so that answers of commits are lost': async ({ postgres }) => {
    postgres.hold()
    await wait(2_500)
    postgres.cut()
    postgres.mend()
  },
}
