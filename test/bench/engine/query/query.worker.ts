/** Quotes, and reserves with their releases, on one book of ours. */
import { type Book, createBook, type OfferAttributes } from '@offset-button/engine'
import { Random } from '../../support/random.ts'
import { Stopwatch } from '../../support/stopwatch.ts'
import { answerWith } from '../../support/worker.ts'
import { makeFilters, makeNewFilters } from '../workload/filters.ts'
import { makeInstruments, PROJECTS } from '../workload/instruments.ts'
import { makeOffers, makeOrders, type Offers } from '../workload/offers.ts'
import { placeOffers } from '../workload/place-offers.ts'
import {
  type Ask,
  fillable,
  insideCopyOfOneOf,
  insideOneOf,
  oneProject,
  quoteAll,
  unfiltered,
} from './ask.ts'
import { type Held, reserveAndRelease } from './reserve-and-release.ts'

export interface QueryRequest {
  readonly size: number
  readonly levels: number
  readonly repetitions: number
  readonly capMilliseconds: number
}
/** One phase of one kind of query: the nanoseconds of a quote or an order, in each repetition. */
export interface QueryTimes {
  readonly ask: string
  readonly phase: 'quote' | 'reserve' | 'release'
  readonly nanosecondsEach: number[]
  operations: number
}

const QUOTES = 100_000
const NEW_FILTERS = 1000
const RESERVES = 20_000
/** Orders that hold tonnes at once: one for so many offers. */
const HELD_PART = 100
const FILTERS = 300
const CANDIDATES = 900
/** So many times the cap. */
const WARM_UP = 3
const SURE_TONNES = 151

answerWith(({ size, levels, repetitions, capMilliseconds }: QueryRequest) => {
  const random = new Random(size + levels)
  const instruments = makeInstruments(PROJECTS, random)
  const offers = makeOffers(size, instruments, levels, random)
  const book = createBook()
  placeOffers(book.apply, offers, 0, size, new Int32Array(size))
  const tonnes = makeOrders(QUOTES, random)
  const candidates = makeFilters(CANDIDATES, instruments, random)
  const filters = fillable(book, candidates, SURE_TONNES, FILTERS)
  const asks = [
    unfiltered,
    oneProject(projectsOf(offers, random)),
    insideOneOf(`one of ${FILTERS}`, filters),
  ]
  const copies = insideCopyOfOneOf(`one of ${FILTERS}, in new objects`, filters)
  const times = new Map<string, QueryTimes>()
  for (let repetition = -1; repetition < repetitions; repetition++) {
    // The first repetition warms the code, and what the book builds when it is asked; it is not counted.
    const cap = repetition < 0 ? capMilliseconds * WARM_UP : capMilliseconds
    const quoted = [...asks, copies].map((ask) => measureQuotes(book, ask, tonnes, QUOTES, cap))
    const unknown = neverAsked(instruments, random)
    quoted.push(measureQuotes(book, unknown, tonnes, NEW_FILTERS, cap))
    const reserved = asks.flatMap((ask) => measureReserves(book, ask, tonnes, size, cap, random))
    if (repetition >= 0) for (const found of [...quoted, ...reserved]) note(times, found)
  }
  return [...times.values()]
})

interface Found {
  readonly ask: string
  readonly phase: QueryTimes['phase']
  readonly clock: Stopwatch
}

/** The projects that have an offer, in random order. */
function projectsOf({ instrumentOf, instruments }: Offers, random: Random): Int32Array {
  const offered = new Set(instrumentOf)
  return random
    .permutation(instruments.length)
    .filter((at) => offered.has(at))
    .map((at) => (instruments[at] as OfferAttributes).project)
}

/** New filters: what a book gets ready for a filter that it meets for the first time is paid for in each quote. */
function neverAsked(instruments: readonly OfferAttributes[], random: Random): Ask {
  return insideOneOf('one never asked before', makeNewFilters(NEW_FILTERS, instruments, random))
}

function measureQuotes(
  book: Book,
  ask: Ask,
  tonnes: Int32Array,
  quotes: number,
  capMilliseconds: number,
): Found {
  const clock = new Stopwatch(capMilliseconds)
  clock.run(0, quotes, (from, to) => quoteAll(book, ask, tonnes, from, to))
  return { ask: ask.name, phase: 'quote', clock }
}

function measureReserves(
  book: Book,
  ask: Ask,
  tonnes: Int32Array,
  size: number,
  capMilliseconds: number,
  random: Random,
): readonly Found[] {
  const clocks = {
    reserve: new Stopwatch(capMilliseconds),
    release: new Stopwatch(Number.POSITIVE_INFINITY),
  }
  const held: Held = { orders: 0, empty: 0 }
  while (held.orders < RESERVES && !clocks.reserve.isOver) {
    reserveAndRelease(book, ask, tonnes, Math.ceil(size / HELD_PART), clocks, random, held)
  }
  return [
    { ask: ask.name, phase: 'reserve', clock: clocks.reserve },
    { ask: ask.name, phase: 'release', clock: clocks.release },
  ]
}

function note(times: Map<string, QueryTimes>, { ask, phase, clock }: Found): void {
  const key = `${phase} ${ask}`
  const known = times.get(key) ?? { ask, phase, nanosecondsEach: [], operations: 0 }
  known.nanosecondsEach.push(clock.each)
  known.operations += clock.operations
  times.set(key, known)
}
