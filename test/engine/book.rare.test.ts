import { type Book, createBook, type Filter, isRejected } from '@offset-button/engine'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  accepted,
  place,
  quote,
  reasonOf,
  release,
  reserve,
  resume,
  suspend,
  taken,
  withdraw,
} from './commands.ts'
import { heapBytes } from './heap.ts'
import { SETTINGS, stored } from './history.ts'
import { levelsOf } from './invariants.ts'
import { inside } from './oracle-rules.ts'
import { Random } from './random.ts'

const rare = suite('what seldom happens to a book')

/** More than are noted before they are settled, and than can be read again afterwards. */
const MANY = 3000

rare('an order of thousands of fills is in the sums of every filter, and so is its release', () => {
  const books = ofEveryPlan()
  const all = (act: (book: Book) => unknown): void => books.forEach(act)
  all((book) => {
    for (let at = 0; at < 1.5 * MANY; at++) place(book, 100 + (at % 90), 2, { project: at % 5 })
  })
  agree(books)
  const held = books.map((book) => reserve(book, { quantityTonnes: 2 * MANY + 1 }))
  assert.is(held[0]?.length, MANY + 1)
  agree(books)
  all((book) => {
    for (const { reservation } of held[0] ?? []) accepted(book, release(reservation))
  })
  agree(books)
})

rare('thousands of changes without a query are in the sums of every filter', () => {
  const books = ofEveryPlan()
  const all = (act: (book: Book, offer: number) => unknown): void => {
    for (const book of books) for (let offer = 1; offer <= MANY; offer++) act(book, offer)
    agree(books)
  }
  all((book, offer) => place(book, 100 + (offer % 7), 3, { project: offer % 5 }))
  all((book, offer) => accepted(book, suspend(offer)))
  all((book, offer) => accepted(book, resume(offer)))
  all((book, offer) => accepted(book, { kind: 'AmendOffer', offer, quantityTonnes: 2 }))
})

rare('a filter that lists hundreds of values lets in what it says', () => {
  const books = ofEveryPlan()
  for (let at = 0; at < 1200; at++) {
    for (const book of books) {
      place(book, 100 + ((at * 7919) % 900), 3, { project: at, host: at % 50, seller: at % 7 })
    }
  }
  const random = new Random(1)
  const some = (count: number, most: number): number[] =>
    Array.from({ length: count }, () => random.whole(0, most))
  for (let round = 0; round < 2; round++) {
    const project = some(random.whole(255, 1000), 1500)
    agree(books, { project })
    agree(books, { not: { project } })
    agree(books, { host: some(300, 30), project, not: { host: some(300, 10) } })
    // Hundreds of names of nothing, and a few instruments.
    agree(books, { project: [...some(300, 9).map((other) => 5000 + other), 1, 2, 3, 4] })
  }
})

rare('new offers that outlive most others of their instrument are taken as they came', () => {
  for (const prices of [1, 3]) {
    const book = createBook()
    const filter = { project: [2] }
    const live: number[] = []
    // No query asks for them in order meanwhile.
    for (let round = 0; round < 4; round++) {
      for (let at = 0; at < 300; at++) {
        const offer = place(book, 100 + (at % prices), 1, { project: 2 })
        if (at % 20 === 0) live.push(offer)
        else accepted(book, withdraw(offer))
      }
    }
    book.verify()
    const inTurn = live.map((offer) => ({ offer, price: book.offer(offer)?.priceMinor ?? 0 }))
    inTurn.sort((one, other) => one.price - other.price || one.offer - other.offer)
    assert.equal(
      taken(book, { quantityTonnes: live.length, filter }),
      inTurn.map(({ offer }) => [offer, 1]),
    )
  }
})

/** So many instruments that as many changes as a book can read again are few. */
const INSTRUMENTS = 33_000
/** One more than it can read again. */
const CHANGES = 2049
const WIDE: Filter = { scope: [1] }

rare('a wide filter that was not asked for a while overlooks nothing that changed since', () => {
  const book = createBook({ plan: 'merge' })
  placeWide(book)
  assert.equal(taken(book, { quantityTonnes: 1, filter: WIDE }), [[1, 1]])
  const better = place(book, 99, 1, { project: 7 })
  for (let at = 1; at < CHANGES; at++) place(book, 200, 1, { project: 2 })
  assert.equal(taken(book, { quantityTonnes: 2, filter: WIDE }), [
    [better, 1],
    [1, 1],
  ])
})

rare('so do its tonnes, by which an order for too much is refused', () => {
  const book = createBook({ maxFills: 1 })
  placeWide(book)
  const reason = (quantityTonnes: number) => reasonOf(book, { quantityTonnes, filter: WIDE })
  assert.is(reason(INSTRUMENTS), 'TooManyFills')
  assert.is(reason(INSTRUMENTS + 1), 'NotEnoughAvailable')
  place(book, 200, 5000)
  for (let at = 1; at < CHANGES; at++) place(book, 200, 1, { project: 2 })
  const tonnes = INSTRUMENTS + 5000 + CHANGES - 1
  assert.is(reason(tonnes), 'TooManyFills')
  assert.is(reason(tonnes + 1), 'NotEnoughAvailable')
})

rare('wide filters beyond a million instruments give their memory back, and answer alike', () => {
  const book = createBook({ plan: 'merge' })
  const other = createBook({ plan: 'scan' })
  for (const one of [book, other]) placeWide(one)
  // Each lets in all instruments but one.
  const filters = Array.from({ length: 50 }, (_, at) => ({ not: { project: [1 + at] } }))
  const ask = (from: number, to: number): void => {
    for (const filter of filters.slice(from, to)) {
      const query = { quantityTonnes: 40, filter }
      assert.equal(quote(book, query), quote(other, query))
    }
  }
  ask(0, 5)
  const before = heapBytes()
  ask(5, 10)
  const each = (heapBytes() - before) / 5
  ask(10, 50)
  assert.ok(heapBytes() - before < 35 * each, 'those of thirty filters at most are kept')
  for (const one of [book, other]) place(one, 100, 1, { project: 0 })
  ask(0, 50)
})

rare.run()

function ofEveryPlan(): Book[] {
  return SETTINGS.map((setting) => createBook({ ...setting, maxFills: 10_000 }))
}

/** One tonne of each instrument, all at one price. */
function placeWide(book: Book): void {
  for (let at = 0; at < INSTRUMENTS; at++) place(book, 100, 1, { project: 1 + at })
}

/** Sums, answers and states agree with each other, and the first with its offers. */
function agree(books: readonly Book[], filter: Filter = { project: [2] }): void {
  const [first, ...others] = books as readonly [Book, ...Book[]]
  first.verify()
  const levels = levelsOf(first.state().offers.filter((offer) => inside(filter, offer.attributes)))
  const all = levels.reduce((sum, { quantityTonnes }) => sum + quantityTonnes, 0)
  assert.equal(first.depth(filter), levels)
  for (const book of books) {
    const partial = book.quote({ quantityTonnes: 1 + all, allOrNone: false, filter })
    assert.is(isRejected(partial) ? 0 : partial.quantityTonnes, all)
  }
  const query = { quantityTonnes: 11, allOrNone: false, filter }
  for (const book of others) {
    assert.equal(book.quote(query), first.quote(query))
    assert.is(book.hash(), first.hash())
  }
  assert.is(createBook({}, stored(first)).hash(), first.hash())
}
