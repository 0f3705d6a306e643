import {
  type BookOptions,
  type BookState,
  type Command,
  createBook,
  MAX_NUMBER,
  MAX_PRICE_MINOR,
  MAX_QUANTITY_TONNES,
  type OfferState,
  type Query,
  type Rejected,
} from '@offset-button/engine'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  ATTRIBUTES,
  accepted,
  commit,
  place,
  refused,
  release,
  reserve,
  taken,
  withdraw,
} from './commands.ts'

const bounds = suite('bounds')

const NO_NUMBERS: readonly unknown[] = [
  '5',
  '',
  null,
  true,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  1.5,
  -1,
  2 ** 53,
  [5],
  {},
  5n,
]

const PLACE = { kind: 'PlaceOffer', seller: 1, attributes: ATTRIBUTES, priceMinor: 9 } as const

bounds('a quantity is a whole number from one to its bound', () => {
  const book = createBook()
  for (const quantityTonnes of [...NO_NUMBERS, undefined, 0, MAX_QUANTITY_TONNES + 1]) {
    refused(book, { ...PLACE, quantityTonnes }, 'InvalidQuantity')
  }
  accepted(book, { ...PLACE, quantityTonnes: MAX_QUANTITY_TONNES })
})

bounds('a price is a whole number from one to its bound', () => {
  const book = createBook()
  for (const priceMinor of [...NO_NUMBERS, undefined, 0, MAX_PRICE_MINOR + 1]) {
    refused(book, { ...PLACE, quantityTonnes: 1, priceMinor }, 'InvalidPrice')
  }
  accepted(book, { ...PLACE, quantityTonnes: 1, priceMinor: MAX_PRICE_MINOR })
})

bounds(
  'sellers and attributes are whole numbers from zero to their bound, and none is missing',
  () => {
    const book = createBook()
    for (const junk of [...NO_NUMBERS, undefined, MAX_NUMBER + 1]) {
      refused(book, { ...PLACE, quantityTonnes: 1, seller: junk }, 'InvalidSeller')
      const attributes = { ...ATTRIBUTES, unitType: junk }
      refused(book, { ...PLACE, quantityTonnes: 1, attributes }, 'InvalidAttributes')
    }
    for (const attributes of [undefined, null, [], 'x', {}]) {
      refused(book, { ...PLACE, quantityTonnes: 1, attributes }, 'InvalidAttributes')
    }
    const attributes = { ...ATTRIBUTES, project: MAX_NUMBER, vintage: 0 }
    accepted(book, { ...PLACE, quantityTonnes: 1, seller: MAX_NUMBER, attributes })
    const filter = {
      project: [MAX_NUMBER],
      not: { host: [MAX_NUMBER], vintage: { from: 1, to: MAX_NUMBER } },
    }
    assert.equal(taken(book, { quantityTonnes: 1, filter }), [[1, 1]])
  },
)

bounds('only the seven attributes are kept, as they were when the offer was placed', () => {
  const book = createBook()
  const attributes = { ...ATTRIBUTES, colour: 1, toString: 2 }
  accepted(book, { ...PLACE, quantityTonnes: 1, attributes })
  attributes.project = 99
  assert.equal(book.offer(1)?.attributes, ATTRIBUTES)
})

