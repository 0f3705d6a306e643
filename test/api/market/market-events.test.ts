import type { Cancellations, Market } from '@offset-button/contract'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { cleanUp } from '../../support/clean-up.ts'
import {
  confirmCard,
  openMarket,
  orderBody,
  placeOffer,
  placeOrder,
  request,
  type TestMarket,
  untilOrder,
} from '../../support/market.ts'
import { PAGE_KEY, type Stack, startStack } from '../../support/stack.ts'

const events = suite('the market and the sum of a key, live')
const keep = cleanUp(events)

let stack: Stack
let market: TestMarket

events.before(async () => {
  stack = keep(await startStack())
  market = await openMarket(stack, [
    { seller: 0, quantity: 50, priceMinor: 300 },
    { seller: 0, quantity: 40, priceMinor: 320, project: 3 },
  ])
})

type Told<T> = { readonly id: number; readonly event: string; readonly data: T }

/** A stream whose next event can be waited for; the wait ends by itself after ten seconds. */
async function follow<T>(path: string, url = stack.url) {
  const end = new AbortController()
  const response = await fetch(`${url}${path}`, {
    headers: { authorization: `Bearer ${PAGE_KEY}` },
    signal: AbortSignal.any([end.signal, AbortSignal.timeout(10_000)]),
  })
  assert.is(response.status, 200)
  assert.match(response.headers.get('content-type') ?? '', 'text/event-stream')
  assert.ok(response.body)
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  const next = async (): Promise<Told<T>> => {
    for (;;) {
      const found = /^id: (\d+)\nevent: (\w+)\ndata: (.*)\n\n/.exec(text)
      if (found) {
        text = text.slice(found[0].length)
        const [, id, event = '', data = ''] = found
        return { id: Number(id), event, data: JSON.parse(data) as T }
      }
      const { done, value } = await reader.read()
      assert.not.ok(done, 'the stream ended')
      text += value
    }
  }
  keep(() => end.abort())
  return {
    next,
    /** The first event for which it holds. */
    async until(holds: (data: T) => boolean): Promise<Told<T>> {
      for (;;) {
        const told = await next()
        if (holds(told.data)) return told
      }
    },
    end: () => end.abort(),
  }
}

events('the market is told at once, whole, and again when the book changes', async () => {
  const stream = await follow<Market>('/v1/market/events')
  const first = await stream.next()
  assert.is(first.event, 'market')
  assert.is(first.data.available_tonnes, 90)
  assert.is(first.id, first.data.sequence)
  const now = await request<Market>(stack.url, 'GET', '/v1/market', { key: PAGE_KEY })
  assert.equal(first.data, now.body)
  await placeOffer(stack, market.sellers, { seller: 0, quantity: 7, priceMinor: 290 })
  const { data, id } = await stream.until((told) => told.available_tonnes === 97)
  assert.equal(data.depth[0], { price_minor: 290, quantity_tonnes: 7, offers: 1 })
  assert.ok(id > first.id)
  stream.end()
})

events('who follows a choice hears of that choice', async () => {
  const wind = await follow<Market>('/v1/market/events?technology=wind')
  const all = await follow<Market>('/v1/market/events')
  assert.is((await wind.next()).data.available_tonnes, 40)
  await placeOffer(stack, market.sellers, { seller: 0, quantity: 3, priceMinor: 330, project: 3 })
  assert.is((await wind.until((told) => told.available_tonnes === 43)).data.offers, 2)
  await all.until((told) => told.available_tonnes === 100)
  wind.end()
  all.end()
})

events('a choice that cannot be read is refused before the stream begins', async () => {
  for (const [query, key, code] of [
    ['?technology=wishes', PAGE_KEY, 'unknown_filter'],
    ['?project=9999', PAGE_KEY, 'unknown_filter'],
    ['', 'pk_unknown', 'key_not_valid'],
  ] as const) {
    const path = `/v1/market/events${query}`
    const { body } = await request<{ code: string }>(stack.url, 'GET', path, { key })
    assert.is(body.code, code)
  }
})

events(
  'the sum of a key grows when the registry has cancelled, and is that of the key',
  async () => {
    const stream = await follow<Cancellations>('/v1/cancellations/events')
    const before = await stream.next()
    assert.equal(before.data, { cancelled_tonnes: 0, orders: 0, last_at: null, simulated: true })
    const placed = await placeOrder(stack, orderBody(12, 100_000))
    await confirmCard(stack, placed.body)
    await untilOrder(stack, placed.body.id)
    const { data, event } = await stream.next()
    assert.is(event, 'cancellations')
    assert.equal([data.cancelled_tonnes, data.orders], [12, 1])
    const now = await request<Cancellations>(stack.url, 'GET', '/v1/cancellations', {
      key: PAGE_KEY,
    })
    assert.equal(now.body, data)
    stream.end()

    await request(stack.url, 'PUT', '/v1/operator/publishable-keys/pk_of_another_site', {
      key: stack.keys.operatorToken,
      body: { name: 'Another site', origins: ['https://another.example'] },
    })
    const other = await request<Cancellations>(stack.url, 'GET', '/v1/cancellations', {
      key: 'pk_of_another_site',
    })
    assert.is(other.body.cancelled_tonnes, 0)
  },
)

events(
  'a node that does not hold the market tells it as well, also when it changes hands',
  async () => {
    const other = await stack.startSecondApi()
    const [here, there] = [
      await follow<Market>('/v1/market/events?technology=wind'),
      await follow<Market>('/v1/market/events?technology=wind', other.url),
    ]
    const first = await there.next()
    assert.equal(first, await here.next())
    await placeOffer(stack, market.sellers, { seller: 0, quantity: 5, priceMinor: 310, project: 3 })
    const tonnes = first.data.available_tonnes + 5
    const grown = await there.until((told) => told.available_tonnes === tonnes)
    assert.equal(grown, await here.until((told) => told.available_tonnes === tonnes))
    await stack.killApi()
    await placeOffer({ ...stack, url: other.url }, market.sellers, {
      seller: 0,
      quantity: 6,
      priceMinor: 310,
      project: 3,
    })
    const later = await there.until((told) => told.available_tonnes === tonnes + 6)
    assert.ok(later.id > grown.id)
    there.end()
  },
)

events.run()
