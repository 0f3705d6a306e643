import type { Market, ProjectList, Quote, QuotedMarket } from '@offset-button/contract'
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
import { PAGE_KEY, startStack } from '../../support/stack.ts'
import { type Declared, declared, type ProblemBody } from '../http/declared.ts'

const view = suite('the market')
const keep = cleanUp(view)

let stack: Awaited<ReturnType<typeof startStack>>
let api: Declared
let market: TestMarket

view.before(async () => {
  stack = keep(await startStack())
  market = await openMarket(stack, [
    { seller: 0, quantity: 500, priceMinor: 378 },
    { seller: 1, quantity: 872, priceMinor: 308 },
    { seller: 1, quantity: 100, priceMinor: 378, vintage: 2011 },
    { seller: 0, quantity: 300, priceMinor: 500, project: 1, vintage: 2010 },
    { seller: 1, quantity: 200, priceMinor: 450, project: 2, vintage: 2018 },
    { seller: 2, quantity: 100, priceMinor: 450, project: 3, vintage: 2012 },
  ])
  api = await declared(stack.url)
})

const read = async (query = '') =>
  (await api.send<Market>('GET', `/v1/market${query}`, { key: PAGE_KEY })).body
const list = async (query = '') =>
  (await api.send<ProjectList>('GET', `/v1/projects${query}`, { key: PAGE_KEY })).body
const refusal = async (path: string) => {
  const told = await api.send<ProblemBody>('GET', path, { key: PAGE_KEY })
  assert.is(told.status, 400, path)
  return told.body
}
const sum = (parts: readonly { readonly available_tonnes: number }[]) =>
  parts.reduce((total, part) => total + part.available_tonnes, 0)

view('depth is the sum of the offers, by price', async () => {
  const { available_tonnes, offers, projects, best_price_minor, depth } = await read()
  assert.is(available_tonnes, 2_072)
  assert.is(offers, 6)
  assert.is(projects, 4)
  assert.is(best_price_minor, 308)
  assert.equal(depth, [
    { price_minor: 308, quantity_tonnes: 872, offers: 1 },
    { price_minor: 378, quantity_tonnes: 600, offers: 2 },
    { price_minor: 450, quantity_tonnes: 300, offers: 2 },
    { price_minor: 500, quantity_tonnes: 300, offers: 1 },
  ])
})

view('the market says what it is: a test, a demonstration, simulated', async () => {
  const { test, demo, state, currency, registries, payment } = await read()
  assert.is(test && demo && registries[0]?.simulated, true)
  assert.equal([state, currency, registries[0]?.state], ['open', 'USD', 'open'])
  assert.is(payment.publishable_key, stack.keys.publishableKey)
})

view('a filter narrows the depth; each facet shows what else there is', async () => {
  const { available_tonnes, facets, depth } = await read('?host=IN')
  assert.is(available_tonnes, 400)
  assert.is(
    depth.reduce((total, level) => total + level.quantity_tonnes, 0),
    400,
  )
  assert.equal(facets.host, [
    { value: 'CR', available_tonnes: 1_472, projects: 1 },
    { value: 'FJ', available_tonnes: 200, projects: 1 },
    { value: 'IN', available_tonnes: 400, projects: 2 },
  ])
  assert.equal(facets.technology, [
    { value: 'biomass', available_tonnes: 300, projects: 1 },
    { value: 'wind', available_tonnes: 100, projects: 1 },
  ])
  assert.equal(facets.vintage, [
    { value: 2010, available_tonnes: 300 },
    { value: 2012, available_tonnes: 100 },
  ])
})

view('every facet of the whole market sums to all there is', async () => {
  const { available_tonnes, facets } = await read()
  for (const facet of Object.values(facets)) assert.is(sum(facet), available_tonnes)
})

view('the values of one attribute are joined by or, the attributes by and', async () => {
  assert.is((await read('?host=IN,FJ')).available_tonnes, 600)
  assert.is((await read('?host=IN,FJ&technology=hydro,biomass')).available_tonnes, 500)
  assert.is((await read('?host=IN,FJ&technology=hydro&vintage_to=2017')).available_tonnes, 0)
  assert.is((await read('?vintage_from=2011&vintage_to=2012')).available_tonnes, 200)
  assert.is((await read('?project=0037,0089&vintage_from=2014')).available_tonnes, 1_572)
  assert.is((await read('?scope=1&unit_type=CER')).available_tonnes, 600)
  assert.is((await read('?unit_type=tCER')).available_tonnes, 0)
  assert.is((await read('?host=')).available_tonnes, 2_072)
})

view('projects come cheapest first, and their tonnes sum to the depth', async () => {
  const { projects, total, next_offset } = await list()
  assert.equal(
    projects.map((one) => [one.reference, one.best_price_minor, one.available_tonnes, one.offers]),
    [
      ['0037', 308, 1_472, 3],
      ['0089', 450, 200, 1],
      ['0112', 450, 100, 1],
      ['0075', 500, 300, 1],
    ],
  )
  assert.equal(projects[0]?.vintages, [2011, 2014])
  assert.is(total, 4)
  assert.is(next_offset, null)
})

