import { randomUUID } from 'node:crypto'
import type { HoldingList, Offer, OfferList, PlacedOffers } from '@offset-button/contract'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { cleanUp } from '../../support/clean-up.ts'
import { openMarket, PROJECTS, quote, type TestMarket } from '../../support/market.ts'
import { startStack } from '../../support/stack.ts'
import { type Declared, declared, type ProblemBody } from '../http/declared.ts'
import { issue, part } from './units.ts'

const placing = suite('placing an offer')
const keep = cleanUp(placing)

let stack: Awaited<ReturnType<typeof startStack>>
let api: Declared
let market: TestMarket
let key = ''
let account = ''

placing.before(async () => {
  stack = keep(await startStack())
  market = await openMarket(stack, [{ seller: 1, quantity: 50, priceMinor: 900 }])
  key = market.sellers[0]?.key ?? ''
  account = market.sellers[0]?.account ?? ''
  api = await declared(stack.url)
})

const place = (body: object, idempotencyKey?: string) =>
  api.send<Offer & ProblemBody>('POST', '/v1/offers', {
    key,
    body: { holding_account: account, price_minor: 300, ...body },
    ...(idempotencyKey ? { headers: { 'idempotency-key': idempotencyKey } } : {}),
  })
const holdings = async () =>
  (await api.send<HoldingList>('GET', '/v1/holdings', { key })).body.holdings
const epoch = async () => (await api.send<{ epoch: number }>('GET', '/readyz')).body.epoch

placing('what is offered is what the registry says of the units', async () => {
  const block = await issue(stack, { account, quantity: 120, project: 2, vintage: 2017 })
  const { status, body } = await place({ blocks: [block] })
  assert.is(status, 201)
  const { id, placed_at, ...offer } = body
  assert.equal(offer, {
    state: 'resting',
    suspended_codes: [],
    price_minor: 300,
    quantity_tonnes: 120,
    available_tonnes: 120,
    reserved_tonnes: 0,
    sold_tonnes: 0,
    withdrawn_tonnes: 0,
    earmarked_tonnes: 120,
    project: {
      reference: '0089',
      title: PROJECTS[2]?.title,
      host: 'FJ',
      technology: 'hydro',
      scope: 1,
      scope_derived: true,
    },
    vintage: 2017,
    unit_type: 'CER',
    registry: offer.registry,
    holding_account: account,
    blocks: [block],
  })
  const quoted = await quote(stack, { quantity_tonnes: 120, filter: { host: ['FJ'] } })
  assert.is(quoted.body.fills[0]?.vintage, 2017)
  assert.equal((await api.send('GET', `/v1/offers/${id}`, { key })).body, body)
})

placing('attributes are never taken from the seller', async () => {
  const block = await issue(stack, { account, quantity: 10 })
  for (const typed of [{ vintage: 2020 }, { quantity_tonnes: 5 }, { project: '0089' }]) {
    const told = await place({ blocks: [block], ...typed })
    assert.is(told.body.code, 'invalid_request', JSON.stringify(typed))
  }
  const [party, , ...rest] = block.start.split('-')
  const [, , ...restOfEnd] = block.end.split('-')
  const lied = { start: [party, 7, ...rest].join('-'), end: [party, 7, ...restOfEnd].join('-') }
  const told = await place({ blocks: [lied] })
  assert.is(told.status, 409)
  assert.is(told.body.code, 'units_not_available')
  assert.ok((told.body.registry_codes?.length ?? 0) > 0)
})

placing('part of a block may be offered; the rest stays free', async () => {
  const block = await issue(stack, { account, quantity: 100, project: 1 })
  const middle = part(block, 20, 59)
  const { status, body } = await place({ blocks: [middle] })
  assert.is(status, 201)
  assert.is(body.quantity_tonnes, 40)
  const free = (await holdings()).filter((one) => one.project === '0075')
  assert.equal(
    free.map((one) => one.block),
    [part(block, 0, 19), part(block, 60, 99)],
  )
  assert.equal(
    free.map((one) => one.quantity_tonnes),
    [20, 40],
  )
})

placing('several blocks of one kind make one offer', async () => {
  const one = await issue(stack, { account, quantity: 30, project: 3 })
  await issue(stack, { account, quantity: 5, project: 3 })
  const other = await issue(stack, { account, quantity: 20, project: 3 })
  const { status, body } = await place({ blocks: [other, one] })
  assert.is(status, 201)
  assert.is(body.quantity_tonnes, 50)
  assert.equal(body.blocks, [one, other])
})

