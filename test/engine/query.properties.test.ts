import {
  type Book,
  createBook,
  MAX_QUANTITY_TONNES,
  type OfferState,
  type Query,
  type Quote,
} from '@offset-button/engine'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { place, quote, release } from './commands.ts'
import { heapBytes } from './heap.ts'
import { bytes, eachHistory, ORDINARY, SETTINGS, stored } from './history.ts'
import { inside } from './oracle-rules.ts'
import { Random } from './random.ts'

const properties = suite('what holds of queries, whatever happened before')

properties(
  'property 3: fills are a prefix of the matching offers by price, then sequence; only the last may be partial',
  () => {
    eachQuote((book, query, { fills, quantityTonnes }) => {
      const matching = matchingOffers(book, query)
      const whole = fills.slice(0, -1)
      const last = fills.at(-1)
      assert.equal(
        fills.map(({ offer }) => offer),
        matching.slice(0, fills.length).map(({ offer }) => offer),
      )
      for (const [index, fill] of whole.entries()) {
        assert.is(fill.quantityTonnes, matching[index]?.availableTonnes)
      }
      assert.ok(last && last.quantityTonnes >= 1)
      assert.ok(last.quantityTonnes <= (matching[fills.length - 1]?.availableTonnes ?? 0))
      assert.is(
        quantityTonnes,
        fills.reduce((sum, fill) => sum + fill.quantityTonnes, 0),
      )
    })
  },
)

properties('property 3: a sequence is a counter, given anew and never again', () => {
  eachHistory(3, ORDINARY, (history) => {
    const given: number[] = []
    for (let step = 0; step < 400; step++) {
      const { event } = history.next()
      if (event.kind === 'OfferPlaced') given.push(event.sequence)
      if (event.kind === 'OfferAmended' && !given.includes(event.sequence)) {
        given.push(event.sequence)
      }
    }
    assert.equal(
      given,
      given.map((_, index) => index + 1),
    )
  })
})

properties("property 4: a fill's price is the offer's, and the cost is the exact sum", () => {
  for (const profile of [ORDINARY, { ...ORDINARY, huge: true }]) {
    eachQuote((book, _, { fills, costMinor }) => {
      for (const { offer, priceMinor } of fills) {
        assert.is(priceMinor, book.offer(offer)?.priceMinor)
      }
      let cost = 0n
      for (const fill of fills) cost += BigInt(fill.priceMinor) * BigInt(fill.quantityTonnes)
      assert.is(costMinor, cost)
    }, profile)
  }
})

properties(
  'property 4: the price limit is inclusive and for each fill; the limit on the total is another',
  () => {
    eachQuote((book, query, answer) => {
      const dearest = answer.fills.at(-1)?.priceMinor ?? 0
      const { costMinor } = answer
      assert.equal(book.quote({ ...query, maxPriceMinor: dearest }), answer)
      if (costMinor > BigInt(Number.MAX_SAFE_INTEGER)) return
      assert.equal(book.quote({ ...query, maxTotalMinor: Number(costMinor) }), answer)
      if (costMinor === 1n) return
      assert.equal(book.quote({ ...query, maxTotalMinor: Number(costMinor) - 1 }), {
        kind: 'Rejected',
        reason: 'TotalLimitExceeded',
      })
      if (dearest === 1) return
      const below = book.quote({ ...query, allOrNone: false, maxPriceMinor: dearest - 1 })
      const cheaper = matchingOffers(book, { ...query, maxPriceMinor: dearest - 1 })
      if ('kind' in below) assert.equal(cheaper, [])
      else assert.ok(below.fills.every(({ priceMinor }) => priceMinor < dearest))
    })
  },
)

properties(
  'property 5: all-or-none fills everything or changes nothing, and a remainder never rests',
  () => {
    eachHistory(4, { ...ORDINARY, maxFills: 4 }, (history) => {
      const { book, generator } = history.live(80)
      for (let round = 0; round < 60; round++) {
        history.next()
        const query = { ...generator.query(), allOrNone: round % 2 === 0 }
        const before = book.state()
        const hash = book.hash()
        const event = history.apply({ kind: 'Reserve', query, expiresAt: 1000 })
        if (event.kind === 'Rejected') {
          assert.equal(book.state(), before)
          assert.is(book.hash(), hash)
          continue
        }
        assert.ok(event.kind === 'Reserved')
        const { quantityTonnes = 0 } = query
        if (query.allOrNone && quantityTonnes > 0) assert.is(event.quantityTonnes, quantityTonnes)
        const after = book.state()
        assert.is(after.nextOffer, before.nextOffer)
        assert.is(after.nextSequence, before.nextSequence)
        assert.is(after.nextReservation, before.nextReservation + event.fills.length)
        assert.is(after.reservations.length, before.reservations.length + event.fills.length)
      }
    })
  },
)

