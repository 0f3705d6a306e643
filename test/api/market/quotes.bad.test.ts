import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { cleanUp } from '../../support/clean-up.ts'
import { openMarket } from '../../support/market.ts'
import { PAGE_KEY, startStack } from '../../support/stack.ts'
import { type Declared, declared, type ProblemBody } from '../http/declared.ts'

const bad = suite('quotes that cannot be read')
const keep = cleanUp(bad)

let api: Declared

bad.before(async () => {
  const stack = keep(await startStack())
  await openMarket(stack, [
    { seller: 0, quantity: 1_000_000, priceMinor: 60 },
    { seller: 0, quantity: 1_000_000, priceMinor: 60 },
  ])
  api = await declared(stack.url)
})

const refusal = async (body: unknown) => {
  const told = await api.send<ProblemBody>('POST', '/v1/quotes', { key: PAGE_KEY, body })
  assert.ok(told.status >= 400, `${JSON.stringify(body)}: ${told.text}`)
  return told.body
}

bad('a quantity is a whole number of tonnes from 1 to 1,000,000', async () => {
  for (const quantity_tonnes of [
    ...[0, -1, 0.5, 1.000001, 1_000_001, 1e15, 1e300, -0.1, 2 ** 53],
    ...['5', '', 'five', true, [], [5], {}],
  ]) {
    const told = await refusal({ quantity_tonnes })
    assert.is(told.code, 'invalid_quantity', JSON.stringify(quantity_tonnes))
    assert.is(told.status, 400)
    assert.is(told.errors?.[0]?.path, 'quantity_tonnes')
  }
  for (const raw of ['{"quantity_tonnes":null}', '{"quantity_tonnes":1e999}']) {
    const told = await api.send<ProblemBody>('POST', '/v1/quotes', { key: PAGE_KEY, raw })
    assert.is(told.body.code, 'invalid_quantity', raw)
  }
})

bad('a whole number may be written with a point', async () => {
  const raw = '{"quantity_tonnes":5.0}'
  assert.is((await api.send('POST', '/v1/quotes', { key: PAGE_KEY, raw })).status, 200)
})

bad('a budget is a whole number of cents', async () => {
  for (const budget_minor of [0, -5, 99.5, 100_000_000_001, 1e300, '100', true, []]) {
    const told = await refusal({ budget_minor })
    assert.is(told.code, 'invalid_request', JSON.stringify(budget_minor))
    assert.is(told.errors?.[0]?.path, 'budget_minor')
  }
})

bad('either a quantity or a budget, not both and not neither', async () => {
  assert.is((await refusal({})).code, 'invalid_request')
  assert.is((await refusal({ quantity_tonnes: 5, budget_minor: 500 })).code, 'invalid_request')
  assert.is((await refusal({ filter: { host: ['CR'] } })).code, 'invalid_request')
})

bad('a price limit is a whole number of cents, 1 or more', async () => {
  for (const max_price_minor of [0, -1, 1.5, 1_000_000_001, '300', null]) {
    const told = await refusal({ quantity_tonnes: 5, max_price_minor })
    assert.is(told.code, 'invalid_request', JSON.stringify(max_price_minor))
  }
})

bad('a field that nobody knows is refused, not passed over', async () => {
  const fields = ['quantity', 'price', 'seller', '__proto__', 'constructor', 'toString']
  for (const field of fields) {
    const raw = `{"quantity_tonnes":5,"${field}":1}`
    const told = await api.send<ProblemBody>('POST', '/v1/quotes', { key: PAGE_KEY, raw })
    assert.is(told.status, 400, field)
    assert.is(told.body.code, 'invalid_request')
  }
})

bad('a filter that names what does not exist is refused', async () => {
  for (const filter of [
    { colour: ['green'] },
    { project: ['9999'] },
    { project: ['37'] },
    { project: ['0037', '9999'] },
    { project: [37] },
    { project: '0037' },
    { host: ['cr'] },
    { host: ['CRI'] },
    { host: ['XX'] },
    { technology: ['cold fusion'] },
    { technology: ['Hydro'] },
    { scope: [0] },
    { scope: [16] },
    { scope: ['1'] },
    { unit_type: ['ERU'] },
    { vintage: { from: 2015, to: 2014 } },
    { vintage: { from: 1999, to: 2014 } },
    { vintage: { from: 2014, to: 2021 } },
    { vintage: { from: 2014 } },
    { vintage: 2014 },
    { vintage: [2014, 2015] },
    { host: Array.from({ length: 101 }, () => 'CR') },
    { not: { colour: ['green'] } },
    { not: { project: ['9999'] } },
    { not: { technology: ['cold fusion'] } },
    { not: { vintage: { from: 2015, to: 2014 } } },
    { not: { not: { host: ['CR'] } } },
    { not: ['CR'] },
    { not: null },
    [],
    null,
    'CR',
  ]) {
    const told = await refusal({ quantity_tonnes: 5, filter })
    assert.is(told.code, 'unknown_filter', JSON.stringify(filter))
    assert.is(told.status, 400)
    assert.ok(told.errors?.[0]?.path.startsWith('filter'))
  }
})

bad('a budget beyond what one order may ask for buys as much as one order may', async () => {
  const { status, body } = await api.send<{
    quantity_tonnes: number
    next_tonne_total_minor: number | null
  }>('POST', '/v1/quotes', { key: PAGE_KEY, body: { budget_minor: 100_000_000_000 } })
  assert.is(status, 200)
  assert.is(body.quantity_tonnes, 1_000_000)
  assert.is(body.next_tonne_total_minor, null)
})

bad('the most that one order may ask for can be quoted', async () => {
  const { status, body } = await api.send<{ quantity_tonnes: number; fills: unknown[] }>(
    'POST',
    '/v1/quotes',
    { key: PAGE_KEY, body: { quantity_tonnes: 1_000_000 } },
  )
  assert.is(status, 200)
  assert.is(body.quantity_tonnes, 1_000_000)
})

bad.run()
