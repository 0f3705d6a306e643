import type { Filter, Offer, Quote, QuoteRequest } from '@offset-button/contract'
import { TECHNOLOGIES } from '@offset-button/contract'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { amountsOf, DEFAULT_FEES, isTooSmall } from '../../../api/market/fees.ts'
import { cleanUp } from '../../support/clean-up.ts'
import { openMarket, type TestMarket } from '../../support/market.ts'
import { PAGE_KEY, startStack } from '../../support/stack.ts'
import { type Declared, declared, type ProblemBody } from '../http/declared.ts'

const quotes = suite('quotes')
const keep = cleanUp(quotes)

let api: Declared
let market: TestMarket

quotes.before(async () => {
  const stack = keep(await startStack())
  market = await openMarket(stack, [
    { seller: 0, quantity: 5_000, priceMinor: 378 },
    { seller: 1, quantity: 872, priceMinor: 308 },
    { seller: 0, quantity: 300, priceMinor: 500, project: 1, vintage: 2010 },
    { seller: 1, quantity: 200, priceMinor: 450, project: 2, vintage: 2018 },
    { seller: 2, quantity: 100, priceMinor: 450, project: 3, vintage: 2012 },
    { seller: 2, quantity: 7, priceMinor: 1, project: 2, vintage: 2020 },
    { seller: 2, quantity: 90, priceMinor: 20, project: 3, vintage: 2019 },
  ])
  api = await declared(stack.url)
})

const ask = (body: QuoteRequest) =>
  api.send<Quote & ProblemBody>('POST', '/v1/quotes', { key: PAGE_KEY, body })
const withoutCents: Pick<Filter, 'vintage'> = { vintage: { from: 2000, to: 2018 } }

quotes('1,000 t sweep 872 t at 3.08 and 128 t at 3.78, and cost 3,169.60', async () => {
  const { status, body } = await ask({ quantity_tonnes: 1_000, filter: { host: ['CR'] } })
  assert.is(status, 200)
  assert.equal(
    body.fills.map((fill) => [fill.quantity_tonnes, fill.price_minor, fill.cost_minor]),
    [
      [872, 308, 268_576],
      [128, 378, 48_384],
    ],
  )
  assert.equal(body.amounts, {
    currency: 'USD',
    projects_minor: 316_960,
    platform_fee_minor: 9_509,
    processing_fee_minor: 9_781,
    total_minor: 336_250,
  })
  const next = amountsOf(316_960n + 378n, DEFAULT_FEES)
  assert.is(body.next_tonne_total_minor, next.totalMinor)
})

quotes('at one price the earlier offer fills first', async () => {
  const { body } = await ask({
    quantity_tonnes: 250,
    filter: { host: ['FJ', 'IN'], ...withoutCents },
  })
  assert.equal(
    body.fills.map((fill) => [fill.project.host, fill.quantity_tonnes]),
    [
      ['FJ', 200],
      ['IN', 50],
    ],
  )
  assert.equal(body.fills[0]?.seller, 'Demo seller 2')
})

quotes('asking again changes nothing: a quote holds nothing', async () => {
  const one = await ask({ quantity_tonnes: 6_000 })
  const other = await ask({ quantity_tonnes: 6_000 })
  assert.is(one.status, 200)
  assert.equal(one.body, other.body)
})

quotes('the price limit is inclusive', async () => {
  const within = await ask({ quantity_tonnes: 872, filter: withoutCents, max_price_minor: 308 })
  assert.is(within.status, 200)
  assert.is(within.body.next_tonne_total_minor, null)
  const below = await ask({ quantity_tonnes: 872, filter: withoutCents, max_price_minor: 307 })
  assert.is(below.status, 409)
  assert.is(below.body.code, 'nothing_available')
  assert.is(below.body.available_tonnes, 0)
})

quotes(
  'where fewer tonnes are left, the refusal says how many, and so many can be had',
  async () => {
    const filter: Filter = { host: ['IN'], ...withoutCents }
    const refused = await ask({ quantity_tonnes: 401, filter })
    assert.is(refused.status, 409)
    assert.is(refused.body.code, 'not_enough_available')
    assert.is(refused.body.available_tonnes, 400)
    assert.is((await ask({ quantity_tonnes: 400, filter })).status, 200)
  },
)

quotes(
  'below the least amount the refusal names the least quantity, which then can be had',
  async () => {
    for (const filter of [{}, { project: ['0112'] }, { vintage: { from: 2019, to: 2020 } }]) {
      const refused = await ask({ quantity_tonnes: 1, filter })
      assert.is(refused.status, 409)
      assert.is(refused.body.code, 'amount_too_small')
      const least = refused.body.minimum_tonnes ?? 0
      assert.ok(least > 1)
      assert.is((await ask({ quantity_tonnes: least, filter })).status, 200)
      const before = await ask({ quantity_tonnes: least - 1, filter })
      assert.is(before.body.minimum_tonnes, least)
    }
  },
)

quotes('where no quantity is large enough, none is named', async () => {
  const { status, body } = await ask({
    quantity_tonnes: 5,
    filter: { vintage: { from: 2020, to: 2020 } },
  })
  assert.is(status, 409)
  assert.is(body.code, 'amount_too_small')
  assert.is(body.minimum_tonnes, undefined)
})

