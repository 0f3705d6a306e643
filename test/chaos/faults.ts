/** What can happen to a town, by name. */
import { setTimeout as wait } from 'node:timers/promises'
import { Redis } from 'ioredis'
import type { BreakableLink } from '../engine/host/breakable-link.ts'
import type { Node, Place, Town } from './town.ts'
import type { Manner } from './webhook-post.ts'

export type Fault = {
  /** What it is done to: two faults at once are of different parts. */
  readonly to: readonly (Place | 'nodes' | 'webhooks')[]
  /** Nothing may be refused or dropped for it. */
  readonly isGraceful?: true
  /** The fault is over when this resolves. */
  readonly happens: (town: Town) => Promise<unknown>
}

/** Longer than the lease, and than a call to the outside may take. */
const LONG_MS = 3_000

const other = async (town: Town): Promise<Node> => {
  const holder = await town.holder()
  return town.nodes.find((node) => node !== holder) ?? holder
}

/** Breaks links for a while; what was connected then is reset, and all is as before. */
async function broken(
  links: readonly BreakableLink[],
  how: (link: BreakableLink) => void,
  ms = LONG_MS,
): Promise<void> {
  for (const link of links) how(link)
  await wait(ms)
  for (const link of links) {
    link.reset()
    link.mend()
  }
}

/** As `broken`, and what was delayed arrives. */
async function late(links: readonly BreakableLink[], way: 'there' | 'back'): Promise<void> {
  for (const link of links) link.delay(way)
  await wait(1_500)
  for (const link of links) link.mend()
}

const redis = (happens: Fault['happens']): Fault => ({ to: ['redis'], happens })
const postgres = (happens: Fault['happens']): Fault => ({ to: ['postgres'], happens })
const nodes = (happens: Fault['happens']): Fault => ({ to: ['nodes'], happens })

const ofNodes: Readonly<Record<string, Fault>> = {
  'SIGKILL of the holder': nodes(async (town) => town.replace(await town.holder(), 'SIGKILL')),
  'SIGKILL of another node': nodes(async (town) => town.replace(await other(town), 'SIGKILL')),
  'SIGTERM of the holder': {
    to: ['nodes'],
    isGraceful: true,
    happens: async (town) => town.replace(await town.holder(), 'SIGTERM'),
  },
  'a rolling restart': {
    to: ['nodes'],
    isGraceful: true,
    async happens(town) {
      for (const node of town.nodes) {
        await town.replace(node, 'SIGTERM')
        await town.load.orders(3)
      }
    },
  },
  'SIGSTOP of the holder past its lease': nodes(async (town) => {
    const { child } = await town.holder()
    child.signal('SIGSTOP')
    await wait(LONG_MS)
    child.signal('SIGCONT')
  }),
}

const ofRedis: Readonly<Record<string, Fault>> = {
  'Redis is cut off': redis((town) => broken(town.links('redis'), (link) => link.cut())),
  'Redis is silent': redis((town) => broken(town.links('redis'), (link) => link.hold())),
  'Redis hears, and its answers are lost': redis((town) =>
    broken(town.links('redis'), (link) => link.hold('back')),
  ),
  'Redis is cut off from the holder': redis(async (town) =>
    broken([(await town.holder()).links.redis], (link) => link.cut()),
  ),
  'Redis forgets everything': redis(async ({ servers }) => {
    const client = new Redis(servers.redisUrl())
    await client.flushdb()
    client.disconnect()
  }),
  'Redis is killed, and comes back empty': redis(async ({ servers }) => {
    await servers.killRedis()
    await wait(LONG_MS)
    await servers.startRedis()
  }),
  'Redis fails over to a replica that lags': redis(async (town) => {
    const replica = await town.servers.replica()
    replica.lag()
    await wait(1_000)
    await replica.takeOver()
    leadToRedis(town)
  }),
  'Redis fails over to a replica that has missed a change of hands': {
    to: ['redis', 'nodes'],
    async happens(town) {
      const replica = await town.servers.replica()
      replica.lag()
      const holder = await town.holder()
      holder.child.signal('SIGKILL')
      await holder.child.exited
      await town.holder()
      await replica.takeOver()
      leadToRedis(town)
      await town.start(holder)
    },
  },
  'two Redis at once: the holder keeps to the old one, the others have an empty one': redis(
    async (town) => {
      const holder = await town.holder()
      const end = await town.servers.anotherRedis()
      leadToRedis(
        town,
        town.nodes.filter((node) => node !== holder),
      )
      await wait(LONG_MS)
      leadToRedis(town, [holder])
      await end()
    },
  ),
}

