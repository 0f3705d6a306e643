/** The same queries on a small and on a big book of one shape, in turn. */
import { type Book, createBook, isRejected, type Query } from '@offset-button/engine'
import { Random } from '../../support/random.ts'
import { type Loop, Stopwatch } from '../../support/stopwatch.ts'
import { answerWith } from '../../support/worker.ts'
import { unexpected } from '../workload/answers.ts'
import { NOT_LARGE_HYDRO } from '../workload/filters.ts'
import { makeInstruments } from '../workload/instruments.ts'
import { casesOf, type GrowthCase } from './growth-case.ts'
import { offersOf, openBook, type Shape } from './shape.ts'

export interface GrowthRequest {
  readonly shape: Shape
  /** Offers in each of the books. */
  readonly sizes: readonly number[]
  readonly repetitions: number
  readonly capMilliseconds: number
}
const GROWTH_PHASES = ['quote', 'reserve and release'] as const
/** What one phase of one case took on each book: nanoseconds each, by repetition. */
export interface GrowthTimes {
  readonly name: string
  readonly phase: (typeof GROWTH_PHASES)[number]
  readonly isJudged: boolean
  readonly nanosecondsEach: readonly number[][]
  /** The first of them, after other filters were asked for: it pays for what the book has to build again. */
  readonly firstNanoseconds: readonly number[][]
}

const QUOTES = 5000
const RESERVES = 2500
/** Asked before the clock starts: enough for every filter of a mix to come. */
const UNCLOCKED = 512
/** For so long at most: what a book keeps ready for each filter is caught up meanwhile. */
const UNCLOCKED_MS = 5000
const EXPIRES_AT = 1_800_000_000_000

answerWith(({ shape, sizes, repetitions, capMilliseconds }: GrowthRequest) => {
  const instruments = makeInstruments(shape.instruments, new Random(shape.instruments))
  const books = sizes.map((size) => {
    const offers = offersOf(shape, size, instruments)
    return { offers, book: openBook(shape, offers) }
  })
  const firsts = shape.arrangement === 'behind' ? firstsOf(books.map(({ book }) => book)) : []
  const cases = casesOf(shape, books)
  const times = (cases[0] ?? []).flatMap(({ name, isRefused, isJudged }) =>
    (isRefused ? GROWTH_PHASES.slice(0, 1) : GROWTH_PHASES).map((phase) => ({
      name,
      phase,
      isJudged,
      nanosecondsEach: books.map((): number[] => []),
      firstNanoseconds: books.map((): number[] => []),
    })),
  )
  // The first repetition warms the code and is not counted.
  for (let repetition = -1; repetition < repetitions; repetition++) {
    for (const { name, phase, nanosecondsEach, firstNanoseconds } of times) {
      for (const [at, { book }] of books.entries()) {
        const asked = cases[at]?.find((each) => each.name === name)
        if (!asked) continue
        const { first, each } = measure(book, asked, phase, capMilliseconds)
        if (repetition < 0) continue
        nanosecondsEach[at]?.push(each)
        firstNanoseconds[at]?.push(first)
      }
    }
  }
  return [...times, ...firsts]
})

/** The first query ever of a book: after it was filled, and after it was restored. All queues have to be put in order for it. */
function firstsOf(books: readonly Book[]): readonly GrowthTimes[] {
  const query: Query = { quantityTonnes: 1, allOrNone: false, filter: NOT_LARGE_HYDRO }
  const first = (name: string, among: readonly Book[]): GrowthTimes => {
    const nanoseconds = among.map((book) => {
      const clock = new Stopwatch(Number.POSITIVE_INFINITY)
      clock.run(0, 1, () => quoteAll(book, [query], false, 0, 1))
      return [clock.nanoseconds]
    })
    const asked = { name: `wide filter, ${name}`, phase: 'quote', isJudged: false } as const
    return { ...asked, nanosecondsEach: nanoseconds, firstNanoseconds: nanoseconds }
  }
  return [
    first('the first ever', books),
    first(
      'the first after a restore',
      books.map((book) => createBook({}, book.state())),
    ),
  ]
}

/** The first operation by itself, after all that was asked before; then some unclocked; then as many as fit. */
function measure(
  book: Book,
  { queries, isRefused }: GrowthCase,
  phase: GrowthTimes['phase'],
  capMilliseconds: number,
): { readonly first: number; readonly each: number } {
  const loop: Loop =
    phase === 'quote'
      ? (from, to) => quoteAll(book, queries, isRefused, from, to)
      : (from, to) => reserveAndRelease(book, queries, from, to)
  const first = new Stopwatch(Number.POSITIVE_INFINITY)
  first.run(0, 1, loop)
  const unclocked = new Stopwatch(UNCLOCKED_MS)
  const next = unclocked.run(1, UNCLOCKED, loop)
  const clock = new Stopwatch(capMilliseconds)
  clock.run(next, next + (phase === 'quote' ? QUOTES : RESERVES), loop)
  return { first: first.nanoseconds, each: clock.each }
}

function quoteAll(
  book: Book,
  queries: readonly Query[],
  isRefused: boolean,
  from: number,
  to: number,
): void {
  for (let at = from; at < to; at++) {
    const quote = book.quote(queries[at % queries.length] as Query)
    if (isRejected(quote) !== isRefused) throw unexpected(quote)
  }
}

/** Each order is released before the next is reserved. */
function reserveAndRelease(book: Book, queries: readonly Query[], from: number, to: number): void {
  for (let at = from; at < to; at++) {
    const query = queries[at % queries.length] as Query
    const event = book.apply({ kind: 'Reserve', query, expiresAt: EXPIRES_AT })
    if (event.kind !== 'Reserved') throw unexpected(event)
    for (const { reservation } of event.fills) {
      const end = book.apply({ kind: 'ReleaseReservation', reservation })
      if (end.kind !== 'ReservationReleased') throw unexpected(end)
    }
  }
}