view('projects are listed page by page, each once', async () => {
  const seen: string[] = []
  let offset: number | null = 0
  while (offset !== null) {
    const page: ProjectList = await list(`?limit=3&offset=${offset}`)
    assert.is(page.total, 4)
    seen.push(...page.projects.map((project) => project.reference))
    offset = page.next_offset
  }
  assert.equal(seen, ['0037', '0089', '0112', '0075'])
  assert.equal((await list('?offset=4')).projects, [])
  assert.equal((await list('?offset=999999')).projects, [])
  assert.is((await list('?host=IN&limit=1')).total, 2)
})

view('a filter in a query that names what does not exist is refused', async () => {
  for (const query of [
    ...['project=9999', 'project=37', 'host=cr', 'host=CR,', 'host=%00', 'technology=coal'],
    ...['scope=0', 'scope=16', 'scope=1.5', 'scope=x', 'scope=1e0', 'unit_type=cer'],
    ...['vintage_from=1999', 'vintage_to=2021', 'vintage_from=2015&vintage_to=2014'],
    ...['vintage_from=abc', 'vintage_from=-1', 'vintage_from=2014.5', 'vintage_from=0x7DE'],
  ]) {
    assert.is((await refusal(`/v1/market?${query}`)).code, 'unknown_filter', query)
    assert.is((await refusal(`/v1/projects?${query}`)).code, 'unknown_filter', query)
  }
})

view('with an amount the market comes with the quote that would be given for it', async () => {
  const quoted = async (query: string, body: object) => {
    const path = `/v1/market?${query}`
    const told = await api.send<QuotedMarket>('GET', path, { key: PAGE_KEY })
    const quote = await api.send<Quote>('POST', '/v1/quotes', { key: PAGE_KEY, body })
    assert.is(quote.status, 200)
    assert.equal(told.body.quote, quote.body)
    const { quote: _, ...rest } = told.body
    return rest
  }
  assert.equal(await quoted('quantity_tonnes=900', { quantity_tonnes: 900 }), await read())
  await quoted('budget_minor=5000', { budget_minor: 5_000 })
  const filter = { vintage: { from: 2018, to: 2020 } }
  assert.equal(
    await quoted('vintage_from=2018&quantity_tonnes=7&max_price_minor=450', {
      filter,
      quantity_tonnes: 7,
      max_price_minor: 450,
    }),
    await read('?vintage_from=2018'),
  )
  assert.not.ok('quote' in (await read()))
})

view('what would be refused has no quote, and the market comes all the same', async () => {
  for (const query of [
    'quantity_tonnes=999999',
    'budget_minor=1',
    'quantity_tonnes=2&max_price_minor=1',
  ]) {
    const path = `/v1/market?${query}`
    const told = await api.send<QuotedMarket>('GET', path, { key: PAGE_KEY })
    assert.is(told.status, 200, query)
    assert.is(told.body.quote, null, query)
  }
})

view('an amount that is none is refused', async () => {
  for (const amount of ['0', '1.5', '-1', '', 'x', '1000001', '9'.repeat(13)])
    assert.is((await refusal(`/v1/market?quantity_tonnes=${amount}`)).code, 'invalid_quantity')
  for (const query of [
    'budget_minor=0',
    'budget_minor=x',
    'max_price_minor=300',
    'quantity_tonnes=1&budget_minor=1',
    'quantity_tonnes=1&quantity_tonnes=2',
    'quantity_tonnes=1&max_price_minor=0',
  ])
    assert.match((await refusal(`/v1/market?${query}`)).code, /^invalid_/, query)
})

view('a parameter that nobody knows, or twice, or out of bounds, is refused', async () => {
  for (const query of ['colour=green', 'host=CR&host=IN', 'hosts=CR']) {
    assert.is((await refusal(`/v1/market?${query}`)).code, 'invalid_request', query)
  }
  for (const query of ['limit=0', 'limit=101', 'limit=-1', 'limit=x', 'limit=', 'offset=-1']) {
    const told = await refusal(`/v1/projects?${query}`)
    assert.is(told.code, 'invalid_request', query)
    assert.is(told.errors?.[0]?.path, query.split('=')[0])
  }
})

view('held tonnes are off the market, and stopped ones back on it', async () => {
  const placed = await placeOrder(stack, orderBody(872, 1_000_000))
  const { body } = await api.send<Market>('GET', '/v1/market', { key: PAGE_KEY })
  assert.is(body.best_price_minor, 378)
  assert.is(body.available_tonnes, 1_200)
  await api.send('POST', `/v1/orders/${placed.body.id}/stop`, { key: PAGE_KEY })
  const after = await read()
  assert.is(after.best_price_minor, 308)
  assert.is(after.available_tonnes, 2_072)
  assert.ok(after.sequence > body.sequence)
})

view('an offer whose units the registry refused is off the market', async () => {
  const [block] = market.offers[1]?.blocks ?? []
  assert.ok(block)
  await stack.registry.refuseAtNextCheck({ code: 4004, block })
  const { body: order } = await placeOrder(stack, orderBody(10, 1_000_000))
  await confirmCard(stack, order)
  await untilOrder(stack, order.id)
  const { best_price_minor, available_tonnes, offers } = await read()
  assert.is(best_price_minor, 378)
  assert.is(offers, 5)
  assert.ok(available_tonnes <= 1_200)
  const { projects } = await list('?project=0037')
  assert.is(projects[0]?.best_price_minor, 378)
})

view.run()
