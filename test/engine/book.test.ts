import { createBook } from '@offset-button/engine'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { commit, place, quote, reasonOf, refused, release, reserve, taken } from './commands.ts'
import { SETTINGS } from './history.ts'

const matching = suite('matching')

matching('the golden sweep: 872 t at 308 and more at 378, buying 1000 costs exactly 316960', () => {
  const book = createBook()
  place(book, 378, 5000)
  place(book, 308, 872)
  assert.equal(quote(book, { quantityTonnes: 1000 }), {
    fills: [
      { offer: 2, priceMinor: 308, quantityTonnes: 872 },
      { offer: 1, priceMinor: 378, quantityTonnes: 128 },
    ],
    quantityTonnes: 1000,
    costMinor: 316960n,
  })
})

matching(
  'a better price fills first, and an earlier offer at the same price before a later',
  () => {
    const book = createBook()
    const [dear, early, late] = [place(book, 300, 5), place(book, 200, 5), place(book, 200, 5)]
    const all = { quantityTonnes: 12 }
    assert.equal(taken(book, all), [
      [early, 5],
      [late, 5],
      [dear, 2],
    ])
  },
)

matching('only the last fill is partial, and what it leaves keeps its place', () => {
  const book = createBook()
  const [first, second] = [place(book, 200, 5), place(book, 200, 5)]
  reserve(book, { quantityTonnes: 3 })
  assert.equal(taken(book, { quantityTonnes: 4 }), [
    [first, 2],
    [second, 2],
  ])
})

matching('price and time hold inside the filter, and nothing outside it is touched', () => {
  const book = createBook()
  place(book, 100, 5, { project: 1 })
  const [dear, cheap] = [place(book, 300, 5, { project: 2 }), place(book, 200, 5, { project: 2 })]
  assert.equal(taken(book, { quantityTonnes: 6, filter: { project: [2] } }), [
    [cheap, 5],
    [dear, 1],
  ])
})

matching('asked again, a query that takes all there is finds the same', () => {
  for (const setting of SETTINGS) {
    const book = createBook(setting)
    const ids = Array.from({ length: 9 }, (_, at) => place(book, 100 + at, 1, { project: 2 }))
    const query = { quantityTonnes: 10, allOrNone: false, filter: { project: [2] } }
    const all = ids.map((offer) => [offer, 1])
    assert.equal([taken(book, query), taken(book, query)], [all, all], JSON.stringify(setting))
  }
})

matching('a filter is AND over attributes and OR inside one', () => {
  const book = createBook()
  const both = place(book, 100, 1, { project: 2, host: 7 })
  place(book, 100, 1, { project: 2, host: 8 })
  place(book, 100, 1, { project: 3, host: 7 })
  const other = place(book, 100, 1, { project: 4, host: 7 })
  const filter = { project: [2, 4], host: [7] }
  assert.equal(taken(book, { quantityTonnes: 2, filter }), [
    [both, 1],
    [other, 1],
  ])
})

matching('every attribute can be filtered by', () => {
  for (const name of [
    'project',
    'host',
    'scope',
    'technology',
    'methodology',
    'unitType',
  ] as const) {
    const book = createBook()
    place(book, 100, 1, { [name]: 8 })
    const offer = place(book, 100, 1, { [name]: 9 })
    assert.equal(taken(book, { quantityTonnes: 1, filter: { [name]: [9] } }), [[offer, 1]], name)
    const filter = { not: { [name]: [8] } }
    assert.equal(taken(book, { quantityTonnes: 1, filter }), [[offer, 1]], `not ${name}`)
  }
})

matching('an empty list matches nothing, an absent one everything', () => {
  const book = createBook()
  place(book, 100, 1)
  const nothing = { kind: 'Rejected', reason: 'NothingAvailable' } as const
  assert.equal(quote(book, { quantityTonnes: 1, filter: { project: [] } }), nothing)
  assert.equal(taken(book, { quantityTonnes: 1, filter: {} }), [[1, 1]])
  assert.equal(book.depth({ host: [] }), [])
})

