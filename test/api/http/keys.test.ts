import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { cleanUp } from '../../support/clean-up.ts'
import { openMarket, orderBody, type TestMarket } from '../../support/market.ts'
import { PAGE_KEY, PAGE_ORIGIN, startStack } from '../../support/stack.ts'
import { type Declared, declared, type ProblemBody } from './declared.ts'

const keys = suite('keys and origins')
const keep = cleanUp(keys)

let stack: Awaited<ReturnType<typeof startStack>>
let api: Declared
let market: TestMarket

keys.before(async () => {
  stack = keep(await startStack())
  market = await openMarket(stack, [
    { seller: 0, quantity: 1_000, priceMinor: 300 },
    { seller: 1, quantity: 1_000, priceMinor: 310 },
  ])
  api = await declared(stack.url)
})

const PAGE_ROUTES = [
  ['GET', '/v1/market'],
  ['GET', '/v1/projects'],
  ['POST', '/v1/quotes'],
  ['POST', '/v1/orders'],
  ['GET', `/v1/orders/${'a'.repeat(26)}`],
  ['GET', `/v1/orders/${'a'.repeat(26)}/events`],
  ['POST', `/v1/orders/${'a'.repeat(26)}/stop`],
] as const
const SELLER_ROUTES = [
  ['GET', '/v1/holdings'],
  ['GET', '/v1/offers'],
  ['POST', '/v1/offers'],
  ['GET', '/v1/offers/1'],
  ['PATCH', '/v1/offers/1'],
  ['POST', '/v1/offers/1/withdraw'],
] as const
const OPERATOR_ROUTES = [
  ['POST', '/v1/operator/projects'],
  ['PUT', '/v1/operator/sellers/demo-seller-1'],
  ['PUT', `/v1/operator/publishable-keys/${PAGE_KEY}`],
] as const

async function refusesAll(routes: readonly (readonly [string, string])[], key: string | undefined) {
  for (const [method, path] of routes) {
    const told = await api.send<ProblemBody>(method, path, {
      ...(key === undefined ? {} : { key }),
      ...(method === 'GET' ? {} : { body: {} }),
    })
    assert.is(told.status, 401, `${method} ${path}`)
    assert.is(told.body.code, 'key_not_valid')
    assert.is(told.headers.get('www-authenticate'), 'Bearer')
  }
}

keys('without a key, and with an unknown one, nothing is served', async () => {
  const all = [...PAGE_ROUTES, ...SELLER_ROUTES, ...OPERATOR_ROUTES]
  await refusesAll(all, undefined)
  await refusesAll(all, 'pk_demo_nobody_knows_this_one')
  await refusesAll(all, 'x'.repeat(300))
})

keys('a key opens its own routes only', async () => {
  const seller = market.sellers[0]?.key ?? ''
  await refusesAll([...SELLER_ROUTES, ...OPERATOR_ROUTES], PAGE_KEY)
  await refusesAll([...PAGE_ROUTES, ...OPERATOR_ROUTES], seller)
  await refusesAll([...PAGE_ROUTES, ...SELLER_ROUTES], stack.keys.operatorToken)
})

keys('the scheme may be written in any case', async () => {
  const headers = { authorization: `bearer ${PAGE_KEY}` }
  assert.is((await api.send('GET', '/v1/market', { headers })).status, 200)
})

keys('a page of another origin is refused, and can read why', async () => {
  for (const origin of [
    'http://elsewhere.test',
    `${PAGE_ORIGIN}:8080`,
    'https://ngo.test',
    'null',
  ]) {
    for (const [method, path] of PAGE_ROUTES) {
      const told = await api.send<ProblemBody>(method, path, {
        key: PAGE_KEY,
        headers: { origin },
        ...(method === 'GET' ? {} : { body: {} }),
      })
      assert.is(told.status, 403, `${origin} ${path}`)
      assert.is(told.body.code, 'origin_not_allowed')
      assert.ok(told.body.detail.includes(origin))
      assert.is(told.headers.get('access-control-allow-origin'), origin)
      assert.match(told.headers.get('vary') ?? '', /origin/i)
    }
  }
})

keys(
  'a page of an allowed origin, the own origin, and a program without one are served',
  async () => {
    for (const origin of [PAGE_ORIGIN, stack.url]) {
      const told = await api.send('GET', '/v1/market', { key: PAGE_KEY, headers: { origin } })
      assert.is(told.status, 200)
      assert.is(told.headers.get('access-control-allow-origin'), origin)
      assert.is(told.headers.get('access-control-allow-credentials'), null)
    }
    const program = await api.send('GET', '/v1/market', { key: PAGE_KEY })
    assert.is(program.status, 200)
    assert.is(program.headers.get('access-control-allow-origin'), null)
  },
)