placing('units are set aside for one offer at a time', async () => {
  const block = await issue(stack, { account, quantity: 100 })
  assert.is((await place({ blocks: [part(block, 0, 49)] })).status, 201)
  for (const again of [block, part(block, 0, 49), part(block, 49, 60)]) {
    const told = await place({ blocks: [again] })
    assert.is(told.status, 409)
    assert.equal(told.body.registry_codes, [9008])
  }
})

placing('of many who offer the same units at once, one does', async () => {
  const block = await issue(stack, { account, quantity: 100 })
  const told = await Promise.all(Array.from({ length: 8 }, () => place({ blocks: [block] })))
  assert.equal(told.map((one) => one.status).toSorted(), [201, ...Array(7).fill(409)])
})

placing(
  'units that are not there, not of one kind, or twice in a request are refused',
  async () => {
    const one = await issue(stack, { account, quantity: 10, project: 0 })
    const other = await issue(stack, { account, quantity: 10, project: 1 })
    const newer = await issue(stack, { account, quantity: 10, project: 0, vintage: 2016 })
    for (const blocks of [
      [part(one, 1_000_000, 1_000_009)],
      [part(one, 0, 500_000)],
      [one, other],
      [one, newer],
      [one, one],
      [part(one, 0, 5), part(one, 5, 9)],
      market.offers[0]?.blocks,
    ]) {
      const told = await place({ blocks })
      assert.is(told.status, 409, JSON.stringify(blocks))
      assert.is(told.body.code, 'units_not_available')
      assert.ok((told.body.registry_codes?.length ?? 0) > 0)
    }
  },
)

placing('what is no serial block is refused', async () => {
  const { start, end } = await issue(stack, { account, quantity: 10 })
  const oneString = start.replace(/^(\w+-5-\d+)/, `$1-${end.split('-')[2]}`)
  for (const blocks of [
    [{ start, end: 'CR-5-1' }],
    [{ start: end, end: start }],
    [{ start: start.replace('CR', 'cr'), end }],
    [{ start: start.replace('-5-', '-05-'), end }],
    [{ start, end: end.replace(/37$/, '38') }],
    [{ start: oneString, end: oneString }],
    [{ start: oneString }],
    [oneString],
    [{ start: '', end: '' }],
    [{ start: 'x'.repeat(10_000), end }],
    [],
    [
      { start, end },
      { start, end },
      { start, end },
      { start, end },
    ],
    'CR',
  ]) {
    const told = await place({ blocks })
    assert.is(told.status, 400, JSON.stringify(blocks))
    assert.is(told.body.code, 'invalid_request')
  }
})

placing('a price is a whole number of cents a tonne', async () => {
  const block = await issue(stack, { account, quantity: 10 })
  for (const price_minor of [0, -1, 3.5, 1_000_000_001, '300', null]) {
    const told = await place({ blocks: [block], price_minor })
    assert.is(told.body.code, 'invalid_request', String(price_minor))
  }
  assert.is((await place({ blocks: [block], price_minor: 1_000_000_000 })).status, 201)
})

placing("another's holding account, and one that does not exist, are refused alike", async () => {
  const other = market.sellers[1]?.account ?? ''
  const block = await issue(stack, { account: other, quantity: 10 })
  const theirs = await place({ holding_account: other, blocks: [block] })
  const none = await place({ holding_account: 'CDM-100-1-0-1', blocks: [block] })
  const odd = await place({ holding_account: "x' OR '1'='1", blocks: [block] })
  for (const told of [theirs, none, odd]) {
    assert.is(told.status, 403)
    assert.is(told.body.code, 'holding_account_not_yours')
  }
  assert.equal(theirs.body, none.body)
})

placing('units of a project that is not listed are refused, and are free once it is', async () => {
  const block = await issue(stack, { account, quantity: 10, projectIdentifier: 4711 })
  const idempotencyKey = randomUUID()
  const told = await place({ blocks: [block] }, idempotencyKey)
  assert.is(told.status, 409)
  assert.is(told.body.code, 'project_not_listed')
  assert.ok((await holdings()).some((one) => one.block.start === block.start))
  const [listed] = PROJECTS
  await api.send('POST', '/v1/operator/projects', {
    key: stack.keys.operatorToken,
    body: { projects: [{ ...listed, reference: '4711' }] },
  })
  assert.is((await place({ blocks: [block] })).status, 201)
})

placing('temporary units that have expired are refused and stay free', async () => {
  const block = await issue(stack, { account, quantity: 10, unitType: 6, period: 1, vintage: 2010 })
  const told = await place({ blocks: [block] })
  assert.is(told.status, 409)
  assert.is(told.body.code, 'units_expired')
  assert.ok((await holdings()).some((one) => one.block.start === block.start))
})