matching('an offer is outside as soon as one of its attributes is left out', () => {
  const book = createBook()
  const inside = place(book, 100, 1, { project: 2, host: 7 })
  place(book, 100, 1, { project: 3, host: 7 })
  place(book, 100, 1, { project: 2, host: 8 })
  place(book, 100, 1, { project: 3, host: 8 })
  const all = { quantityTonnes: 9, allOrNone: false }
  assert.equal(taken(book, { ...all, filter: { not: { project: [3, 4], host: [8] } } }), [
    [inside, 1],
  ])
  assert.is(taken(book, { ...all, filter: { host: [7], not: { project: [2] } } }).length, 1)
  assert.is(taken(book, { ...all, filter: { not: { project: [] } } }).length, 4)
  assert.is(taken(book, { ...all, filter: { not: {} } }).length, 4)
  assert.is(
    reasonOf(book, { ...all, filter: { host: [7], not: { host: [7] } } }),
    'NothingAvailable',
  )
})

matching('vintages left out are so at both ends', () => {
  const book = createBook()
  for (const vintage of [2011, 2012, 2013, 2014]) place(book, 100, 1, { vintage })
  const filter = { not: { vintage: { from: 2012, to: 2013 } } }
  assert.equal(taken(book, { quantityTonnes: 2, filter }), [
    [1, 1],
    [4, 1],
  ])
})

matching('vintages are inclusive at both ends', () => {
  const book = createBook()
  for (const vintage of [2011, 2012, 2013, 2014]) place(book, 100, 1, { vintage })
  const filter = { vintage: { from: 2012, to: 2013 } }
  assert.equal(taken(book, { quantityTonnes: 2, filter }), [
    [2, 1],
    [3, 1],
  ])
})

matching('a project that is listed later is found by a filter that was used before', () => {
  const book = createBook()
  const filter = { project: [5] }
  assert.ok('reason' in quote(book, { quantityTonnes: 1, filter }))
  const offer = place(book, 100, 1, { project: 5 })
  assert.equal(taken(book, { quantityTonnes: 1, filter }), [[offer, 1]])
})

matching('the limit on the price is inclusive, and for each fill', () => {
  const book = createBook()
  place(book, 100, 5)
  place(book, 101, 5)
  assert.equal(taken(book, { quantityTonnes: 9, maxPriceMinor: 100, allOrNone: false }), [[1, 5]])
  const refusal = { kind: 'Rejected', reason: 'NotEnoughAvailable' } as const
  assert.equal(quote(book, { quantityTonnes: 9, maxPriceMinor: 100 }), refusal)
})

matching('the limit on the total is inclusive, refuses, and never shortens', () => {
  const book = createBook()
  place(book, 100, 5)
  const order = { quantityTonnes: 5, allOrNone: false }
  assert.equal(taken(book, { ...order, maxTotalMinor: 500 }), [[1, 5]])
  const refusal = { kind: 'Rejected', reason: 'TotalLimitExceeded' } as const
  assert.equal(quote(book, { ...order, maxTotalMinor: 499 }), refusal)
})

matching('all-or-none fills everything or changes nothing, ids included', () => {
  const book = createBook()
  place(book, 100, 5)
  const query = { quantityTonnes: 6, allOrNone: true }
  refused(book, { kind: 'Reserve', query, expiresAt: 9 }, 'NotEnoughAvailable')
  assert.is(reserve(book, { quantityTonnes: 5 })[0]?.reservation, 1)
})

matching('a budget takes the longest prefix of whole tonnes that it pays for', () => {
  const book = createBook()
  place(book, 100, 3)
  place(book, 200, 3)
  assert.equal(taken(book, { budgetMinor: 300 }), [[1, 3]])
  assert.equal(taken(book, { budgetMinor: 499 }), [[1, 3]])
  assert.equal(taken(book, { budgetMinor: 500 }), [
    [1, 3],
    [2, 1],
  ])
  const refusal = { kind: 'Rejected', reason: 'BudgetTooSmall' } as const
  assert.equal(quote(book, { budgetMinor: 99 }), refusal)
})

matching('all-or-none on a budget is refused when the offers end before the money', () => {
  const book = createBook()
  place(book, 100, 3)
  assert.equal(taken(book, { budgetMinor: 399 }), [[1, 3]])
  const refusal = { kind: 'Rejected', reason: 'NotEnoughAvailable' } as const
  assert.equal(quote(book, { budgetMinor: 400 }), refusal)
  assert.equal(taken(book, { budgetMinor: 400, allOrNone: false }), [[1, 3]])
})

