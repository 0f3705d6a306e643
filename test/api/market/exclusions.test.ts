import type { Filter, Market, Order, ProjectList, Quote } from '@offset-button/contract'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { cleanUp } from '../../support/clean-up.ts'
import { openMarket, orderBody, placeOrder, readOrder } from '../../support/market.ts'
import { PAGE_KEY, startStack } from '../../support/stack.ts'
import { type Declared, declared, type ProblemBody } from '../http/declared.ts'

const exclusions = suite('what a filter leaves out')
const keep = cleanUp(exclusions)

let stack: Awaited<ReturnType<typeof startStack>>
let api: Declared

exclusions.before(async () => {
  stack = keep(await startStack())
  await openMarket(stack, [
    { seller: 0, quantity: 500, priceMinor: 300 },
    { seller: 1, quantity: 300, priceMinor: 310, project: 1, vintage: 2010 },
    { seller: 1, quantity: 200, priceMinor: 320, project: 2, vintage: 2018 },
    { seller: 2, quantity: 100, priceMinor: 330, project: 3, vintage: 2012 },
  ])
  api = await declared(stack.url)
})

const quoteOf = (filter: Filter, quantity_tonnes = 50) =>
  api.send<Quote & ProblemBody>('POST', '/v1/quotes', {
    key: PAGE_KEY,
    body: { quantity_tonnes, filter },
  })
const read = async (query: string) =>
  (await api.send<Market>('GET', `/v1/market${query}`, { key: PAGE_KEY })).body
const references = (quote: Quote) => quote.fills.map((fill) => fill.project.reference)

exclusions('a quote takes the best of what is not left out', async () => {
  for (const [not, taken] of [
    [{ host: ['CR'] }, '0075'],
    [{ host: ['CR', 'IN'] }, '0089'],
    [{ host: ['CR'], technology: ['biomass'] }, '0089'],
    [{ project: ['0037'], vintage: { from: 2005, to: 2010 } }, '0089'],
    [{ vintage: { from: 2013, to: 2020 } }, '0075'],
    [{ vintage: { from: 2014, to: 2014 }, scope: [1] }, 'nothing_available'],
    [{ unit_type: ['tCER', 'lCER'] }, '0037'],
    [{ unit_type: ['CER'] }, 'nothing_available'],
    [{ host: [] }, '0037'],
    [{}, '0037'],
  ] satisfies [Filter['not'], string][]) {
    const { body } = await quoteOf({ not })
    assert.equal(body.code ?? references(body)[0], taken, JSON.stringify(not))
  }
})

exclusions('what is named and left out is left out', async () => {
  const { body } = await quoteOf({ host: ['IN'], not: { technology: ['biomass'] } })
  assert.equal(references(body), ['0112'])
  const none = await quoteOf({ host: ['IN'], not: { host: ['IN'] } })
  assert.is(none.body.code, 'nothing_available')
})

exclusions('where too little is left, the refusal counts without what is left out', async () => {
  const { status, body } = await quoteOf({ not: { host: ['CR', 'FJ'] } }, 401)
  assert.is(status, 409)
  assert.equal([body.code, body.available_tonnes], ['not_enough_available', 400])
})

exclusions('an order takes nothing that is left out, and tells its filter', async () => {
  const filter: Filter = { not: { host: ['CR'], vintage: { from: 2010, to: 2010 } } }
  const { status, body } = await placeOrder(stack, orderBody(250, 10_000_000, filter))
  assert.is(status, 201)
  assert.equal(body.filter, filter)
  const order: Order = await readOrder(stack, body.id)
  assert.equal(
    order.fills.map((fill) => [fill.project.reference, fill.quantity_tonnes]),
    [
      ['0089', 200],
      ['0112', 50],
    ],
  )
  await api.send('POST', `/v1/orders/${body.id}/stop`, { key: PAGE_KEY })
})

exclusions(
  'of orders at once for the same tonnes, the refused ones learn what is left',
  async () => {
    const filter: Filter = { not: { host: ['CR'] } }
    const told = await Promise.all(
      Array.from({ length: 6 }, () => placeOrder(stack, orderBody(400, 10_000_000, filter))),
    )
    const refused = told.filter((one) => one.status !== 201)
    assert.is(refused.length, 5)
    for (const { status, body } of refused) {
      const { code, available_tonnes } = body as unknown as ProblemBody
      assert.equal([status, code, available_tonnes], [409, 'not_enough_available', 200])
    }
    const placed = told.find((one) => one.status === 201)
    await api.send('POST', `/v1/orders/${placed?.body.id}/stop`, { key: PAGE_KEY })
  },
)

exclusions('a query string leaves out by the same names with not_ before them', async () => {
  assert.is((await read('?not_host=CR')).available_tonnes, 600)
  assert.is((await read('?not_technology=hydro,biomass')).available_tonnes, 600)
  assert.is((await read('?host=IN&not_project=0112')).available_tonnes, 300)
  assert.is((await read('?not_scope=1')).available_tonnes, 500)
  assert.is((await read('?not_unit_type=CER')).available_tonnes, 0)
  assert.is((await read('?not_vintage_from=2012')).available_tonnes, 300)
  assert.is((await read('?not_vintage_from=2011&not_vintage_to=2014')).available_tonnes, 500)
  assert.is((await read('?not_host=')).available_tonnes, 1_100)
  const { body } = await api.send<ProjectList>('GET', '/v1/projects?not_host=CR,FJ', {
    key: PAGE_KEY,
  })
  assert.equal(
    body.projects.map((project) => project.reference),
    ['0075', '0112'],
  )
  for (const query of ['not_host=cr', 'not_project=9999', 'not_scope=0', 'not_vintage_to=1999']) {
    const told = await api.send<ProblemBody>('GET', `/v1/market?${query}`, { key: PAGE_KEY })
    assert.equal([told.status, told.body.code], [400, 'unknown_filter'], query)
  }
})

exclusions('a facet ignores what is left out of its own attribute, and of no other', async () => {
  const { facets } = await read('?not_host=CR&not_technology=hydro')
  assert.equal(
    facets.host.map((facet) => [facet.value, facet.available_tonnes]),
    [
      ['CR', 500],
      ['IN', 400],
    ],
  )
  assert.equal(
    facets.technology.map((facet) => [facet.value, facet.available_tonnes]),
    [
      ['biomass', 300],
      ['hydro', 200],
      ['wind', 100],
    ],
  )
  assert.equal(
    facets.vintage.map((facet) => [facet.value, facet.available_tonnes]),
    [
      [2010, 300],
      [2012, 100],
    ],
  )
})

exclusions('the market page says what its address leaves out', async () => {
  const page = await fetch(`${stack.url}/?not_technology=hydro&host=FJ,IN`)
  assert.is(page.status, 200)
  const text = await page.text()
  assert.match(text, 'Only not technology hydro.')
  assert.match(text, 'name="not_technology" value="hydro"')
  assert.ok(text.includes('0075') && !text.includes('0089'))
})

exclusions.run()