properties('property 6: a quote is the reserve that follows it, and changes nothing', () => {
  eachHistory(3, ORDINARY, (history) => {
    const { book, generator } = history.live(60)
    for (let round = 0; round < 50; round++) {
      history.next()
      const query = generator.query()
      const before = bytes(book.state())
      const hash = book.hash()
      const quoted = book.quote(query)
      const explained = book.explain(query)
      book.depth(query.filter)
      book.standing(1, query.filter)
      assert.is(bytes(book.state()), before)
      assert.is(book.hash(), hash)
      assert.equal(explained.answer, quoted)
      const event = history.apply({ kind: 'Reserve', query, expiresAt: 1000 })
      if (event.kind !== 'Reserved') {
        assert.equal(event, quoted)
        continue
      }
      const { fills, quantityTonnes, costMinor } = event
      const taken = fills.map(({ reservation, ...fill }) => fill)
      assert.equal({ fills: taken, quantityTonnes, costMinor }, quoted)
    }
  })
})

properties("property 13: a buyer's own offers are passed over and keep their place", () => {
  eachHistory(4, { ...ORDINARY, sellers: 2, prices: 3 }, (history, options) => {
    const { book, generator } = history.live(100)
    for (let round = 0; round < 40; round++) {
      history.next()
      const query = { ...generator.query(), buyer: round % 3 }
      const state = stored(book)
      // Without what is the buyer's own, suspended here, the same book answers the same.
      const offers = state.offers.map((offer) =>
        offer.seller === query.buyer ? { ...offer, suspended: true } : offer,
      )
      const { buyer, ...anybody } = query
      const others = createBook(options, { ...state, offers })
      assert.equal(book.quote(query), others.quote(anybody))
      const event = history.apply({ kind: 'Reserve', query, expiresAt: 1000 })
      if (event.kind !== 'Reserved') continue
      const own = (state: { offers: readonly OfferState[] }) =>
        state.offers.filter(({ seller }) => seller === query.buyer)
      assert.equal(own(book.state()), own(state))
      for (const { reservation } of event.fills) history.apply(release(reservation))
      assert.equal(book.state().offers, state.offers)
    }
  })
})

properties(
  'property 14: filters are AND over attributes and OR inside one; what `not` names is left out',
  () => {
    eachHistory(4, { ...ORDINARY, placing: 6 }, (history) => {
      const { book, generator } = history.live(60)
      for (let round = 0; round < 80; round++) {
        history.next()
        const filter = generator.filter()
        const query = { quantityTonnes: 1_000_000, allOrNone: false, filter }
        const answer = book.quote(query)
        const found = 'kind' in answer ? [] : answer.fills.map(({ offer }) => offer)
        const matching = matchingOffers(book, query).slice(0, ORDINARY.maxFills)
        assert.equal(
          found,
          matching.map(({ offer }) => offer),
        )
      }
    })
  },
)

properties('property 14: a filter used before finds a project that is listed later', () => {
  for (const setting of SETTINGS) {
    const book = createBook(setting)
    const filters = [
      { project: [1, 2, 3, 4, 5, 6] },
      { project: [6] },
      { host: [2], not: { project: [1] } },
      { not: { project: [2] } },
      { vintage: { from: 2014, to: 2020 } },
    ]
    for (let project = 1; project <= 6; project++) {
      const offer = place(book, 100, 1, { project, host: 2, vintage: 2013 + project })
      for (const filter of filters) {
        const answer = quote(book, { quantityTonnes: 100, allOrNone: false, filter })
        const found = 'kind' in answer ? [] : answer.fills.map((fill) => fill.offer)
        const attributes = book.offer(offer)?.attributes
        assert.ok(attributes)
        assert.is(found.includes(offer), inside(filter, attributes))
      }
    }
  }
})

properties('property 14: a filter that its owner changes after use is read anew', () => {
  for (const setting of SETTINGS) {
    const book = createBook(setting)
    for (const project of [1, 2]) place(book, 100 + project, 1, { project })
    const filter = { project: [1], not: { host: [9] } }
    const tonnes = () => {
      const answer = quote(book, { quantityTonnes: 9, allOrNone: false, filter })
      return 'kind' in answer ? 0 : answer.quantityTonnes
    }
    assert.is(tonnes(), 1)
    filter.project.push(2)
    assert.is(tonnes(), 2)
    filter.not.host.push(1)
    assert.is(tonnes(), 0)
  }
})