matching('an order has at most so many fills: all-or-none is refused, another stops there', () => {
  const book = createBook({ maxFills: 2 })
  for (const price of [100, 101, 102]) place(book, price, 1)
  assert.equal(taken(book, { quantityTonnes: 2 }), [
    [1, 1],
    [2, 1],
  ])
  assert.is(reasonOf(book, { quantityTonnes: 3 }), 'TooManyFills')
  assert.is(reasonOf(book, { quantityTonnes: 4 }), 'NotEnoughAvailable')
  assert.is(taken(book, { quantityTonnes: 3, allOrNone: false }).length, 2)
})

matching('of too many fills, tonnes that are not there at any price are not enough', () => {
  const book = createBook({ maxFills: 2 })
  for (const price of [100, 101, 102, 103]) place(book, price, 1)
  place(book, 100, 9, { seller: 7, project: 2 })
  const order = { buyer: 7, maxPriceMinor: 102 }
  assert.is(reasonOf(book, { ...order, quantityTonnes: 4 }), 'TooManyFills')
  assert.is(reasonOf(book, { ...order, quantityTonnes: 5 }), 'NotEnoughAvailable')
  assert.is(reasonOf(book, { maxPriceMinor: 102, quantityTonnes: 13 }), 'TooManyFills')
  const filter = { project: [1] }
  assert.is(
    reasonOf(book, { maxPriceMinor: 102, quantityTonnes: 13, filter }),
    'NotEnoughAvailable',
  )
  assert.is(reasonOf(book, { maxPriceMinor: 101, quantityTonnes: 4, filter }), 'NotEnoughAvailable')
})

matching('too many fills for a budget are too many, however little there is', () => {
  const book = createBook({ maxFills: 2 })
  for (const price of [100, 101, 150]) place(book, price, 1)
  assert.is(reasonOf(book, { budgetMinor: 100_000 }), 'TooManyFills')
  assert.is(reasonOf(book, { budgetMinor: 351 }), 'TooManyFills')
  assert.equal(taken(book, { budgetMinor: 350 }), [
    [1, 1],
    [2, 1],
  ])
})

matching('of what a partial order is short of, nothing is said', () => {
  const book = createBook({ maxFills: 2 })
  for (const price of [100, 101, 102]) place(book, price, 1)
  const order = { quantityTonnes: 9, allOrNone: false }
  assert.is(taken(book, order).length, 2)
  assert.is(taken(book, { ...order, maxTotalMinor: 201 }).length, 2)
  assert.is(reasonOf(book, { ...order, maxTotalMinor: 200 }), 'TotalLimitExceeded')
})

matching('an order has a thousand fills at most where nothing else is said', () => {
  const book = createBook()
  for (let offer = 0; offer < 1001; offer++) place(book, 100, 1)
  assert.is(taken(book, { quantityTonnes: 1000 }).length, 1000)
  assert.is(taken(book, { quantityTonnes: 1001, allOrNone: false }).length, 1000)
  const refusal = { kind: 'Rejected', reason: 'TooManyFills' } as const
  assert.equal(quote(book, { quantityTonnes: 1001 }), refusal)
})

matching('a cost beyond 2^53 is exact', () => {
  const book = createBook()
  place(book, 999_999_999, 999_999_999_999)
  place(book, 1_000_000_000, 7)
  const answer = quote(book, { quantityTonnes: 1_000_000_000_000 })
  assert.is('costMinor' in answer && answer.costMinor, 999_999_999n * 999_999_999_999n + 10n ** 9n)
})

matching("a buyer's own offers are passed over and keep their place", () => {
  const book = createBook()
  const [own, other] = [place(book, 100, 5, { seller: 7 }), place(book, 100, 5, { seller: 8 })]
  const query = { quantityTonnes: 5, buyer: 7 }
  assert.equal(taken(book, query), [[other, 5]])
  assert.is(reasonOf(book, { ...query, quantityTonnes: 6 }), 'NotEnoughAvailable')
  reserve(book, query)
  assert.equal(taken(book, { quantityTonnes: 1 }), [[own, 1]])
})

