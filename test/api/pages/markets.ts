import { type Market, market, type ProjectList, projectList } from '@offset-button/contract'

/** A demo market with 20 prices; numbers are invented. */
export const MARKET: Market = market.parse({
  id: 'usd',
  currency: 'USD',
  state: 'open',
  test: true,
  demo: true,
  sequence: 4711,
  available_tonnes: 420_000,
  offers: 1040,
  projects: 52,
  best_price_minor: 260,
  depth: Array.from({ length: 20 }, (_, index) => ({
    price_minor: 260 + 15 * index + (index % 3),
    quantity_tonnes: 3000 + ((index * 7919) % 36_000),
    offers: 52,
  })),
  facets: {
    host: ['ZA', 'KE', 'CN', 'IN', 'UG', 'CR', 'BR', 'CL', 'LA'].map((value, index) => ({
      value,
      available_tonnes: 148_220 - 15_000 * index,
      projects: 9 - index,
    })),
    technology: (['hydro', 'wind', 'solar', 'biomass', 'not_stated'] as const).map(
      (value, index) => ({ value, available_tonnes: 90_000 - 9000 * index, projects: 7 }),
    ),
    vintage: Array.from({ length: 16 }, (_, index) => ({
      value: 2005 + index,
      available_tonnes: 5000 + ((index * 5171) % 30_000),
    })),
    unit_type: [{ value: 'CER', available_tonnes: 420_000 }],
  },
  registries: [
    {
      id: 'cdm',
      name: 'CDM registry',
      simulated: true,
      state: 'open',
      closes_at: '2026-12-31T23:59:59.000Z',
      closes_at_reported: true,
    },
  ],
  payment: { publishable_key: 'pk_test_1', script_url: 'https://pay.example/v3.js' },
  fees: {
    platform_basis_points: 500,
    processing_basis_points: 290,
    processing_fixed_minor: 30,
  },
})

const TITLES = [
  'Durban Landfill-Gas Bisasar Road',
  "Jbel Sendouq-Khalladi ('Khalladi') wind farm project in Morocco",
  'PT Navigat Organic Energy Indonesia Integrated Solid Waste Management (GALFAD) Project in Bali Indonesia',
  'Olkaria IV Geothermal Project',
  '<img src=x onerror=alert(1)>',
]

export const PROJECTS: ProjectList = projectList.parse({
  projects: Array.from({ length: 25 }, (_, index) => ({
    reference: String(1900 + index),
    title: TITLES[index % TITLES.length],
    host: ['ZA', 'MA', 'ID', 'KE', 'CR'][index % 5],
    technology: ['not_stated', 'wind', 'biomass', 'geothermal', 'hydro'][index % 5],
    scope: index % 5 === 0 ? null : 1,
    scope_derived: index % 5 !== 0,
    available_tonnes: 1850 + index * 900,
    offers: 3,
    best_price_minor: 260 + index * 5,
    vintages: [2013, 2014, 2016],
  })),
  total: 52,
  next_offset: 25,
})

export const EMPTY: Market = market.parse({
  ...MARKET,
  available_tonnes: 0,
  offers: 0,
  projects: 0,
  best_price_minor: null,
  depth: [],
  facets: { host: [], technology: [], vintage: [], unit_type: [] },
})

export const NO_PROJECTS: ProjectList = { projects: [], total: 0, next_offset: null }