keys('the market alone takes the key in its address, with the same checks', async () => {
  const path = `/v1/market?key=${PAGE_KEY}`
  const statusOf = async (address: string, headers = {}) =>
    (await api.send('GET', address, { headers })).status
  assert.is(await statusOf(path), 200)
  assert.is(await statusOf(`${path}&host=KE&quantity_tonnes=2`, { origin: PAGE_ORIGIN }), 200)
  assert.is(await statusOf(path, { origin: 'https://ngo.test' }), 403)
  const seller = market.sellers[0]?.key ?? ''
  for (const key of ['', 'pk_demo_nobody', 'x'.repeat(300), seller, `${PAGE_KEY}&key=${PAGE_KEY}`])
    assert.is(await statusOf(`/v1/market?key=${key}`), 401, key)
  // A header goes before an address.
  const headers = { authorization: 'Bearer pk_demo_nobody' }
  assert.is(await statusOf(path, headers), 401)
  for (const [method, address] of PAGE_ROUTES.slice(1)) {
    const told = await api.send(method, `${address}?key=${PAGE_KEY}`, {
      ...(method === 'GET' ? {} : { body: {} }),
    })
    assert.is(told.status, 401, address)
  }
})

keys('the browser is told before an order what it may send', async () => {
  const response = await fetch(`${stack.url}/v1/orders`, {
    method: 'OPTIONS',
    headers: {
      origin: PAGE_ORIGIN,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,content-type,idempotency-key',
    },
  })
  assert.is(response.status, 204)
  assert.is(response.headers.get('access-control-allow-origin'), PAGE_ORIGIN)
  const allowed = response.headers.get('access-control-allow-headers')?.toLowerCase() ?? ''
  for (const name of ['authorization', 'content-type', 'idempotency-key']) {
    assert.ok(allowed.includes(name), allowed)
  }
  assert.ok(response.headers.get('access-control-allow-methods')?.includes('POST'))
})

keys('a page whose origin was refused is served as soon as its owner allows it', async () => {
  const key = 'pk_demo_grows'
  const allow = (...origins: string[]) =>
    api.send('PUT', `/v1/operator/publishable-keys/${key}`, {
      key: stack.keys.operatorToken,
      body: { name: 'Grows', origins },
    })
  const statusFrom = async (origin: string) =>
    (await api.send('GET', '/v1/market', { key, headers: { origin } })).status
  await allow(PAGE_ORIGIN)
  assert.is(await statusFrom(PAGE_ORIGIN), 200)
  assert.is(await statusFrom('https://ngo.test'), 403)
  await allow(PAGE_ORIGIN, 'https://ngo.test')
  assert.is(await statusFrom('https://ngo.test'), 200)
})

keys('an origin that is no web page cannot be allowed', async () => {
  for (const origin of [
    'javascript:alert(1)',
    'data:text/html,x',
    'file:///etc',
    'not an origin',
  ]) {
    const told = await api.send<ProblemBody>(
      'PUT',
      '/v1/operator/publishable-keys/pk_demo_second_page',
      { key: stack.keys.operatorToken, body: { name: 'Second page', origins: [origin] } },
    )
    assert.is(told.status, 400, origin)
    assert.is(told.body.code, 'invalid_request')
  }
})

keys('an order is read by its identifier alone, and no other order shows in it', async () => {
  const placed = await api.send<{ id: string }>('POST', '/v1/orders', {
    key: PAGE_KEY,
    body: orderBody(20, 1_000_000),
    headers: { 'idempotency-key': crypto.randomUUID() },
  })
  const other = await api.send<{ id: string }>('POST', '/v1/orders', {
    key: PAGE_KEY,
    body: orderBody(30, 1_000_000),
    headers: { 'idempotency-key': crypto.randomUUID() },
  })
  assert.is(placed.status, 201)
  assert.match(placed.body.id, /^[a-z2-7]{26}$/)
  const read = await api.send('GET', `/v1/orders/${placed.body.id}`, { key: PAGE_KEY })
  assert.is(read.status, 200)
  assert.not.ok(read.text.includes(other.body.id))
  for (const seller of market.sellers) {
    assert.not.ok(read.text.includes(seller.key))
    assert.not.ok(read.text.includes(seller.account))
  }
  for (const id of [
    placed.body.id.slice(1),
    placed.body.id.toUpperCase(),
    'x',
    '%20',
    '1 OR 1=1',
  ]) {
    const told = await api.send<ProblemBody>('GET', `/v1/orders/${encodeURIComponent(id)}`, {
      key: PAGE_KEY,
    })
    assert.is(told.status, 404, id)
    assert.is(told.body.code, 'order_not_found')
  }
})

keys.run()
