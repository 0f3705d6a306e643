/** What a book of one kind takes in memory. Runs with `--expose-gc`. */
import { type Book, createBook, isRejected } from '@offset-button/engine'
import { OrderBook, Side } from 'nodejs-order-book'
import { Random } from '../../support/random.ts'
import { answerWith } from '../../support/worker.ts'
import type { BookName } from '../compare/competitor.ts'
import { TextbookBook } from '../textbook-book.ts'
import { unexpected } from '../workload/answers.ts'
import { makeInstruments, PROJECTS } from '../workload/instruments.ts'
import { makeOffers, type Offers } from '../workload/offers.ts'
import { placeOffers } from '../workload/place-offers.ts'
import { Churn } from './churn.ts'

export interface MemoryRequest {
  readonly competitor: BookName
  readonly size: number
  readonly levels: number
  /** Commands after the filling, for ours. */
  readonly churn: number
}
export interface MemoryAnswer {
  /** Bytes that the book takes once it is filled, and what it needs to be asked has been built. */
  readonly filled: number
  /** For ours: after the churn, and a new book restored from the state after it. */
  readonly churned?: number
  readonly restored?: number
}

const WARM_UP = 10_000
const COLLECTIONS = 4

answerWith(({ competitor, size, levels, churn }: MemoryRequest): MemoryAnswer => {
  const random = new Random(size)
  const instruments = makeInstruments(PROJECTS, random)
  const offers = makeOffers(size, instruments, levels, random)
  const fill = FILLERS[competitor]
  fill(offers, WARM_UP)
  if (competitor === 'ours') return measureOurs(offers, churn, random)
  const before = usedBytes()
  const book = fill(offers, size)
  const filled = usedBytes() - before
  return keep(book, { filled })
})

const FILLERS: Readonly<Record<BookName, (offers: Offers, count: number) => object>> = {
  ours: (offers, count) => {
    const book = createBook()
    placeOffers(book.apply, offers, 0, count, new Int32Array(count))
    return book
  },
  textbook: ({ priceMinor, quantityTonnes }, count) => {
    const book = new TextbookBook()
    for (let at = 0; at < count; at++) {
      book.place(at, priceMinor[at] as number, quantityTonnes[at] as number)
    }
    return book
  },
  'nodejs-order-book': ({ priceMinor, quantityTonnes }, count) => {
    const book = new OrderBook()
    for (let at = 0; at < count; at++) {
      const size = quantityTonnes[at] as number
      book.limit({ side: Side.SELL, id: `offer-${at}`, size, price: priceMinor[at] as number })
    }
    return book
  },
}

function measureOurs(offers: Offers, commands: number, random: Random): MemoryAnswer {
  const churn = new Churn(offers, offers.count + commands, random)
  const before = usedBytes()
  let book = createBook()
  churn.fill(book)
  askEveryProject(book)
  const filled = usedBytes() - before
  churn.run(book, commands)
  askEveryProject(book)
  const churned = usedBytes() - before
  book = madeAnew(book)
  askEveryProject(book)
  const restored = usedBytes() - before
  return keep(book, { filled, churned, restored })
}

/** In a call of its own, so that neither the state nor the book that gave it is kept by the caller. */
function madeAnew(book: Book): Book {
  return createBook({}, book.state())
}

/** Whatever a book builds only when it is asked is there afterwards. */
function askEveryProject(book: Book): void {
  for (let project = 1; project <= PROJECTS; project++) {
    const filter = { project: [project] }
    const quote = book.quote({ quantityTonnes: 1, allOrNone: false, filter })
    if (isRejected(quote) && quote.reason !== 'NothingAvailable') throw unexpected(quote)
  }
}

/** Live bytes of the heap and outside of it. */
function usedBytes(): number {
  if (!globalThis.gc) throw new Error('Memory is measured with --expose-gc')
  for (let collection = 0; collection < COLLECTIONS; collection++) globalThis.gc()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

/** Returns the answer, with the book alive until here. */
function keep(book: object, answer: MemoryAnswer): MemoryAnswer {
  if (Object.keys(book).length < 0) throw new Error('A book is no array')
  return answer
}
