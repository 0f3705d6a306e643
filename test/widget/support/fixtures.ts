import type {
  Certificate,
  Explanation,
  Market,
  Order,
  Problem,
  ProblemCode,
  Quote,
} from '@offset-button/contract'
import { PROBLEMS } from '@offset-button/contract'

/** Titles and hosts are of real CDM projects; quantities, prices, years and serials are invented. */
type FakeOffer = {
  readonly project: Quote['fills'][number]['project']
  readonly vintage: number
  readonly price_minor: number
  readonly quantity_tonnes: number
  readonly seller: string
}

const project = (
  reference: string,
  title: string,
  host: string,
  technology: Market['facets']['technology'][number]['value'],
) => ({ reference, title, host, technology, scope: 1, scope_derived: true })

const bugoye = project('3017', 'Bugoye 13.0 MW Run-of-River Hydropower Project', 'UG', 'hydro')
const kathu = project('7531', 'Kathu Grid Connected 100 MW Solar Park South Africa', 'ZA', 'solar')
const olkaria = project('8646', 'Olkaria IV Geothermal Project', 'KE', 'geothermal')
const turkana = project('4513', 'Lake Turkana 310 MW Wind Power Project', 'KE', 'wind')

/** The book that the fake market sells from, cheapest first. */
export const OFFERS: readonly FakeOffer[] = [
  { project: bugoye, vintage: 2014, price_minor: 308, quantity_tonnes: 3, seller: 'Demo seller A' },
  { project: kathu, vintage: 2017, price_minor: 310, quantity_tonnes: 8, seller: 'Demo seller B' },
  {
    project: olkaria,
    vintage: 2016,
    price_minor: 315,
    quantity_tonnes: 400,
    seller: 'Demo seller C',
  },
  {
    project: turkana,
    vintage: 2018,
    price_minor: 320,
    quantity_tonnes: 9_000,
    seller: 'Demo seller D',
  },
]

export type FakeFilter = {
  readonly host?: readonly string[] | undefined
  readonly technology?: readonly string[] | undefined
  readonly vintage?: { readonly from: number; readonly to: number } | undefined
}

const matches = (offer: FakeOffer, filter: FakeFilter, without?: keyof FakeFilter): boolean =>
  (without === 'host' || !filter.host || filter.host.includes(offer.project.host)) &&
  (without === 'technology' ||
    !filter.technology ||
    filter.technology.includes(offer.project.technology)) &&
  (without === 'vintage' ||
    !filter.vintage ||
    (filter.vintage.from <= offer.vintage && offer.vintage <= filter.vintage.to))

const offersIn = (filter: FakeFilter, offers = OFFERS): readonly FakeOffer[] =>
  offers.filter((offer) => matches(offer, filter))

const facet = <K extends keyof FakeFilter, V>(
  key: K,
  filter: FakeFilter,
  value: (offer: FakeOffer) => V,
  offers: readonly FakeOffer[],
) => {
  const tonnes = new Map<V, number>()
  for (const offer of offers)
    if (matches(offer, filter, key))
      tonnes.set(value(offer), (tonnes.get(value(offer)) ?? 0) + offer.quantity_tonnes)
  return [...tonnes].map(([it, available_tonnes]) => ({ value: it, available_tonnes, projects: 1 }))
}

const FEES = {
  platform_basis_points: 300,
  processing_basis_points: 290,
  processing_fixed_minor: 30,
}

const amountsOf = (projects_minor: number): Quote['amounts'] => {
  const platform_fee_minor = Math.round((projects_minor * FEES.platform_basis_points) / 10_000)
  const total_minor = Math.round(
    ((projects_minor + platform_fee_minor + FEES.processing_fixed_minor) * 10_000) /
      (10_000 - FEES.processing_basis_points),
  )
  return {
    currency: 'USD',
    projects_minor,
    platform_fee_minor,
    processing_fee_minor: total_minor - projects_minor - platform_fee_minor,
    total_minor,
  }
}

/** The cheapest `tonnes` in the filter; null where there are fewer. */
export const quoteOf = (
  tonnes: number,
  filter: FakeFilter,
  surchargeMinor = 0,
  offers = OFFERS,
): Quote | null => {
  const fills: Quote['fills'] = []
  let open = tonnes
  for (const offer of offersIn(filter, offers)) {
    const quantity_tonnes = Math.min(open, offer.quantity_tonnes)
    if (quantity_tonnes === 0) continue
    const price_minor = offer.price_minor + surchargeMinor
    const cost_minor = price_minor * quantity_tonnes
    fills.push({
      project: offer.project,
      seller: offer.seller,
      vintage: offer.vintage,
      unit_type: 'CER',
      price_minor,
      quantity_tonnes,
      cost_minor,
    })
    open -= quantity_tonnes
  }
  if (open > 0) return null
  const amounts = amountsOf(fills.reduce((sum, fill) => sum + fill.cost_minor, 0))
  const next = tonnes < 9_000 ? amountsOf(amounts.projects_minor + 320).total_minor : null
  return { quantity_tonnes: tonnes, amounts, fills, next_tonne_total_minor: next, sequence: 7 }
}