function leadToRedis({ servers, nodes }: Town, whom: readonly Node[] = nodes): void {
  for (const node of whom) node.links.redis.leadTo(servers.redisUrl())
}

const ofPostgres: Readonly<Record<string, Fault>> = {
  'Postgres is killed': postgres(async ({ servers }) => {
    await servers.killPostgres()
    await servers.startPostgres()
  }),
  'Postgres is cut off': postgres((town) =>
    broken(town.links('postgres'), (link) => link.cut(), 2_000),
  ),
  'Postgres is silent': postgres((town) => broken(town.links('postgres'), (link) => link.hold())),
  'Postgres commits, and its answers are lost': postgres((town) =>
    broken(town.links('postgres'), (link) => link.hold('back')),
  ),
  'Postgres commits, and its answers to the holder are lost': postgres(async (town) =>
    broken([(await town.holder()).links.postgres], (link) => link.hold('back')),
  ),
  'Postgres is cut off from the holder': postgres(async (town) =>
    broken([(await town.holder()).links.postgres], (link) => link.cut()),
  ),
  'what is said to Postgres comes late': postgres((town) => late(town.links('postgres'), 'there')),
  'what Postgres answers comes late': postgres((town) => late(town.links('postgres'), 'back')),
  'what a killed holder said to Postgres arrives when another holds': {
    to: ['postgres', 'nodes'],
    async happens(town) {
      const holder = await town.holder()
      holder.links.postgres.delay()
      await wait(300)
      holder.child.signal('SIGKILL')
      await holder.child.exited
      await town.holder()
      holder.links.postgres.mend()
      await town.start(holder)
    },
  },
  'what a holder said to Postgres arrives past its lease': {
    to: ['postgres', 'redis'],
    async happens(town) {
      const { links } = await town.holder()
      links.postgres.delay()
      links.redis.cut()
      await wait(LONG_MS)
      links.postgres.mend()
      links.redis.mend()
    },
  },
}

/** Calls to the registry or the payment service, before and after they have had their effect. */
const ofOutside = (
  place: 'registry' | 'payment',
  name: string,
): Readonly<Record<string, Fault>> => {
  const outside = (how: (link: BreakableLink) => void): Fault => ({
    to: [place],
    happens: (town) => broken(town.links(place), how),
  })
  return {
    [`${name} is cut off`]: outside((link) => link.cut()),
    [`calls to ${name} are lost`]: outside((link) => link.hold('there')),
    [`answers of ${name} are lost`]: outside((link) => link.hold('back')),
    [`answers of ${name} come late`]: {
      to: [place],
      happens: (town) => late(town.links(place), 'back'),
    },
  }
}

const webhooks = (manner: Manner): Fault => ({
  to: ['webhooks'],
  async happens(town) {
    void town.webhooks.carry(manner)
    await town.webhooks.events(4)
    await town.webhooks.carry('at once')
  },
})

export const FAULTS: Readonly<Record<string, Fault>> = {
  ...ofNodes,
  ...ofRedis,
  ...ofPostgres,
  ...ofOutside('registry', 'the registry'),
  ...ofOutside('payment', 'the payment service'),
  'webhooks never come': webhooks('never'),
  'webhooks come late': webhooks('late'),
  'webhooks come twice': webhooks('twice'),
  'webhooks come last first': webhooks('last first'),
}
