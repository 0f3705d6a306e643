import type { Market, Quote } from '@offset-button/contract'
import pg from 'pg'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { cleanUp } from '../../support/clean-up.ts'
import { openMarket, orderBody, placeOffer, placeOrder, quote } from '../../support/market.ts'
import { PAGE_KEY, type Stack, startStack } from '../../support/stack.ts'
import { type Declared, declared } from '../http/declared.ts'

const restart = suite('a restart of the API')
const keep = cleanUp(restart)
/** It has begun again, and runs. */
let begun: Stack | undefined

restart('keeps depth, prices, holds and the places in the queue, by SIGKILL or not', async () => {
  const stack = keep(await startStack())
  const { sellers, offers } = await openMarket(stack, [
    { seller: 0, quantity: 100, priceMinor: 300 },
    { seller: 1, quantity: 100, priceMinor: 300 },
    { seller: 2, quantity: 100, priceMinor: 300 },
    { seller: 0, quantity: 500, priceMinor: 310, project: 2 },
    { seller: 1, quantity: 500, priceMinor: 305, project: 2 },
  ])
  const api = await declared(stack.url)
  const amend = (index: number, body: object) =>
    api.send('PATCH', `/v1/offers/${offers[index]?.id}`, {
      key: sellers[index]?.key ?? '',
      body,
    })
  // The first goes behind the others, the second keeps its place with less, and both are told apart by it.
  await amend(0, { quantity_tonnes: 90 })
  await amend(0, { quantity_tonnes: 100 })
  await amend(1, { quantity_tonnes: 80 })
  await api.send('POST', `/v1/offers/${offers[4]?.id}/withdraw`, { key: sellers[1]?.key ?? '' })
  const held = await placeOrder(stack, orderBody(70, 10_000_000))
  assert.is(held.status, 201)

  const before = await picture(api, stack)
  assert.equal(
    before.quote.fills.map((fill) => [fill.seller, fill.quantity_tonnes]),
    [
      ['Demo seller 2', 10],
      ['Demo seller 3', 100],
      ['Demo seller 1', 100],
      ['Demo seller 1', 40],
    ],
  )
  await stack.killApi()
  await stack.restartApi()
  assert.equal(await picture(api, stack), before)
  await stack.apiProcess.stop()
  assert.is(stack.apiProcess.exit?.code, 0)
  await stack.restartApi()
  assert.equal(await picture(api, stack), before)

  await api.send('POST', `/v1/orders/${held.body.id}/stop`, { key: PAGE_KEY })
  const after = await quote(stack, { quantity_tonnes: 80, filter: { host: ['CR'] } })
  assert.is(after.body.fills[0]?.seller, 'Demo seller 2')
  const offer = await placeOffer(stack, sellers, { seller: 2, quantity: 5, priceMinor: 299 })
  assert.is(offer.id, 6)

  const client = keep(new pg.Client(stack.databases.api.url))
  await client.connect()
  const { rows } = await client.query(
    'SELECT batch_seq, epoch FROM journal GROUP BY 1, 2 ORDER BY batch_seq',
  )
  assert.equal(
    rows.map((row) => Number(row.batch_seq)),
    rows.map((_, index) => index + 1),
  )
  const epochs = rows.map((row) => Number(row.epoch))
  assert.equal(
    epochs,
    epochs.toSorted((one, other) => one - other),
  )
  assert.ok((epochs.at(-1) ?? 0) >= 3)
})

restart('leaves no request without an answer while it begins', async () => {
  const stack = keep(await startStack())
  await stack.killApi()
  let over = false
  const answers = new Map<string, number>()
  const knock = async () => {
    while (!over) {
      const answer = await fetch(`${stack.url}/healthz`, {
        signal: AbortSignal.timeout(5_000),
      }).then(
        ({ status }) => String(status),
        (error: Error) => (error.name === 'TimeoutError' ? 'none' : 'not there'),
      )
      answers.set(answer, (answers.get(answer) ?? 0) + 1)
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }
  const knocking = [knock(), knock()]
  await stack.restartApi()
  begun = stack
  over = true
  await Promise.all(knocking)
  assert.is(answers.get('none'), undefined, JSON.stringify([...answers]))
  assert.ok(answers.has('503'), JSON.stringify([...answers]))
})

restart('tells health checks that it ends before it takes no connection', async () => {
  const stack = begun
  assert.ok(stack)
  const told: number[] = []
  const knock = async () => {
    for (;;) {
      const answer = await fetch(`${stack.url}/healthz`).catch(() => null)
      if (!answer) return
      told.push(answer.status)
      await answer.body?.cancel()
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }
  const knocking = knock()
  while (told.length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
  stack.apiProcess.signal('SIGTERM')
  await knocking
  assert.is(told[0], 200)
  assert.is(told.at(-1), 503)
})

restart.run()

/** All that a buyer can tell the market by. */
async function picture(api: Declared, stack: Parameters<typeof quote>[0]) {
  const { body } = await api.send<Market>('GET', '/v1/market', { key: PAGE_KEY })
  const quoted = await quote(stack, { quantity_tonnes: 250 })
  assert.is(quoted.status, 200, JSON.stringify(quoted.body))
  return { market: body, quote: quoted.body as Quote }
}
