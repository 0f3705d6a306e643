import { readdirSync, readFileSync } from 'node:fs'
import {
  type BookState,
  type Command,
  createBook,
  MAX_NUMBER,
  MAX_PRICE_MINOR,
  MAX_QUANTITY_TONNES,
  type OfferState,
  REJECTION_REASONS,
  type RejectionReason,
  type ReservationState,
} from '@offset-button/engine'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  ATTRIBUTES,
  accepted,
  allRefused,
  place,
  quote,
  release,
  reserve,
  withdraw,
} from './commands.ts'
import { bytes, eachHistory, History, ORDINARY, SETTINGS, stored } from './history.ts'
import { JUNK, spoilt } from './junk.ts'
import { Random } from './random.ts'

const properties = suite('what holds of a book, whatever happens')

const HUGE = { ...ORDINARY, huge: true }

properties(
  'property 11: the same log gives the same events to the byte and the same hash, whatever the plan or the cache',
  () => {
    for (let seed = 1; seed <= 6; seed++) {
      const { commands, events, book } = new History(seed, seed % 3 ? ORDINARY : HUGE).live(500)
      for (const setting of SETTINGS) {
        const other = createBook({ maxFills: ORDINARY.maxFills, ...setting })
        const told = commands.map((command) => other.apply(command))
        assert.is(bytes(told), bytes(events))
        assert.is(bytes(other.state()), bytes(book.state()))
        assert.is(other.hash(), book.hash())
      }
    }
  },
)

properties('property 11: a snapshot and the tail are the full replay', () => {
  eachHistory(4, ORDINARY, (history, options) => {
    const { book, commands, events } = history.live(120)
    const snapshots = [40, 300].map((more) => {
      const state = stored(history.live(more).book)
      return { state, at: commands.length, hash: book.hash() }
    })
    history.live(100)
    for (const { state, at, hash } of snapshots) {
      const other = createBook(options, state)
      assert.is(other.hash(), hash)
      const told = commands.slice(at).map((command) => other.apply(command))
      assert.is(bytes(told), bytes(events.slice(at)))
      assert.is(bytes(other.state()), bytes(book.state()))
      assert.is(other.hash(), book.hash())
      other.verify()
    }
  })
})

properties('property 11: the hash is the same for the same state only', () => {
  for (const profile of [ORDINARY, HUGE]) {
    const states = new Map<string, string>()
    for (let seed = 1; seed <= 3; seed++) {
      const history = new History(seed, profile)
      for (let step = 0; step < 150; step++) {
        history.next()
        const text = bytes(history.book.state())
        const hash = history.book.hash()
        assert.is(states.get(hash) ?? text, text)
        states.set(hash, text)
      }
    }
    assert.ok(states.size > 300)
  }
})

properties('property 11: every number of a state counts in its hash, beyond 32 bits too', () => {
  const book = createBook()
  for (const priceMinor of [100, 200]) place(book, priceMinor, 9)
  reserve(book, { quantityTonnes: 2 })
  const next = 2 ** 40
  const counters = { nextOffer: next, nextReservation: next, nextSequence: next }
  const state = { ...stored(book), ...counters }
  const [offer, other] = state.offers as [OfferState, OfferState]
  const [held] = state.reservations as [ReservationState]
  const { attributes, quantityTonnes: posted, availableTonnes: rest } = other
  const offers = (change: object) => ({ ...state, offers: [offer, { ...other, ...change }] })
  const reservations = (change: object) => ({ ...state, reservations: [{ ...held, ...change }] })
  const more = [1, 2 ** 32].flatMap((by) => [
    ...Object.keys(counters).map((name) => ({ ...state, [name]: next + by })),
    offers({ offer: other.offer + by }),
    offers({ sequence: other.sequence + by }),
    offers({ quantityTonnes: posted + by, availableTonnes: rest + by }),
    offers({ quantityTonnes: posted + by, soldTonnes: by }),
    reservations({ reservation: held.reservation + by }),
    reservations({ expiresAt: held.expiresAt + by }),
  ])
  const states: readonly BookState[] = [
    state,
    ...more,
    offers({ seller: 2 }),
    offers({ priceMinor: 201 }),
    ...Object.keys(attributes).map((name) => offers({ attributes: { ...attributes, [name]: 77 } })),
    offers({ suspended: true }),
    offers({ expired: true }),
    reservations({ priceMinor: 101 }),
  ]
  const hashes = states.map((one) => createBook({}, one).hash())
  assert.is(new Set(hashes).size, states.length)
})