quotes('an empty list matches nothing', async () => {
  for (const name of ['project', 'host', 'technology', 'scope', 'unit_type']) {
    const { body } = await ask({ quantity_tonnes: 10, filter: { [name]: [] } })
    assert.is(body.code, 'nothing_available', name)
  }
})

quotes('a budget pays for fees and all, to the last tonne that it covers', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 500, max: 3_000_000 }), async (budget) => {
      const { status, body } = await ask({ budget_minor: budget, filter: withoutCents })
      assert.is(status, 200)
      assert.ok(body.amounts.total_minor <= budget)
      const next = body.next_tonne_total_minor
      assert.ok(next === null || next > budget, `${next} would fit into ${budget}`)
      if (next === null) assert.is(body.quantity_tonnes, 6_472)
      const same = await ask({ quantity_tonnes: body.quantity_tonnes, filter: withoutCents })
      assert.equal(same.body, body)
    }),
    { numRuns: 15 },
  )
})

quotes('the total of a quote, as a budget, buys the same', async () => {
  const { body } = await ask({ quantity_tonnes: 1_234, filter: withoutCents })
  const again = await ask({ budget_minor: body.amounts.total_minor, filter: withoutCents })
  assert.equal(again.body, body)
  const less = await ask({ budget_minor: body.amounts.total_minor - 1, filter: withoutCents })
  assert.is(less.body.quantity_tonnes, 1_233)
})

quotes('a budget that buys no sensible quantity names the least one', async () => {
  for (const budget of [1, 29, 30, 31, 50, 100, 340]) {
    const { status, body } = await ask({ budget_minor: budget, filter: { host: ['CR'] } })
    assert.is(status, 409)
    assert.is(body.code, 'amount_too_small', String(budget))
    assert.is(body.minimum_tonnes, 1)
  }
})

const some = <T>(values: readonly T[]) =>
  fc.uniqueArray(fc.constantFrom(...values), { maxLength: 3 })
const anySelection = fc.record(
  {
    project: some(['0037', '0075', '0089', '0112']),
    host: some(['CR', 'IN', 'FJ', 'KE']),
    technology: some(TECHNOLOGIES),
    scope: some([1, 13, 15]),
    unit_type: some(['CER', 'tCER'] as const),
    vintage: fc
      .tuple(fc.integer({ min: 2000, max: 2020 }), fc.integer({ min: 0, max: 20 }))
      .map(([from, years]) => ({ from, to: Math.min(2020, from + years) })),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<Omit<Filter, 'not'>>
const anyFilter: fc.Arbitrary<Filter> = fc.oneof(
  anySelection,
  fc.tuple(anySelection, anySelection).map(([selection, not]) => ({ ...selection, not })),
)

quotes('any filter takes what a plain reading of the offers takes', async () => {
  await fc.assert(
    fc.asyncProperty(
      anyFilter,
      fc.integer({ min: 1, max: 1_500 }),
      fc.option(fc.constantFrom(1, 307, 308, 378, 449, 450, 500), { nil: undefined }),
      async (filter, quantity, limit) => {
        const request = {
          quantity_tonnes: quantity,
          filter,
          ...(limit && { max_price_minor: limit }),
        }
        const { body } = await ask(request)
        const wanted = plainly(market.offers, filter, quantity, limit ?? Infinity)
        const told =
          body.code ?? body.fills.map((fill) => [fill.project.reference, fill.quantity_tonnes])
        assert.equal(told, wanted, JSON.stringify(request))
      },
    ),
    { numRuns: 100 },
  )
})

quotes.run()

/** The code of the refusal, or the fills: a second, slow reading of the rules. */
function plainly(offers: readonly Offer[], filter: Filter, quantity: number, limit: number) {
  const isIn = <T>(list: readonly T[] | undefined, value: T) => !list || list.includes(value)
  const open = offers
    .filter(
      ({ project, unit_type, vintage, price_minor }) =>
        price_minor <= limit &&
        isIn(filter.project, project.reference) &&
        isIn(filter.host, project.host) &&
        isIn(filter.technology, project.technology) &&
        (!filter.scope || filter.scope.includes(project.scope ?? -1)) &&
        isIn(filter.unit_type, unit_type) &&
        (!filter.vintage || (filter.vintage.from <= vintage && vintage <= filter.vintage.to)) &&
        !filter.not?.project?.includes(project.reference) &&
        !filter.not?.host?.includes(project.host) &&
        !filter.not?.technology?.includes(project.technology) &&
        !filter.not?.scope?.includes(project.scope ?? -1) &&
        !filter.not?.unit_type?.includes(unit_type) &&
        !(
          filter.not?.vintage &&
          filter.not.vintage.from <= vintage &&
          vintage <= filter.not.vintage.to
        ),
    )
    .toSorted((one, other) => one.price_minor - other.price_minor || one.id - other.id)
  const available = open.reduce((sum, offer) => sum + offer.available_tonnes, 0)
  if (available === 0) return 'nothing_available'
  if (available < quantity) return 'not_enough_available'
  let left = quantity
  const fills = open.flatMap((offer) => {
    const taken = Math.min(left, offer.available_tonnes)
    left -= taken
    return taken > 0 ? [{ offer, taken }] : []
  })
  const cost = fills.reduce((sum, { offer, taken }) => sum + offer.price_minor * taken, 0)
  if (isTooSmall(amountsOf(BigInt(cost), DEFAULT_FEES))) return 'amount_too_small'
  return fills.map(({ offer, taken }) => [offer.project.reference, taken])
}
