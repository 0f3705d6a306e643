import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Market, Order } from '@offset-button/contract'
import pg from 'pg'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { cleanUp } from '../../support/clean-up.ts'
import { openMarket, orderBody } from '../../support/market.ts'
import { PAGE_KEY, startStack } from '../../support/stack.ts'
import { type Declared, declared, type ProblemBody } from './declared.ts'

const unavailable = suite('while something does not answer')
const keep = cleanUp(unavailable)

let stack: Awaited<ReturnType<typeof startStack>>
let api: Declared
let client: pg.Client

unavailable.before(async () => {
  stack = keep(await startStack({ api: { CALL_TIMEOUT_SECONDS: '1' } }))
  await openMarket(stack, [{ seller: 0, quantity: 1_000, priceMinor: 300 }])
  api = await declared(stack.url)
  client = keep(new pg.Client(stack.databases.api.url))
  await client.connect()
})

const order = (idempotencyKey: string, quantity = 20) =>
  api.send<Order & ProblemBody>('POST', '/v1/orders', {
    key: PAGE_KEY,
    body: orderBody(quantity, 1_000_000),
    headers: { 'idempotency-key': idempotencyKey },
  })
const market = async () => (await api.send<Market>('GET', '/v1/market', { key: PAGE_KEY })).body
const orders = async () => (await client.query('SELECT id FROM "order"')).rows.length

async function isRefusedForNow(idempotencyKey: string, code: string) {
  const told = await order(idempotencyKey)
  assert.is(told.status, 503, told.text)
  assert.is(told.body.code, code)
  assert.ok(Number(told.headers.get('retry-after')) > 0)
}

unavailable('a halted market takes no order, and holds nothing', async () => {
  const key = randomUUID()
  const before = await orders()
  await client.query("UPDATE market SET state = 'halted'")
  await isRefusedForNow(key, 'market_halted')
  assert.is((await market()).state, 'halted')
  await client.query("UPDATE market SET state = 'open'")
  assert.is(await orders(), before)
  assert.is((await order(key)).status, 201)
})

unavailable('a registry that is silent takes no order, and the market says so', async () => {
  const key = randomUUID()
  const before = await orders()
  stack.registryProcess.signal('SIGSTOP')
  try {
    await isRefusedForNow(key, 'registry_unavailable')
    assert.is((await market()).registries[0]?.state, 'unreachable')
  } finally {
    stack.registryProcess.signal('SIGCONT')
  }
  assert.is(await orders(), before)
  assert.is((await order(key)).status, 201)
})

unavailable(
  'a payment service that is silent: the same key later goes on with the same order',
  async () => {
    const key = randomUUID()
    const before = await orders()
    stack.paymentProcess.signal('SIGSTOP')
    try {
      await isRefusedForNow(key, 'payment_unavailable')
    } finally {
      stack.paymentProcess.signal('SIGCONT')
    }
    assert.is(await orders(), before + 1)
    const until = Date.now() + 20_000
    for (;;) {
      const { status, body } = await order(key)
      if (status === 201 && body.payment.client_secret) break
      assert.ok(Date.now() < until, `${status} ${JSON.stringify(body)}`)
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
    assert.is(await orders(), before + 1)
  },
)

unavailable('an order that does not go on by itself is told to operators, and why', async () => {
  const key = randomUUID()
  const { body } = await order(key)
  const page = readFileSync(new URL('../../../docs/operations.md', import.meta.url), 'utf8')
  const [forAnswer = '', forPerson = '', ...others] = [...page.matchAll(/```sql\n([^`]+)```/g)].map(
    ([, question]) => question ?? '',
  )
  assert.equal(others, [])
  const waiting = async (what: string, question: string) => {
    const metrics = await api.send('GET', '/metrics', { key: stack.keys.operatorToken })
    const pattern = new RegExp(`^offset_button_orders_waiting\\{for="${what}"\\} (\\d+)$`, 'm')
    const { rows } = await client.query<{ id: string }>(question)
    assert.is(pattern.exec(metrics.text)?.[1], String(rows.length))
    return rows.map(({ id }) => id)
  }
  // A key of its own: the steps of the order do not look at it.
  const stand = (state: string, tries: number, result: object | null = null) =>
    client.query(
      `INSERT INTO effect ("order", kind, key, request, request_hash, state, tries, result, sent_at)
      VALUES ($1, 'payment.refund', 'stands', '{}', '', $2, $3, $4, now())
      ON CONFLICT (key) DO UPDATE SET state = $2, tries = $3, result = $4`,
      [body.id, state, tries, result],
    )
  const refused = (advice: string) => ({ codes: [], message: 'no', advice })
  for (const [state, tries, result, answer, person] of [
    ['unknown', 25, null, 0, 0],
    ['unknown', 26, null, 1, 0],
    ['sent', 26, null, 1, 0],
    ['refused', 26, refused('retry'), 1, 0],
    ['refused', 1, refused('refuse'), 0, 1],
    ['refused', 26, refused('refuse'), 0, 1],
    ['ok', 26, null, 0, 0],
  ] as const) {
    await stand(state, tries, result)
    assert.equal(await waiting('answer', forAnswer), answer ? [body.id] : [], `${state} ${tries}`)
    assert.equal(await waiting('person', forPerson), person ? [body.id] : [], `${state} ${tries}`)
  }
  await client.query("DELETE FROM effect WHERE key = 'stands'")
})

unavailable(
  'a commit without an answer: what became of it shows under the same key, once',
  async () => {
    const key = randomUUID()
    const before = await orders()
    const { available_tonnes } = await market()
    await client.query('BEGIN')
    await client.query('SELECT 1 FROM market FOR UPDATE')
    await isRefusedForNow(key, 'outcome_unknown')
    const told = await api.send<ProblemBody>('POST', '/v1/quotes', {
      key: PAGE_KEY,
      body: { quantity_tonnes: 20 },
    })
    assert.is(told.status, 503)
    assert.is(told.body.code, 'market_unavailable')
    assert.is((await api.send('GET', '/readyz')).status, 503)
    await client.query('ROLLBACK')

    const until = Date.now() + 30_000
    for (;;) {
      const { status } = await order(key)
      if (status === 201) break
      assert.is(status, 503)
      assert.ok(Date.now() < until, 'the market does not come back')
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
    assert.is(await orders(), before + 1)
    assert.is((await market()).available_tonnes, available_tonnes - 20)
  },
)

unavailable.run()
