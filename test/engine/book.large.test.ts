import { type Book, type Command, createBook, type Query } from '@offset-button/engine'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { ATTRIBUTES, accepted, place, quote, reserve, taken } from './commands.ts'
import { bytes, SETTINGS, stored } from './history.ts'
import { levelsOf } from './invariants.ts'
import { inside } from './oracle-rules.ts'
import { Random } from './random.ts'

const large = suite('a book too large for the oracle')

const OFFERS = 20_000
const COMMANDS = 5_000

type Kind = {
  readonly prices: number
  readonly projects: number
}

const KINDS: Readonly<Record<string, Kind>> = {
  'many offers at each price': { prices: 200, projects: 500 },
  'each offer at a price of its own': { prices: 100_000_000, projects: 500 },
  'one instrument': { prices: 2000, projects: 1 },
}

for (const [name, kind] of Object.entries(KINDS)) {
  large(`books of every plan give the same answers and hold together: ${name}`, () => {
    // With a cache of one filter each query would go through all instruments.
    const plans = SETTINGS.filter(({ maxCachedFilters }) => maxCachedFilters === undefined)
    const books = plans.map((setting) => createBook(setting))
    const traffic = new Traffic(kind)
    for (let offer = 0; offer < OFFERS; offer++) sameEvent(books, traffic, traffic.place())
    // First without a filter, so that much has to be caught up with when one comes.
    for (let step = 0; step < COMMANDS; step++) sameEvent(books, traffic, traffic.next(0))
    for (let step = 0; step < COMMANDS; step++) sameEvent(books, traffic, traffic.next(30))
    holdsTogether(books)
    for (const command of traffic.endings()) sameEvent(books, traffic, command)
    holdsTogether(books)
  })
}

large(
  'a query goes on behind what it was told before, though the queue has moved meanwhile',
  () => {
    const book = createBook()
    const filter = { project: [2] }
    for (let price = 1; price <= 40; price++) place(book, price, 1, { project: 2 })
    // The first offers leave the queue, and of the last some end: what is between is moved to the beginning some time.
    reserve(book, { quantityTonnes: 10, filter })
    for (let offer = 31; offer <= 40; offer++) accepted(book, { kind: 'WithdrawOffer', offer })
    const first = taken(book, { quantityTonnes: 4, filter })
    for (let ended = 0; ended < 500; ended++) {
      accepted(book, { kind: 'WithdrawOffer', offer: place(book, 50, 1) })
      if (ended % 20 === 0) quote(book, { quantityTonnes: 1, filter })
    }
    const offers = (from: number, to: number) =>
      Array.from({ length: to - from + 1 }, (_, at) => [from + at, 1])
    assert.equal(first, offers(11, 14))
    assert.equal(taken(book, { quantityTonnes: 15, filter }), offers(11, 25))
  },
)

large.run()

function sameEvent(books: readonly Book[], traffic: Traffic, command: Command): void {
  const [first, ...others] = books.map((book) => book.apply(command))
  if (!first) return
  const expected = bytes(first)
  for (const event of others) assert.is(bytes(event), expected)
  if (first.kind === 'Reserved') {
    traffic.held.push(...first.fills.map(({ reservation }) => reservation))
  }
}

function holdsTogether(books: readonly Book[]): void {
  const [first] = books
  if (!first) return
  const { offers } = first.state()
  const filter = { technology: [1], not: { host: [3], vintage: { from: 2012, to: 2013 } } }
  const levels = levelsOf(offers)
  const some = levelsOf(offers.filter(({ attributes }) => inside(filter, attributes)))
  const hash = first.hash()
  for (const book of books) {
    book.verify()
    assert.is(book.hash(), hash)
    assert.is(bytes(book.depth()), bytes(levels))
    assert.is(bytes(book.depth(filter)), bytes(some))
  }
  const restored = createBook({}, stored(first))
  restored.verify()
  assert.is(restored.hash(), hash)
}

/** Commands for a book of tens of thousands of offers, of hundreds of projects. */
class Traffic {
  readonly held: number[] = []
  readonly #random = new Random(7)
  readonly #kind: Kind
  #offers = 0

  constructor(kind: Kind) {
    this.#kind = kind
  }

  place(): Command {
    this.#offers++
    return {
      kind: 'PlaceOffer',
      seller: this.#random.whole(1, 2),
      attributes: this.#attributes(),
      priceMinor: this.#random.whole(1, this.#kind.prices),
      quantityTonnes: this.#random.whole(1, 100),
    }
  }

  /** `filtering`: of a hundred queries, how many have a filter. */
  next(filtering: number): Command {
    const random = this.#random
    const offer = random.whole(1, this.#offers)
    switch (random.whole(1, 10)) {
      case 1:
      case 2:
        return this.place()
      case 3:
        return { kind: 'WithdrawOffer', offer }
      case 4:
        return { kind: random.chance(50) ? 'SuspendOffer' : 'ResumeOffer', offer }
      case 5:
        return random.chance(50)
          ? { kind: 'AmendOffer', offer, priceMinor: random.whole(1, this.#kind.prices) }
          : { kind: 'AmendOffer', offer, attributes: this.#attributes() }
      case 6:
      case 7:
        return this.#ending()
      default:
        return { kind: 'Reserve', query: this.#query(filtering), expiresAt: 1000 }
    }
  }

  /** Ends what is held, in random order. */
  endings(): Command[] {
    return this.#random
      .shuffled(this.held.splice(0))
      .map((reservation) => ({ kind: 'ReleaseReservation', reservation }))
  }

  #ending(): Command {
    const [reservation = 1] = this.held.splice(
      this.#random.whole(0, Math.max(0, this.held.length - 1)),
      1,
    )
    return this.#random.chance(40)
      ? { kind: 'CommitReservation', reservation }
      : { kind: 'ReleaseReservation', reservation }
  }

  #query(filtering: number): Query {
    const random = this.#random
    const amount = { quantityTonnes: random.whole(1, 400), allOrNone: random.chance(50) }
    if (!random.chance(filtering)) return amount
    if (random.chance(95)) {
      const filter = { technology: [random.whole(1, 4)], not: { host: [random.whole(1, 3)] } }
      return { ...amount, filter, ...(random.chance(20) ? { buyer: 1 } : {}) }
    }
    return { ...amount, filter: { project: [random.whole(1, this.#kind.projects)] } }
  }

  #attributes() {
    const random = this.#random
    const { projects } = this.#kind
    const project = random.whole(1, projects)
    return {
      ...ATTRIBUTES,
      project,
      host: project % 40,
      technology: project % 5,
      vintage: random.whole(2011, projects > 1 ? 2014 : 2011),
    }
  }
}