placing('the same key and request again is the same offer', async () => {
  const block = await issue(stack, { account, quantity: 10 })
  const idempotencyKey = randomUUID()
  const first = await place({ blocks: [block] }, idempotencyKey)
  const again = await place({ blocks: [block] }, idempotencyKey)
  assert.is(again.status, 201)
  assert.equal(again.body, first.body)
  const other = await place({ blocks: [block], price_minor: 301 }, idempotencyKey)
  assert.is(other.status, 409)
  assert.is(other.body.code, 'idempotency_key_reused')
})

placing('the same key many times at once is one offer, and the market goes on', async () => {
  const before = await epoch()
  const block = await issue(stack, { account, quantity: 10 })
  const idempotencyKey = randomUUID()
  const told = await Promise.all(
    Array.from({ length: 8 }, () => place({ blocks: [block] }, idempotencyKey)),
  )
  assert.is(new Set(told.map((one) => one.body.id)).size, 1)
  assert.ok(told.every((one) => one.status === 201))
  assert.is(await epoch(), before)
})

placing('two sellers may use the same key', async () => {
  const idempotencyKey = randomUUID()
  const mine = await issue(stack, { account, quantity: 10 })
  assert.is((await place({ blocks: [mine] }, idempotencyKey)).status, 201)
  const [, other] = market.sellers
  const theirs = await issue(stack, { account: other?.account ?? '', quantity: 10 })
  const told = await api.send('POST', '/v1/offers', {
    key: other?.key ?? '',
    body: { holding_account: other?.account, blocks: [theirs], price_minor: 300 },
    headers: { 'idempotency-key': idempotencyKey },
  })
  assert.is(told.status, 201)
})

placing('while the registry is silent nothing is offered; the same key then succeeds', async () => {
  const block = await issue(stack, { account, quantity: 10 })
  const idempotencyKey = randomUUID()
  for (const when of ['before', 'after'] as const) {
    await stack.registry.plantFault({ call: 'earmark', action: 'drop', when })
    const before = await api.send<OfferList>('GET', '/v1/offers', { key })
    const told = await place({ blocks: [block] }, idempotencyKey)
    assert.is(told.status, 503, when)
    assert.is(told.body.code, 'registry_unavailable')
    assert.ok(told.headers.get('retry-after'))
    assert.equal((await api.send<OfferList>('GET', '/v1/offers', { key })).body, before.body)
  }
  const { status, body } = await place({ blocks: [block] }, idempotencyKey)
  assert.is(status, 201)
  assert.equal(body.blocks, [block])
})

placing('while the registry is silent holdings cannot be told', async () => {
  await stack.registry.plantFault({ call: 'holdings', action: 'drop', when: 'before' })
  const told = await api.send<ProblemBody>('GET', '/v1/holdings', { key })
  assert.is(told.status, 503)
  assert.is(told.body.code, 'registry_unavailable')
  assert.is((await api.send('GET', '/v1/holdings', { key })).status, 200)
})

placing('a list of offers is answered one by one, and each counts once under its key', async () => {
  const [one, other] = [
    await issue(stack, { account, quantity: 10 }),
    await issue(stack, { account, quantity: 20, project: 1 }),
  ]
  const listed = (block: object, key: string) => ({
    idempotency_key: key,
    holding_account: account,
    blocks: [block],
    price_minor: 300,
  })
  const list = (offers: readonly object[]) =>
    api.send<PlacedOffers>('POST', '/v1/offers/batch', { key, body: { offers } })
  const keys = [randomUUID(), randomUUID(), randomUUID()] as const
  const offers = [listed(one, keys[0]), listed(one, keys[1]), listed(other, keys[2])]
  const { status, body } = await list(offers)
  assert.is(status, 200)
  const [first, taken, second] = body.results
  assert.is(first?.offer?.quantity_tonnes, 10)
  assert.is(taken?.offer, null)
  assert.is(taken?.problem?.code, 'units_not_available')
  assert.equal(taken?.problem?.registry_codes, [9008])
  assert.equal(second?.offer?.blocks, [other])

  const again = await list(offers.toReversed())
  assert.equal(
    again.body.results.map(({ offer }) => offer?.id),
    [second?.offer?.id, undefined, first?.offer?.id],
  )
  const { idempotency_key: _, ...alone } = listed(other, keys[2])
  assert.is((await place(alone, keys[2])).body.id, second?.offer?.id)
  const tooMany = Array.from({ length: 51 }, () => listed(one, keys[0]))
  const refused = await api.send<ProblemBody>('POST', '/v1/offers/batch', {
    key,
    body: { offers: tooMany },
  })
  assert.is(refused.body.code, 'invalid_request')
})

placing.run()