matching('a quote is the reserve that follows it, and changes nothing', () => {
  const book = createBook()
  place(book, 100, 3)
  place(book, 90, 3)
  const before = book.state()
  const query = { quantityTonnes: 4, allOrNone: true }
  const quoted = book.quote(query)
  assert.equal(book.state(), before)
  const reserved = book.apply({ kind: 'Reserve', query, expiresAt: 9 })
  if (reserved.kind !== 'Reserved' || 'kind' in quoted) throw new Error('refused')
  const fills = reserved.fills.map(({ reservation, ...fill }) => fill)
  assert.equal({ ...quoted, fills }, quoted)
  assert.is(reserved.costMinor, quoted.costMinor)
  assert.is(reserved.quantityTonnes, quoted.quantityTonnes)
})

matching('depth shows what is available by price, and no level that is empty', () => {
  const book = createBook()
  place(book, 100, 3)
  place(book, 100, 4, { host: 2 })
  place(book, 110, 5)
  reserve(book, { quantityTonnes: 3 })
  const [cheap, dear] = [
    { priceMinor: 100, quantityTonnes: 4, offers: 1 },
    { priceMinor: 110, quantityTonnes: 5, offers: 1 },
  ]
  assert.equal(book.depth(), [cheap, dear])
  assert.equal(book.depth(undefined, 1), [cheap])
  assert.equal(book.depth({ host: [1] }), [dear])
  reserve(book, { quantityTonnes: 4 })
  assert.equal(book.depth(), [dear])
})

matching('what ended is forgotten, but for the last', () => {
  const book = createBook()
  for (let sale = 0; sale < 50; sale++) {
    place(book, 100, 2)
    const [fill] = reserve(book, { quantityTonnes: 2 })
    book.apply(commit(fill?.reservation ?? 0))
    assert.is(book.offer(sale + 1)?.soldTonnes, 2)
    assert.is(book.reservation(sale + 1)?.status, 'committed')
  }
  assert.equal([book.state().offers, book.state().reservations], [[], []])
  assert.is(book.offer(49), undefined)
  assert.is(book.reservation(49), undefined)
  refused(book, { kind: 'WithdrawOffer', offer: 1 }, 'OfferEnded')
  refused(book, release(1), 'ReservationEnded')
})

matching('what stays open is found however many before and after it end', () => {
  const book = createBook()
  const left = [4000, 9000]
  for (let offer = 1; offer <= 10_000; offer++) {
    place(book, left.includes(offer) ? 100 : 200, 3)
    if (left.includes(offer)) reserve(book, { quantityTonnes: 3 })
  }
  for (let offer = 1; offer <= 10_000; offer++) {
    if (!left.includes(offer)) book.apply({ kind: 'WithdrawOffer', offer })
  }
  assert.equal(
    book.state().offers.map(({ offer }) => offer),
    left,
  )
  book.verify()
  for (const [at, offer] of left.entries()) {
    assert.is(book.offer(offer)?.reservedTonnes, 3)
    assert.is(book.apply(commit(at + 1)).kind, 'ReservationCommitted')
    assert.is(book.offer(offer)?.soldTonnes, 3)
  }
  assert.equal(book.state().offers, [])
})

matching('a wide filter whose offers lie far apart is looked for from the beginning', () => {
  const book = createBook()
  const inside = Array.from({ length: 100 }, (_, project) => project)
  for (const project of inside) place(book, 900, 1, { project })
  const first = place(book, 100, 5, { project: 7 })
  for (let count = 0; count < 1_000; count++) place(book, 200, 1, { project: 100 + (count % 10) })
  const last = place(book, 300, 5, { project: 8 })
  // Scans in vain are put up with for a while.
  for (let times = 0; times < 40; times++) {
    assert.equal(taken(book, { quantityTonnes: 8, filter: { project: inside } }), [
      [first, 5],
      [last, 3],
    ])
  }
})

matching('what a reader is given cannot change the book', () => {
  const book = createBook()
  place(book, 100, 2)
  const read = book.state().offers[0] as { availableTonnes: number; attributes: { host: number } }
  read.availableTonnes = 99
  assert.throws(() => {
    read.attributes.host = 99
  })
  assert.is(book.offer(1)?.availableTonnes, 2)
})

matching.run()