properties('property 14: of very many filters that are kept, none is taken for another', () => {
  const [projects, named] = [39, 6]
  const book = createBook({ plan: 'scan', maxCachedFilters: 1_000_000 })
  // The tonnes say which of the offers were taken.
  for (let project = 0; project < projects; project++) place(book, 100, 2 ** project, { project })
  const random = new Random(14)
  for (let filters = 0; filters < 150_000; filters++) {
    const out = new Set<number>()
    while (out.size < named) out.add(random.whole(0, projects - 1))
    const filter = { not: { project: [...out] } }
    const answer = quote(book, { quantityTonnes: MAX_QUANTITY_TONNES, allOrNone: false, filter })
    let tonnes = 2 ** projects - 1
    for (const project of out) tonnes -= 2 ** project
    assert.is('kind' in answer ? 0 : answer.quantityTonnes, tonnes)
  }
})

properties('property 14: what is kept of filters is bounded', () => {
  const book = createBook()
  for (let project = 1; project <= 400; project++) place(book, 100, 1, { project })
  const ask = (from: number, to: number): void => {
    for (let number = from; number < to; number++) {
      const few = [1, 2, 3].map((more) => (number + more) % 400)
      // Every other lets nearly everything in.
      const project = number % 2 === 0 ? { project: [...few, number] } : {}
      const filter = { ...project, not: { host: [number] } }
      book.quote({ quantityTonnes: 1, allOrNone: true, filter })
    }
  }
  ask(1_000, 21_000)
  const before = heapBytes()
  ask(21_000, 81_000)
  assert.ok(heapBytes() - before < 2_000_000, 'sixty thousand more filters take no room')
})

properties('property 14: what long filters name is bounded', () => {
  const book = createBook()
  for (let project = 1; project <= 40; project++) place(book, 100, 1, { project })
  const ask = (from: number, to: number): void => {
    for (let number = from; number < to; number++) {
      const project = Array.from({ length: 100_000 }, (_, at) => number * 100_000 + at)
      book.quote({ quantityTonnes: 1, allOrNone: true, filter: { not: { project } } })
    }
  }
  ask(1, 10)
  const before = heapBytes()
  ask(10, 30)
  assert.ok(heapBytes() - before < 20_000_000, 'two million more names are not kept')
})

properties('property 14: what is read of a query is what is checked', () => {
  for (const setting of SETTINGS) {
    const book = createBook(setting)
    place(book, 100, 10)
    const reads = new Map<string | symbol, number>()
    const changing = (target: object): object =>
      new Proxy(target, {
        get(from, name) {
          reads.set(name, 1 + (reads.get(name) ?? 0))
          const value: unknown = Reflect.get(from, name)
          return name === 'project' ? changing(value as object) : value
        },
      })
    const limits = { maxPriceMinor: 200, maxTotalMinor: 1000 }
    const query = {
      quantityTonnes: 5,
      allOrNone: true,
      ...limits,
      filter: changing({ project: [1] }),
    }
    assert.is('reason' in book.quote(changing(query) as Query), false)
    const again = [...reads].filter(([, times]) => times > 1)
    assert.equal(again, [])
  }
})

properties('property 16: one order takes no more fills than the cap', () => {
  const most = new Random(1)
  for (const setting of SETTINGS) {
    for (const maxFills of [1, 2, 7, 1000]) {
      const book = createBook({ ...setting, maxFills })
      for (let offer = 0; offer < 1500; offer++) place(book, most.whole(1, 40), 1)
      const everything = { quantityTonnes: 1500, allOrNone: false }
      const answer = quote(book, everything)
      assert.is('kind' in answer ? 0 : answer.fills.length, maxFills)
      assert.equal(quote(book, { ...everything, allOrNone: true }), {
        kind: 'Rejected',
        reason: 'TooManyFills',
      })
    }
  }
})

properties.run()

/** Quotes at many moments of many histories, under every setting. */
function eachQuote(
  holds: (book: Book, query: Query, answer: Quote) => void,
  profile = ORDINARY,
): void {
  let answers = 0
  eachHistory(4, profile, (history) => {
    const { book, generator } = history.live(60)
    for (let round = 0; round < 70; round++) {
      history.next()
      const query = generator.query()
      const answer = book.quote(query)
      if ('kind' in answer) continue
      holds(book, query, answer)
      answers++
    }
  })
  assert.ok(answers > 300)
}

/** The offers that a query may take, in the order in which it takes them. */
function matchingOffers(book: Book, query: Query): OfferState[] {
  const { filter, buyer, maxPriceMinor = Number.POSITIVE_INFINITY } = query
  return book
    .state()
    .offers.filter((offer) => !offer.suspended && !offer.expired && offer.availableTonnes > 0)
    .filter((offer) => offer.seller !== buyer && inside(filter, offer.attributes))
    .filter((offer) => offer.priceMinor <= maxPriceMinor)
    .sort((one, other) => one.priceMinor - other.priceMinor || one.sequence - other.sequence)
}