properties('property 11: a book that was large before has the hash of one that never was', () => {
  for (const setting of SETTINGS) {
    const book = createBook(setting)
    const random = new Random(11)
    for (let offer = 1; offer <= 2000; offer++) {
      place(book, random.whole(1, 500), 3, { project: random.whole(1, 300) })
    }
    const left = random.shuffled(book.state().offers).slice(0, 9)
    const kept = new Set(left.map(({ offer }) => offer))
    for (const { offer } of random.shuffled(book.state().offers)) {
      if (!kept.has(offer)) accepted(book, withdraw(offer))
    }
    book.verify()
    const fresh = createBook({}, stored(book))
    assert.is(fresh.hash(), book.hash())
    assert.equal(fresh.depth(), book.depth())
  }
})

type Bound = readonly [
  reason: RejectionReason,
  greatest: number,
  command: (value: unknown) => object,
]

const QUERY = { quantityTonnes: 1, allOrNone: true }
const PLACE = {
  kind: 'PlaceOffer',
  seller: 1,
  attributes: ATTRIBUTES,
  priceMinor: 9,
  quantityTonnes: 9,
}
const asking = (query: object) => ({ kind: 'Reserve', query: { ...QUERY, ...query }, expiresAt: 9 })

/** Each number that a command has, with the greatest it may be. */
const BOUNDS: readonly Bound[] = [
  ['InvalidQuantity', MAX_QUANTITY_TONNES, (quantityTonnes) => ({ ...PLACE, quantityTonnes })],
  ['InvalidPrice', MAX_PRICE_MINOR, (priceMinor) => ({ ...PLACE, priceMinor })],
  ['InvalidSeller', MAX_NUMBER, (seller) => ({ ...PLACE, seller })],
  ...Object.keys(ATTRIBUTES).map(
    (name): Bound => [
      'InvalidAttributes',
      MAX_NUMBER,
      (value) => ({ ...PLACE, attributes: { ...ATTRIBUTES, [name]: value } }),
    ],
  ),
  [
    'InvalidQuantity',
    MAX_QUANTITY_TONNES,
    (quantityTonnes) => ({ kind: 'AmendOffer', offer: 1, quantityTonnes }),
  ],
  ['InvalidPrice', MAX_PRICE_MINOR, (priceMinor) => ({ kind: 'AmendOffer', offer: 1, priceMinor })],
  [
    'InvalidAttributes',
    MAX_NUMBER,
    (host) => ({ kind: 'AmendOffer', offer: 1, attributes: { ...ATTRIBUTES, host } }),
  ],
  [
    'InvalidQuantity',
    MAX_QUANTITY_TONNES,
    (quantityTonnes) => asking({ quantityTonnes, allOrNone: false }),
  ],
  ['InvalidSeller', MAX_NUMBER, (buyer) => asking({ buyer })],
  ...['project', 'host', 'scope', 'technology', 'methodology', 'unitType'].flatMap(
    (name): Bound[] => [
      ['InvalidFilter', MAX_NUMBER, (value) => asking({ filter: { [name]: [1, value] } })],
      ['InvalidFilter', MAX_NUMBER, (value) => asking({ filter: { not: { [name]: [9, value] } } })],
    ],
  ),
  ['InvalidFilter', MAX_NUMBER, (to) => asking({ filter: { vintage: { from: 0, to } } })],
  ['InvalidFilter', MAX_NUMBER, (to) => asking({ filter: { not: { vintage: { from: 0, to } } } })],
  ['InvalidLimit', MAX_PRICE_MINOR, (maxPriceMinor) => asking({ maxPriceMinor })],
  ['InvalidLimit', Number.MAX_SAFE_INTEGER, (maxTotalMinor) => asking({ maxTotalMinor })],
  [
    'InvalidLimit',
    Number.MAX_SAFE_INTEGER,
    (budgetMinor) => asking({ budgetMinor, quantityTonnes: undefined, allOrNone: false }),
  ],
  [
    'InvalidTime',
    Number.MAX_SAFE_INTEGER,
    (expiresAt) => ({ kind: 'Reserve', query: QUERY, expiresAt }),
  ],
  [
    'InvalidTime',
    Number.MAX_SAFE_INTEGER,
    (expiresAt) => ({ kind: 'ExtendReservation', reservation: 1, expiresAt }),
  ],
  [
    'InvalidTime',
    Number.MAX_SAFE_INTEGER,
    (now) => ({ kind: 'ExpireReservation', reservation: 1, now }),
  ],
]

