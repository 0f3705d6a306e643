/** Three API nodes on one Postgres and one Redis, each behind a link that can be broken, under load. */
import assert from 'node:assert/strict'
import { setTimeout as wait } from 'node:timers/promises'
import type { Child } from '@offset-button/demo-site/start/child-process'
import pg from 'pg'
import { type BreakableLink, breakableLink } from '../engine/host/breakable-link.ts'
import { assertBooksAgree } from '../support/books.ts'
import { openMarket, request } from '../support/market.ts'
import { type Stack, startStack } from '../support/stack.ts'
import { Load } from './load.ts'

export type Node = { child: Child; url: string }

export type Town = {
  readonly stack: Stack
  readonly load: Load
  readonly redis: BreakableLink
  readonly postgres: BreakableLink
  readonly nodes: Node[]
  /** The node that holds the market; waits until one does. */
  holder(): Promise<Node>
  epoch(): Promise<number>
  /** Ends a node and starts another in its place. */
  replace(node: Node, signal: 'SIGTERM' | 'SIGKILL'): Promise<void>
  /** Stops the load, lets every order end, and holds all books against each other. */
  settle(): Promise<void>
  close(): Promise<void>
}

export async function startTown(): Promise<Town> {
  const links: BreakableLink[] = []
  const stack = await startStack({
    api: { HOLD_SECONDS: '4', CALL_TIMEOUT_SECONDS: '2', LEASE_SECONDS: '2' },
    links: async ({ postgres, redis }) => {
      links.push(await breakableLink(postgres), await breakableLink(redis))
      return { postgres: links[0]?.url ?? '', redis: links[1]?.url ?? '' }
    },
  })
  const [postgres, redis] = links
  assert.ok(postgres && redis)
  await openMarket(stack, [{ seller: 0, quantity: 100_000, priceMinor: 300 }])
  const nodes: Node[] = [{ child: stack.apiProcess, url: stack.url }]
  nodes.push(await stack.startSecondApi(), await stack.startSecondApi())
  const load = new Load(stack, () => nodes.map((node) => node.url))
  const stateOf = (node: Node) =>
    request<{ market: string; epoch: number }>(node.url, 'GET', '/healthz').then(
      ({ body }) => body,
      () => null,
    )
  const holder = async (): Promise<Node> => {
    for (let tries = 0; tries < 600; tries++) {
      for (const node of nodes) if ((await stateOf(node))?.market === 'holding') return node
      await wait(50)
    }
    throw new Error('Nobody holds the market.')
  }
  return {
    stack,
    load,
    redis,
    postgres,
    nodes,
    holder,
    epoch: async () => (await stateOf(await holder()))?.epoch ?? 0,
    async replace(node, signal) {
      node.child.signal(signal)
      await node.child.exited
      Object.assign(node, await stack.startSecondApi())
    },
    async settle() {
      await load.stop()
      const client = new pg.Client(stack.databases.api.url)
      await client.connect()
      try {
        for (let tries = 0; ; tries++) {
          const { rows } = await client.query(
            `SELECT id FROM "order" WHERE state IN ('reserved', 'authorised', 'captured')`,
          )
          if (rows.length === 0) break
          assert.ok(tries < 300, `${rows.length} orders have not ended`)
          await wait(200)
        }
        const { rows } = await client.query<{ key: string; id: string }>(
          'SELECT idempotency_key AS key, id FROM "order"',
        )
        const stored = new Map(rows.map((row) => [row.key, row.id]))
        for (const [key, id] of load.promised) {
          assert.equal(stored.get(key), id, `order ${id} was promised`)
        }
      } finally {
        await client.end()
      }
      await assertBooksAgree(stack)
    },
    async close() {
      await load.stop()
      for (const { child } of nodes) if (!child.exit) child.signal('SIGCONT')
      await stack.close()
      for (const link of links) await link.close()
    },
  }
}
