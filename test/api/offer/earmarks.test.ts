import { randomUUID } from 'node:crypto'
import type { HoldingList, Offer } from '@offset-button/contract'
import pg from 'pg'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { cleanUp } from '../../support/clean-up.ts'
import {
  confirmCard,
  openMarket,
  orderBody,
  placeOrder,
  type TestMarket,
  untilOrder,
} from '../../support/market.ts'
import { startStack } from '../../support/stack.ts'
import { type Declared, declared, type ProblemBody } from '../http/declared.ts'
import { issue, part } from './units.ts'

const earmarks = suite('earmarks')
const keep = cleanUp(earmarks)

let stack: Awaited<ReturnType<typeof startStack>>
let api: Declared
let market: TestMarket
let key = ''
let account = ''

earmarks.before(async () => {
  stack = keep(await startStack())
  market = await openMarket(stack, [], 1)
  key = market.sellers[0]?.key ?? ''
  account = market.sellers[0]?.account ?? ''
  api = await declared(stack.url)
})

const earmarked = async () =>
  (await stack.registry.books()).accounts.find((one) => one.number === account)?.earmarked
const free = async () =>
  (await api.send<HoldingList>('GET', '/v1/holdings', { key })).body.holdings.map(
    (one) => one.block,
  )

async function until(what: string, holds: () => Promise<boolean>, withinMs = 20_000) {
  const end = Date.now() + withinMs
  while (!(await holds())) {
    assert.ok(Date.now() < end, what)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

earmarks('units of a withdrawn offer become free at the registry', async () => {
  const block = await issue(stack, { account, quantity: 100 })
  const { body } = await api.send<Offer>('POST', '/v1/offers', {
    key,
    body: { holding_account: account, blocks: [block], price_minor: 300 },
  })
  assert.is(await earmarked(), 100)
  assert.equal(await free(), [])
  await stack.registry.plantFault({ call: 'release', action: 'drop', when: 'before' })
  await api.send('POST', `/v1/offers/${body.id}/withdraw`, { key })
  await until('still earmarked', async () => (await earmarked()) === 0)
  assert.equal(await free(), [block])
})

earmarks(
  'units that are reserved stay set aside until they are sold; the rest becomes free then',
  async () => {
    const [block] = await free()
    assert.ok(block)
    const { body: offer } = await api.send<Offer>('POST', '/v1/offers', {
      key,
      body: { holding_account: account, blocks: [block], price_minor: 300 },
    })
    const { body: order } = await placeOrder(stack, orderBody(60, 1_000_000))
    await api.send('POST', `/v1/offers/${offer.id}/withdraw`, { key })
    await new Promise((resolve) => setTimeout(resolve, 6_000))
    assert.is(await earmarked(), 100)
    await confirmCard(stack, order)
    assert.is((await untilOrder(stack, order.id)).state, 'closed')
    await until('still earmarked', async () => (await earmarked()) === 0)
    assert.equal(await free(), [part(block, 60, 99)])
  },
)

earmarks(
  'an earmark whose offer was never placed is given back, and one never made is forgotten',
  async () => {
    const block = await issue(stack, { account, quantity: 10, project: 1 })
    const place = (idempotencyKey: string) =>
      api.send<ProblemBody>('POST', '/v1/offers', {
        key,
        body: { holding_account: account, blocks: [block], price_minor: 300 },
        headers: { 'idempotency-key': idempotencyKey },
      })
    await stack.registry.plantFault({ call: 'earmark', action: 'drop', when: 'before' })
    assert.is((await place(randomUUID())).status, 503)
    await stack.registry.plantFault({ call: 'earmark', action: 'drop', when: 'after' })
    const lost = randomUUID()
    assert.is((await place(lost)).status, 503)
    assert.is(await earmarked(), 10)

    const client = new pg.Client(stack.databases.api.url)
    await client.connect()
    try {
      // As if the ten minutes had passed that a seller has for trying again.
      await client.query("UPDATE earmark SET created_at = created_at - interval '1 hour'")
      await until('still earmarked', async () => (await earmarked()) === 0)
      await until('not forgotten', async () => {
        const { rows } = await client.query("SELECT 1 FROM earmark WHERE state = 'sent'")
        return rows.length === 0
      })
    } finally {
      await client.end()
    }
    const late = await place(lost)
    assert.is(late.status, 409)
    assert.is(late.body.code, 'units_not_available')
    assert.is((await place(randomUUID())).status, 201)
  },
)

earmarks.run()
