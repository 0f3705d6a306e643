/** A whole system whose API, Postgres, Redis and links can be lost one at a time, and come back. */
import { setTimeout as wait } from 'node:timers/promises'
import { type BreakableLink, breakableLink } from '../engine/host/breakable-link.ts'
import { type CallProxy, startCallProxy } from '../support/call-proxy.ts'
import { openMarket, request, type TestMarket } from '../support/market.ts'
import { type Stack, startStack } from '../support/stack.ts'
import type { Victim } from './matrix.ts'
import { ownServers } from './own-servers.ts'
import { type PostgresLink, postgresLink } from './postgres-link.ts'

/** How long everything stays cut off: long enough that something is tried in vain. */
const CUT_MS = 500

export type MatrixStack = {
  readonly stack: Stack
  readonly market: TestMarket
  readonly postgres: PostgresLink
  readonly calls: Readonly<Record<'registry' | 'payment', CallProxy>>
  /** What the victim did is undone by nobody: SIGKILL, or every connection reset. */
  lose(victim: Victim): Promise<void>
  /** Brings it back. A Redis stays away until `settle`. */
  bringBack(victim: Victim): Promise<void>
  /** Forgets the traps, and resolves when everything is there and the API holds the market. */
  settle(): Promise<void>
  close(): Promise<void>
}

export async function startMatrixStack(): Promise<MatrixStack> {
  const closing: (() => unknown)[] = []
  const close = async () => {
    for (const end of closing.splice(0).reverse()) await end()
  }
  try {
    return await start(closing, close)
  } catch (error) {
    await close()
    throw error
  }
}

async function start(closing: (() => unknown)[], close: () => Promise<void>): Promise<MatrixStack> {
  const servers = await ownServers()
  closing.push(() => servers.close())
  const postgres = await postgresLink(servers.postgresUrl)
  const redisLink: BreakableLink = await breakableLink(servers.redisUrl())
  closing.push(
    () => postgres.close(),
    () => redisLink.close(),
  )
  const proxies: Partial<Record<'registry' | 'payment', CallProxy>> = {}
  const stack = await startStack({
    api: { CALL_TIMEOUT_SECONDS: '2', LEASE_SECONDS: '2' },
    servers: { postgres: servers.postgresUrl, redis: servers.redisUrl() },
    links: async () => ({ postgres: postgres.url, redis: redisLink.url }),
    via: async (outside) => {
      const registry = await startCallProxy(outside.registry)
      const payment = await startCallProxy(outside.payment)
      closing.push(
        () => registry.close(),
        () => payment.close(),
      )
      Object.assign(proxies, { registry, payment })
      return { registry: registry.url, payment: payment.url }
    },
  })
  closing.push(() => stack.close())
  const { registry, payment } = proxies
  if (!registry || !payment) throw new Error('The API was given no ways to the outside.')
  const links = [postgres, redisLink, registry, payment]
  // One seller more than a purchase needs, so that there is something to match again.
  const market = await openMarket(stack, [{ seller: 0, quantity: 1, priceMinor: 900_000 }], 3)

  return {
    stack,
    market,
    postgres,
    calls: { registry, payment },
    async lose(victim) {
      if (victim === 'app') await stack.killApi()
      if (victim === 'Postgres') await servers.killPostgres()
      if (victim === 'Redis') await servers.killRedis()
      if (victim === 'link') for (const link of links) link.cut()
    },
    async bringBack(victim) {
      if (victim === 'app') await stack.restartApi()
      if (victim === 'Postgres') await servers.startPostgres()
      if (victim === 'link') {
        await wait(CUT_MS)
        for (const link of links) link.mend()
      }
    },
    async settle() {
      for (const one of [postgres, registry, payment]) one.disarm()
      await servers.startRedis()
      await untilHolding(stack)
    },
    close,
  }
}

async function untilHolding(stack: Stack): Promise<void> {
  const until = Date.now() + 60_000
  for (;;) {
    const told = await request<{ market: string }>(stack.url, 'GET', '/healthz').catch(() => null)
    if (told?.status === 200 && told.body.market === 'holding') return
    if (Date.now() > until)
      throw new Error(`The API does not hold the market: ${told?.body.market}`)
    await wait(50)
  }
}
