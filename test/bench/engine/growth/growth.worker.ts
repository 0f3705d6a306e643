/** The same queries on a small and on a big book of one shape, in turn. */
import { type Book, isRejected, type Query } from '@offset-button/engine'
import { Random } from '../../support/random.ts'
import { Stopwatch } from '../../support/stopwatch.ts'
import { answerWith } from '../../support/worker.ts'
import { unexpected } from '../workload/answers.ts'
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
}

const QUOTES = 10_000
const RESERVES = 5000
const WARM_UP = 10
const EXPIRES_AT = 1_800_000_000_000

answerWith(({ shape, sizes, repetitions, capMilliseconds }: GrowthRequest) => {
  const instruments = makeInstruments(shape.instruments, new Random(shape.instruments))
  const books = sizes.map((size) => {
    const offers = offersOf(shape, size, instruments)
    return { offers, book: openBook(shape, offers) }
  })
  const cases = casesOf(shape, books)
  const times = (cases[0] ?? []).flatMap(({ name, isRefused, isJudged }) =>
    (isRefused ? GROWTH_PHASES.slice(0, 1) : GROWTH_PHASES).map((phase) => ({
      name,
      phase,
      isJudged,
      nanosecondsEach: books.map((): number[] => []),
    })),
  )
  for (let repetition = -1; repetition < repetitions; repetition++) {
    const more = repetition < 0 ? WARM_UP : 1
    for (const { name, phase, nanosecondsEach } of times) {
      for (const [at, { book }] of books.entries()) {
        const asked = cases[at]?.find((each) => each.name === name)
        if (!asked) continue
        const each = measure(book, asked, phase, capMilliseconds * more, more)
        if (repetition >= 0) nanosecondsEach[at]?.push(each)
      }
    }
  }
  return times
})

function measure(
  book: Book,
  { queries, isRefused }: GrowthCase,
  phase: GrowthTimes['phase'],
  capMilliseconds: number,
  more: number,
): number {
  const clock = new Stopwatch(capMilliseconds)
  if (phase === 'quote') {
    clock.run(0, QUOTES * more, (from, to) => quoteAll(book, queries, isRefused, from, to))
  } else {
    clock.run(0, RESERVES * more, (from, to) => reserveAndRelease(book, queries, from, to))
  }
  return clock.each
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