/** Why some offers are passed over: those outside the filter. */
export const explanationOf = (filter: FakeFilter): Explanation => {
  const none = { offers: 0, quantity_tonnes: 0 }
  const outside = OFFERS.filter((offer) => !matches(offer, filter))
  return {
    refusal: null,
    quantity_tonnes: 12,
    fills: [],
    passed_over: {
      outside_filter: {
        offers: outside.length,
        quantity_tonnes: outside.reduce((sum, it) => sum + it.quantity_tonnes, 0),
      },
      own_offer: none,
      units_expired: none,
      suspended: none,
      reserved: { offers: 2, quantity_tonnes: 5 },
      exhausted: none,
      withdrawn: none,
    },
    examples: [],
    sequence: 7,
  }
}

export const marketOf = (
  filter: FakeFilter,
  payment: Market['payment'],
  offers = OFFERS,
): Market => {
  const inside = offersIn(filter, offers)
  const technologies = facet('technology', filter, (it) => it.project.technology, offers)
  return {
    id: 'usd',
    currency: 'USD',
    state: 'open',
    test: true,
    demo: true,
    sequence: 7,
    available_tonnes: inside.reduce((sum, it) => sum + it.quantity_tonnes, 0),
    offers: inside.length,
    projects: new Set(inside.map((it) => it.project.reference)).size,
    best_price_minor: inside[0]?.price_minor ?? null,
    depth: inside.map(({ price_minor, quantity_tonnes }) => ({
      price_minor,
      quantity_tonnes,
      offers: 1,
    })),
    facets: {
      host: facet('host', filter, (it) => it.project.host, offers),
      technology: technologies,
      vintage: facet('vintage', filter, (it) => it.vintage, offers).map(
        ({ value, available_tonnes }) => ({ value, available_tonnes }),
      ),
      unit_type: [{ value: 'CER', available_tonnes: 9_411 }],
    },
    registries: [
      {
        id: 'sim-cdm',
        name: 'CDM registry, simulated',
        simulated: true,
        state: 'open',
        closes_at: null,
        closes_at_reported: false,
      },
    ],
    payment,
    fees: FEES,
  }
}

export const problemOf = (code: ProblemCode, more: Partial<Problem> = {}): Problem => {
  const { status, sentence, retryable, remedy } = PROBLEMS[code]
  const type = `https://problems.example/${code}`
  return { type, title: sentence, status, detail: sentence, code, retryable, remedy, ...more }
}

const serial = (host: string, number: number, reference: string) =>
  `${host}-5-${number}-2-2-0-${Number(reference)}`

const blocksOf = (fill: Quote['fills'][number], index: number) => {
  const first = 1_204_417 + index * 1_000_000
  const { host, reference } = fill.project
  return [
    {
      start: serial(host, first, reference),
      end: serial(host, first + fill.quantity_tonnes - 1, reference),
    },
  ]
}

/** An order as it is right after it was placed. */
export const orderOf = (
  id: string,
  quote: Quote,
  request: { beneficiary?: string | undefined; purpose?: string | undefined },
  now: number,
): Order => ({
  id,
  state: 'reserved',
  version: 1,
  reason: null,
  test: true,
  simulated: true,
  quantity_tonnes: quote.quantity_tonnes,
  filter: {},
  amounts: quote.amounts,
  captured_minor: 0,
  refunded_minor: 0,
  beneficiary: request.beneficiary ?? null,
  purpose: request.purpose ?? null,
  hold: { expires_at: new Date(now + 120_000).toISOString(), extended: false },
  payment: {
    status: 'awaiting_card',
    failures: 0,
    last_failure: null,
    client_secret: `${id}_secret`,
  },
  fills: quote.fills.map((fill, index) => ({ ...fill, leg: index + 1, state: 'held' as const })),
  legs: quote.fills.map((fill, index) => ({
    number: index + 1,
    state: 'waiting' as const,
    quantity_tonnes: fill.quantity_tonnes,
    registry: 'sim-cdm',
    transaction: null,
    reference: null,
    blocks: [],
    registry_codes: [],
  })),
  steps: [{ step: 'reserved', at: new Date(now).toISOString() }],
  completed_tonnes: 0,
  certificate: null,
  created_at: new Date(now).toISOString(),
  closed_at: null,
})

export const certificateOf = (order: Order): Certificate => ({
  id: order.certificate?.id ?? 'none',
  url: order.certificate?.url ?? 'http://127.0.0.1/',
  simulated: true,
  demo: true,
  quantity_tonnes: order.completed_tonnes,
  beneficiary: order.beneficiary,
  purpose: order.purpose,
  statement: `${order.completed_tonnes} CERs were cancelled.`,
  registry: 'CDM registry, simulated',
  completed_at: order.closed_at ?? order.created_at,
  issued_at: order.closed_at ?? order.created_at,
  lines: order.fills
    .filter((fill) => fill.state === 'committed')
    .map((fill, index) => ({
      project: fill.project,
      vintage: fill.vintage,
      unit_type: 'CER',
      quantity_tonnes: fill.quantity_tonnes,
      blocks: blocksOf(fill, index),
      original_commitment_period: 2,
      applicable_commitment_period: 2,
      transaction: `CDM${40140 + index}`,
      reference: `VC${118 + index}/2026`,
    })),
  history: order.steps,
})