bounds('of several faults the first in the list is the reason', () => {
  const book = createBook()
  const bad = { kind: 'PlaceOffer', quantityTonnes: 0, priceMinor: 0, seller: -1, attributes: {} }
  refused(book, bad, 'InvalidQuantity')
  refused(book, { ...bad, quantityTonnes: 1 }, 'InvalidPrice')
  refused(book, { ...bad, quantityTonnes: 1, priceMinor: 1 }, 'InvalidSeller')
  const query = { quantityTonnes: 1, allOrNone: 'yes', filter: 1, maxPriceMinor: 0, buyer: -1 }
  const reasons = ['InvalidQuantity', 'InvalidSeller', 'InvalidFilter', 'InvalidLimit'] as const
  const repairs = [{}, { allOrNone: true }, { buyer: 1 }, { filter: {} }]
  const repaired = repairs.map((_, index) =>
    Object.assign({}, query, ...repairs.slice(0, index + 1)),
  )
  for (const [index, reason] of reasons.entries()) {
    refused(book, { kind: 'Reserve', query: repaired[index], expiresAt: -1 }, reason)
  }
  const good = { ...repaired[3], maxPriceMinor: 1 }
  refused(book, { kind: 'Reserve', query: good, expiresAt: -1 }, 'InvalidTime')
  refused(book, { kind: 'Reserve', query: good, expiresAt: 1 }, 'NothingAvailable')
  const amendment = {
    kind: 'AmendOffer',
    offer: 9,
    quantityTonnes: 0,
    priceMinor: 0,
    attributes: 0,
  }
  refused(book, amendment, 'InvalidQuantity')
  refused(book, { ...amendment, quantityTonnes: 1 }, 'InvalidPrice')
  refused(book, { ...amendment, quantityTonnes: 1, priceMinor: 1 }, 'InvalidAttributes')
  refused(book, { kind: 'AmendOffer', offer: 9 }, 'UnknownOffer')
  refused(book, { kind: 'ExpireOffer', offer: 9 }, 'UnknownOffer')
  refused(book, { kind: 'ExpireReservation', reservation: 9, now: -1 }, 'InvalidTime')
})

bounds('a query names a quantity or a budget, not both and not neither', () => {
  const book = createBook()
  place(book, 100, 5)
  const reason = (query: unknown): unknown => (book.quote(query as Query) as Rejected).reason
  const allOrNone = true
  assert.is(reason({ allOrNone }), 'InvalidQuantity')
  assert.is(reason({ quantityTonnes: 1, budgetMinor: 100, allOrNone }), 'InvalidQuantity')
  assert.is(reason({ quantityTonnes: 1 }), 'InvalidQuantity')
  for (const query of [undefined, null, 5, 'x']) assert.is(reason(query), 'InvalidQuantity')
  for (const junk of [...NO_NUMBERS, 0]) {
    assert.is(reason({ quantityTonnes: junk, allOrNone }), 'InvalidQuantity')
    assert.is(reason({ budgetMinor: junk, allOrNone }), 'InvalidLimit')
    assert.is(reason({ quantityTonnes: 1, allOrNone, maxPriceMinor: junk }), 'InvalidLimit')
    assert.is(reason({ quantityTonnes: 1, allOrNone, maxTotalMinor: junk }), 'InvalidLimit')
  }
})

bounds('a malformed filter is refused and never matches all', () => {
  const book = createBook()
  place(book, 100, 5)
  const filters: readonly unknown[] = [
    null,
    [],
    'x',
    { colour: [1] },
    JSON.parse('{"__proto__": {"project": [1]}}'),
    { project: 1 },
    { project: null },
    { project: ['1'] },
    { project: [1, Number.NaN] },
    { vintage: 2014 },
    { vintage: { from: 2014 } },
    { vintage: { from: 2015, to: 2014 } },
    { vintage: [2014] },
    { host: [MAX_NUMBER + 1] },
    { vintage: { from: 0, to: MAX_NUMBER + 1 } },
    { not: null },
    { not: [] },
    { not: 'project' },
    { not: { colour: [1] } },
    { not: { project: 1 } },
    { not: { project: [1, '2'] } },
    { not: { vintage: { from: 2015, to: 2014 } } },
    { not: { not: { project: [1] } } },
    { not: { not: undefined } },
    { not: JSON.parse('{"__proto__": {"project": [1]}}') },
  ]
  for (const filter of filters) {
    const query = { quantityTonnes: 1, allOrNone: true, filter }
    refused(book, { kind: 'Reserve', query, expiresAt: 9 }, 'InvalidFilter')
    assert.throws(() => book.depth(filter as never), TypeError)
    assert.throws(() => book.standing(1, filter as never), TypeError)
    assert.equal(book.explain(query as Query).answer, { kind: 'Rejected', reason: 'InvalidFilter' })
  }
  for (const levels of [0, -1, 1.5, '2', Number.NaN]) {
    assert.throws(() => book.depth({}, levels as never), /maxLevels/)
  }
})