properties('property 12: every number is bounded, and a bound has its reason', () => {
  const NO_NUMBERS = JUNK.filter((junk) => typeof junk !== 'number' && junk !== undefined)
  for (const [reason, greatest, command] of BOUNDS) {
    const book = createBook()
    for (let offer = 0; offer < 3; offer++) place(book, 1, 9)
    reserve(book, { quantityTonnes: 1 })
    const beyond = [Number.NaN, Number.POSITIVE_INFINITY, 1.5, -1, greatest + 1]
    allRefused(book, [...NO_NUMBERS, ...beyond].map(command), reason)
    const event = book.apply(command(greatest) as Command)
    const said = event.kind === 'Rejected' ? event.reason : undefined
    assert.ok(!said || REJECTION_REASONS.indexOf(said) > REJECTION_REASONS.indexOf('InvalidTime'))
  }
})

properties('property 12: price times quantity may pass 2^53, and sums of tonnes may not', () => {
  for (const setting of SETTINGS) {
    const book = createBook(setting)
    for (let offer = 0; offer < 3; offer++)
      place(book, MAX_PRICE_MINOR - offer, MAX_QUANTITY_TONNES)
    const answer = quote(book, { quantityTonnes: MAX_QUANTITY_TONNES })
    assert.is('costMinor' in answer && answer.costMinor, (10n ** 9n - 2n) * 10n ** 12n)
    const event = accepted(book, {
      kind: 'Reserve',
      query: { budgetMinor: Number.MAX_SAFE_INTEGER, allOrNone: true },
      expiresAt: 9,
    })
    assert.ok(event.kind === 'Reserved')
    assert.is(event.quantityTonnes, Math.floor(Number.MAX_SAFE_INTEGER / (MAX_PRICE_MINOR - 2)))
  }
})

properties('property 15: ids are dense, never given again, and never taken for others', () => {
  eachHistory(3, ORDINARY, (history) => {
    const { book } = history
    let [offers, reservations] = [0, 0]
    for (let step = 0; step < 300; step++) {
      const { event } = history.next()
      if (event.kind === 'OfferPlaced') assert.is(event.offer, ++offers)
      if (event.kind !== 'Reserved') continue
      for (const { reservation } of event.fills) assert.is(reservation, ++reservations)
    }
    const { offers: open, reservations: held } = book.state()
    const [isOpen, isHeld] = [
      open.map(({ offer }) => offer),
      held.map(({ reservation }) => reservation),
    ]
    const before = (next: number, isThere: number[]): number[] =>
      Array.from({ length: next }, (_, index) => index + 1).filter((id) => !isThere.includes(id))
    allRefused(book, before(offers, isOpen).map(withdraw), 'OfferEnded')
    allRefused(book, before(reservations, isHeld).map(release), 'ReservationEnded')
    const strange = [0, -1, 1.5, Number.NaN, 2 ** 31, 2 ** 32 + 1, Number.MAX_SAFE_INTEGER]
    const texts = ['1', '01', '', '__proto__', 'constructor', 'length']
    const unknown = [...strange, ...texts, null, undefined, true, [1], {}, 1n] as number[]
    const [noOffers, noReservations] = [
      [...unknown, offers + 1],
      [...unknown, reservations + 1],
    ]
    allRefused(book, noOffers.map(withdraw), 'UnknownOffer')
    allRefused(book, noReservations.map(release), 'UnknownReservation')
    for (const id of noOffers) {
      assert.is(book.offer(id), undefined)
      assert.is(book.standing(id), undefined)
    }
    for (const id of noReservations) assert.is(book.reservation(id), undefined)
  })
})

properties('property 16: an error changes nothing', () => {
  let refusals = 0
  eachHistory(3, ORDINARY, (history, options) => {
    const { book, generator } = history.live(60)
    const random = new Random(history.commands.length + 16)
    for (let step = 0; step < 70; step++) {
      history.next()
      const before = bytes(book.state())
      const hash = book.hash()
      const command = spoilt(random, generator.next())
      const event = book.apply(command)
      if (event.kind !== 'Rejected') {
        generator.observe(event)
        continue
      }
      refusals++
      assert.is(bytes(book.state()), before)
      assert.is(book.hash(), hash)
    }
    book.verify()
    const other = createBook(options, stored(book))
    const query = generator.query()
    assert.equal(other.quote(query), book.quote(query))
  })
  assert.ok(refusals > 300)
})

properties('each of the sixteen properties has its test', () => {
  const files = readdirSync(import.meta.dirname).filter((name) =>
    name.endsWith('.properties.test.ts'),
  )
  const text = files.map((name) => readFileSync(`${import.meta.dirname}/${name}`, 'utf8')).join()
  const named = [...text.matchAll(/["'`]property (\d+): /g)].map(([, number]) => Number(number))
  const numbers = [...new Set(named)].sort((one, other) => one - other)
  assert.equal(
    numbers,
    Array.from({ length: 16 }, (_, index) => index + 1),
  )
})

properties.run()
