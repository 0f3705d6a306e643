/** Three API nodes under load, each with links of its own to Postgres, Redis, the registry and the payment service. */
import assert from 'node:assert/strict'
import { cpSync, rmSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import type { Child } from '@offset-button/demo-site/start/child-process'
import { StartFailure } from '@offset-button/demo-site/start/start-failure'
import pg from 'pg'
import { type BreakableLink, breakableLink } from '../engine/host/breakable-link.ts'
import { checkInvariants, type Violation } from '../support/invariants.ts'
import { openMarket, PROJECTS, paymentBooks } from '../support/market.ts'
import { type Stack, startStack } from '../support/stack.ts'
import { healthOf, startBalancer } from './balancer.ts'
import { Load } from './load.ts'
import { type OwnServers, ownServers } from './own-servers.ts'
import { startWebhookPost, type WebhookPost } from './webhook-post.ts'

export type Place = 'postgres' | 'redis' | 'registry' | 'payment'
export type Links = Readonly<Record<Place, BreakableLink>>

/** A place for a process: whoever is started in it uses the same links. */
export type Node = { child: Child; url: string; readonly links: Links }

export type Town = {
  readonly load: Load
  readonly servers: OwnServers
  readonly webhooks: WebhookPost
  readonly nodes: readonly Node[]
  /** The links of all nodes to one place. */
  links(place: Place): readonly BreakableLink[]
  /** The node that holds the market; waits until one does. */
  holder(): Promise<Node>
  epoch(): Promise<number>
  /** Ends a node and starts another in its place. */
  replace(node: Node, signal: 'SIGTERM' | 'SIGKILL'): Promise<void>
  /** Starts a process in the place of one that has ended; again, where it gives up because something is away. */
  start(node: Node): Promise<void>
  /** Stops the load, lets every order end, and gives what is wrong in the books; what was promised must be there. */
  settle(): Promise<readonly Violation[]>
  /** Copies the logs of all processes to a folder that is made anew. */
  keepLogs(folder: string): void
  close(): Promise<void>
}

const NODES = 3
/** One project's, from a seller of its own, so that orders need not all wait for the turn of one holding account. */
const OFFER = { quantity: 100_000, priceMinor: 300 }
const STARTS_WITHIN_MS = 60_000
/** When faults stop, every order is to have ended within this. */
const ENDS_WITHIN_MS = 60_000

/** `buyers`: so many may wait for an order at once; few where nothing may be refused on a busy machine. */
export async function startTown(buyers: number): Promise<Town> {
  const closing: (() => unknown)[] = []
  const close = async () => {
    for (const end of closing.splice(0).reverse()) await end()
  }
  try {
    return await start(buyers, closing, close)
  } catch (error) {
    await close()
    throw error
  }
}

async function start(
  buyers: number,
  closing: (() => unknown)[],
  close: () => Promise<void>,
): Promise<Town> {
  const servers = await ownServers()
  closing.push(() => servers.close())
  const all: BreakableLink[] = []
  closing.push(() => Promise.all(all.map((link) => link.close())))
  const linksTo = async (targets: Readonly<Record<Place, string>>): Promise<Links> => {
    const opened = await Promise.all(
      Object.entries(targets).map(async ([place, target]) => [place, await breakableLink(target)]),
    )
    const links = Object.fromEntries(opened) as Links
    all.push(...Object.values(links))
    return links
  }
  const nodes: Node[] = []
  const urls = () => nodes.map((node) => node.url)
  const webhooks = await startWebhookPost('/webhooks/stripe', urls)
  closing.push(() => webhooks.close())
  const own = { postgres: servers.postgresUrl, redis: servers.redisUrl() }
  const first: { links?: Links } = {}
  const stack = await startStack({
    api: {
      HOLD_SECONDS: '4',
      BANK_HOLD_SECONDS: '6',
      CALL_TIMEOUT_SECONDS: '2',
      LEASE_SECONDS: '2',
    },
    servers: own,
    webhooks: async () => webhooks.url,
    via: async (outside) => {
      first.links = await linksTo({ ...own, ...outside })
      return { registry: first.links.registry.url, payment: first.links.payment.url }
    },
    links: async () => ({
      postgres: first.links?.postgres.url ?? '',
      redis: first.links?.redis.url ?? '',
    }),
  })
  closing.push(() => stack.close())
  assert.ok(first.links)
  nodes.push({ child: stack.apiProcess, url: stack.url, links: first.links })
  while (nodes.length < NODES) {
    const outside = { registry: stack.registryUrl, payment: stack.paymentUrl }
    const links = await linksTo({ ...own, ...outside })
    nodes.push({ ...(await stack.startSecondApi(environmentOf(links))), links })
  }
  closing.push(() => {
    for (const { child } of nodes) if (!child.exit) child.signal('SIGCONT')
  })
  const offers = PROJECTS.map((_, index) => ({ seller: index, project: index, ...OFFER }))
  await openMarket(stack, offers)
  const balancer = startBalancer(urls)
  closing.push(() => balancer.close())
  const load = new Load(stack, balancer.healthy, buyers)
  closing.push(() => load.stop())
  return {
    load,
    servers,
    webhooks,
    nodes,
    ...lives(stack, nodes),
    links: (place) => nodes.map((node) => node.links[place]),
    async settle() {
      await load.stop()
      return settle(stack, load)
    },
    keepLogs(folder) {
      rmSync(folder, { recursive: true, force: true })
      cpSync(stack.folder, folder, { recursive: true })
    },
    close,
  }
}

const environmentOf = ({ postgres, redis, registry, payment }: Links) => ({
  DATABASE_URL: postgres.url,
  REDIS_URL: redis.url,
  REGISTRY_URL: withoutSlash(registry.url),
  STRIPE_API_URL: withoutSlash(payment.url),
})

const withoutSlash = (url: string) => url.replace(/\/$/, '')

/** Who lives, who holds the market, and who is replaced. */
function lives(stack: Stack, nodes: readonly Node[]) {
  const holding = async () => {
    for (let tries = 0; tries < 600; tries++) {
      for (const node of nodes) {
        const health = await healthOf(node.url)
        if (health?.market === 'holding') return { node, epoch: health.epoch }
      }
      await wait(50)
    }
    throw new Error('Nobody holds the market.')
  }
  const start = async (node: Node) => {
    for (const until = Date.now() + STARTS_WITHIN_MS; ; await wait(200)) {
      try {
        return void Object.assign(node, await stack.startSecondApi(environmentOf(node.links)))
      } catch (error) {
        if (!(error instanceof StartFailure) || Date.now() > until) throw error
      }
    }
  }
  return {
    holder: async () => (await holding()).node,
    epoch: async () => (await holding()).epoch,
    start,
    async replace(node: Node, signal: 'SIGTERM' | 'SIGKILL') {
      node.child.signal(signal)
      await node.child.exited
      await start(node)
    },
  }
}

async function settle(stack: Stack, load: Load): Promise<readonly Violation[]> {
  const client = new pg.Client(stack.databases.api.url)
  await client.connect()
  try {
    const until = Date.now() + ENDS_WITHIN_MS
    for (;;) {
      const { rows } = await client.query(
        `SELECT id, state FROM "order" WHERE state IN ('reserved', 'authorised', 'captured')`,
      )
      if (rows.length === 0) break
      assert.ok(Date.now() < until, `orders have not ended: ${JSON.stringify(rows)}`)
      await wait(200)
    }
    const { rows } = await client.query<{ key: string; id: string }>(
      'SELECT idempotency_key AS key, id FROM "order"',
    )
    const stored = new Map(rows.map((row) => [row.key, row.id]))
    for (const [key, id] of load.promised) {
      assert.equal(stored.get(key), id, `order ${id} was promised`)
    }
    // A call may still be looked up when its order is seen to have ended.
    for (;;) {
      const books = await stack.registry.books()
      const violations = await checkInvariants(client, books, await paymentBooks(stack))
      if (violations.length === 0 || Date.now() > until) return violations
      await wait(250)
    }
  } finally {
    await client.end()
  }
}