bounds('an id that the book never gave is unknown, whatever it looks like', () => {
  const book = createBook()
  place(book, 100, 5)
  reserve(book, { quantityTonnes: 1 })
  const ids = ['1', '01', '__proto__', 'constructor', 0, -1, 1.5, 2, Number.NaN, null, undefined]
  for (const id of [...ids, [1], true, 1n, {}]) {
    refused(book, { kind: 'WithdrawOffer', offer: id }, 'UnknownOffer')
    refused(book, { kind: 'CommitReservation', reservation: id }, 'UnknownReservation')
    assert.is(book.offer(id as never), undefined)
    assert.is(book.reservation(id as never), undefined)
  }
})

bounds('a kind that is none is a fault of the program and throws', () => {
  const book = createBook()
  for (const kind of ['Buy', '__proto__', undefined]) {
    assert.throws(() => book.apply({ kind } as unknown as Command), /kind/)
  }
  for (const junk of [0, -1, 1.5, '3', Number.NaN]) {
    const options = [{ maxFills: junk }, { maxCachedFilters: junk }] as BookOptions[]
    for (const option of options) assert.throws(() => createBook(option), TypeError)
  }
  for (const plan of ['', 'SCAN', 1]) {
    assert.throws(() => createBook({ plan } as unknown as BookOptions), TypeError)
  }
})

bounds('the open tonnes of a book stay a safe integer; what ends makes room again', () => {
  const book = createBook({}, nearlyFull())
  const room = Number.MAX_SAFE_INTEGER - 9000 * MAX_QUANTITY_TONNES - 7 * MAX_QUANTITY_TONNES
  refused(book, { ...PLACE, quantityTonnes: room + 1 }, 'InvalidQuantity')
  place(book, 1, room)
  const full = (): void => refused(book, { ...PLACE, quantityTonnes: 1 }, 'InvalidQuantity')
  full()
  refused(book, { kind: 'AmendOffer', offer: 9008, quantityTonnes: room + 1 }, 'InvalidQuantity')
  assert.is(book.depth()[1]?.quantityTonnes, 9007 * MAX_QUANTITY_TONNES)

  reserve(book, { quantityTonnes: 3, maxPriceMinor: 1 })
  reserve(book, { quantityTonnes: 4, maxPriceMinor: 1 })
  full()
  accepted(book, commit(1))
  place(book, 2, 3)
  full()
  accepted(book, { kind: 'AmendOffer', offer: 9008, quantityTonnes: room - 5 })
  place(book, 2, 5)
  full()
  accepted(book, withdraw(9008))
  place(book, 2, room - 5 - 4 - 3)
  full()
  accepted(book, release(2))
  place(book, 2, 4)
  full()
})

/** 9,007 offers of the greatest quantity: one more would pass the safe integers. */
function nearlyFull(): BookState {
  const offers = Array.from(
    { length: 9007 },
    (_, index): OfferState => ({
      offer: index + 1,
      seller: 1,
      attributes: ATTRIBUTES,
      priceMinor: 50,
      sequence: index + 1,
      quantityTonnes: MAX_QUANTITY_TONNES,
      reservedTonnes: 0,
      soldTonnes: 0,
      withdrawnTonnes: 0,
      availableTonnes: MAX_QUANTITY_TONNES,
      suspended: false,
      expired: false,
      withdrawn: false,
    }),
  )
  return { nextOffer: 9008, nextReservation: 1, nextSequence: 9008, offers, reservations: [] }
}

bounds.run()
