/** The queries whose cost is compared between a small and a big book. */
import {
  type Book,
  type Filter,
  isRejected,
  type OfferAttributes,
  type Query,
} from '@offset-button/engine'
import { Random } from '../../support/random.ts'
import { makeFilters, NOT_LARGE_HYDRO } from '../workload/filters.ts'
import { matches } from '../workload/matches.ts'
import { makeOrders, type Offers, priceOfLevel } from '../workload/offers.ts'
import { OWN_SELLER, type Shape } from './shape.ts'

/** A book and the offers it was filled with. */
export interface Filled {
  readonly book: Book
  readonly offers: Offers
}

export interface GrowthCase {
  readonly name: string
  /** Asked in their order, again and again. */
  readonly queries: readonly Query[]
  /** True when there is not enough for any of them, and all are refused. */
  readonly isRefused: boolean
  /** Whether the goal of growth is about it. */
  readonly isJudged: boolean
}

const QUERIES = 4096
const FILTERS = 300
const CANDIDATES = 900
/** So much for the others: about three offers. */
const MOST_TONNES = 151
/** Lists of a few projects: as many as come again soon, and more than a book keeps of wide filters. */
const LISTS = 600
const PROJECTS_LISTED = 3
/** An order of one project meets little more than one offer in the small book, and must not meet more in the big one. */
const MOST_TONNES_OF_A_PROJECT = 20

/** The cases of a shape for each of the books, in the same order: the same filters, which all books can serve. */
export function casesOf(
  shape: Shape,
  books: readonly Filled[],
): readonly (readonly GrowthCase[])[] {
  const random = new Random(1)
  const instruments = books[0]?.offers.instruments ?? []
  const buyer = shape.arrangement === 'own' ? { buyer: OWN_SELLER } : {}
  const tonnes = makeOrders(QUERIES, random)
  const filled = (name: string, filters: readonly Filter[], most = MOST_TONNES): GrowthCase => ({
    name,
    isRefused: false,
    isJudged: true,
    queries: [...tonnes].map((quantityTonnes, at) => {
      const filter = filters[at % filters.length]
      const tonnesAtMost = 1 + (quantityTonnes % most)
      return { ...buyer, quantityTonnes: tonnesAtMost, allOrNone: false, ...(filter && { filter }) }
    }),
  })
  const wide = filled('wide filter', [NOT_LARGE_HYDRO])
  if (shape.arrangement === 'behind') return books.map(() => [wide])
  const served = (filters: readonly Filter[], tonnes: number, most: number): readonly Filter[] => {
    const kept: Filter[] = []
    for (const filter of filters) {
      if (kept.length === most) break
      const query: Query = { ...buyer, quantityTonnes: tonnes, allOrNone: true, filter }
      if (books.every(({ book }) => !isRejected(book.quote(query)))) kept.push(filter)
    }
    return kept
  }
  const projects = served(eachProject(instruments, random), MOST_TONNES_OF_A_PROJECT, QUERIES)
  const mix = served(makeFilters(CANDIDATES, instruments, random), MOST_TONNES, FILTERS)
  const lists = served(someProjects(instruments, random), MOST_TONNES, LISTS)
  const cases = [
    filled('unfiltered', []),
    filled('one project', projects, MOST_TONNES_OF_A_PROJECT),
    filled('one of a few projects', lists),
    wide,
    filled('mix of filters', mix),
  ]
  if (shape.arrangement !== 'plain') return books.map(() => cases)
  return books.map(({ offers }) => [...cases, ...refusedCases(offers, projects, mix)])
}

/** Orders of a tonne more than there is, all or none. */
function refusedCases(
  offers: Offers,
  projects: readonly Filter[],
  mix: readonly Filter[],
): readonly GrowthCase[] {
  const tonnes = tonnesByInstrument(offers)
  const beyond = (name: string, filters: readonly Filter[]): GrowthCase => ({
    name: `too much, ${name}`,
    isRefused: true,
    isJudged: true,
    queries: filters.map((filter) => ({
      quantityTonnes: 1 + available(filter, offers.instruments, tonnes),
      allOrNone: true,
      filter,
    })),
  })
  return [
    beyond('unfiltered', [{}]),
    beyond('one project', projects.slice(0, FILTERS)),
    beyond('wide filter', [NOT_LARGE_HYDRO]),
    beyond('mix of filters', mix),
    tooMuchBelowALimit(offers),
  ]
}

/** A tonne more than there is at up to the median price. */
function tooMuchBelowALimit({ priceMinor, quantityTonnes }: Offers): GrowthCase {
  const maxPriceMinor =
    Int32Array.from(priceMinor).sort()[priceMinor.length >> 1] ?? priceOfLevel(0)
  let tonnes = 1
  for (const [at, price] of priceMinor.entries()) {
    if (price <= maxPriceMinor) tonnes += quantityTonnes[at] as number
  }
  const query = { quantityTonnes: tonnes, allOrNone: true, maxPriceMinor }
  return { name: 'too much below a limit', queries: [query], isRefused: true, isJudged: false }
}

function eachProject(instruments: readonly OfferAttributes[], random: Random): readonly Filter[] {
  return [...random.permutation(instruments.length).subarray(0, QUERIES)].map((at) => ({
    project: [instruments[at]?.project ?? 0],
  }))
}

function someProjects(instruments: readonly OfferAttributes[], random: Random): readonly Filter[] {
  return Array.from({ length: QUERIES }, () => ({
    project: Array.from({ length: PROJECTS_LISTED }, () => random.pick(instruments).project),
  }))
}

function tonnesByInstrument(offers: Offers): Float64Array {
  const tonnes = new Float64Array(offers.instruments.length)
  for (const [at, instrument] of offers.instrumentOf.entries()) {
    tonnes[instrument] = (tonnes[instrument] ?? 0) + (offers.quantityTonnes[at] as number)
  }
  return tonnes
}

function available(
  filter: Filter,
  instruments: readonly OfferAttributes[],
  tonnes: Float64Array,
): number {
  let sum = 0
  for (const [at, attributes] of instruments.entries()) {
    if (matches(filter, attributes)) sum += tonnes[at] as number
  }
  return sum
}
