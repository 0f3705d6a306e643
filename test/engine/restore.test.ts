import {
  type Book,
  type BookState,
  createBook,
  MAX_QUANTITY_TONNES,
  type OfferState,
  StoredOffers,
} from '@offset-button/engine'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  accepted,
  commit,
  expireUnits,
  place,
  refused,
  release,
  reserve,
  suspend,
  withdraw,
} from './commands.ts'

const restoring = suite('restoring')

/** A book with something of everything: partial, suspended, expired, withdrawn and ended. */
function livedIn(): Book {
  const book = createBook()
  for (const tonnes of [5, 6, 7, 8, 9]) place(book, 100, tonnes)
  for (const quantityTonnes of [7, 2]) reserve(book, { quantityTonnes })
  accepted(book, commit(1))
  accepted(book, withdraw(2))
  accepted(book, suspend(3))
  accepted(book, expireUnits(5))
  return book
}

const stored = (book: Book): BookState => JSON.parse(JSON.stringify(book.state())) as BookState

restoring('a restored book gives the same answers and the same next ids', () => {
  const [one, other] = [livedIn(), createBook({}, stored(livedIn()))]
  assert.equal(other.state(), one.state())
  assert.is(other.hash(), one.hash())
  for (const book of [one, other]) {
    refused(book, withdraw(1), 'OfferEnded')
    refused(book, expireUnits(5), 'OfferAlreadyExpired')
    refused(book, release(1), 'ReservationEnded')
    refused(book, release(9), 'UnknownReservation')
    accepted(book, release(2))
    accepted(book, { kind: 'ResumeOffer', offer: 3 })
    place(book, 90, 1)
    reserve(book, { quantityTonnes: 12 })
  }
  assert.equal(other.state(), one.state())
  assert.is(other.hash(), one.hash())
  assert.equal(other.depth(), one.depth())
})

restoring('the order of the lists does not matter, and ended parts may be there', () => {
  const book = livedIn()
  const { offers, reservations, ...counters } = stored(book)
  const ended = { ...offers[1], offer: 1, sequence: 1, reservedTonnes: 0, availableTonnes: 0 }
  const sold = { ...ended, quantityTonnes: 5, soldTonnes: 5, withdrawnTonnes: 0 }
  const released = { ...reservations[0], reservation: 1, offer: 1, status: 'released' as const }
  const state = {
    ...counters,
    offers: [...offers, sold].reverse(),
    reservations: [...reservations, released].reverse(),
  } as BookState
  assert.equal(createBook({}, state).state(), book.state())
})

restoring('offers may be packed, and are the same as they come and in any order', () => {
  const book = livedIn()
  const { offers, ...rest } = book.state()
  const packed = new StoredOffers()
  for (const offer of [...offers].reverse()) packed.add(offer)
  assert.is(packed.length, offers.length)
  assert.equal([...packed].reverse(), offers)
  assert.equal(createBook({}, { ...rest, offers: packed }).state(), book.state())
  const broken = { ...(offers[0] as OfferState), quantityTonnes: 1.5 }
  assert.throws(() => packed.add(broken), /offer 2: quantityTonnes/)
  assert.is(packed.length, offers.length)
})

restoring('sequences beyond 32 bits are told apart', () => {
  const offer = livedIn().offer(4) as OfferState
  const sequences = [2 ** 45 + 3, 7, 2 ** 53 - 2, 2 ** 32 + 7, 2 ** 45]
  const offers = sequences.map((sequence, at) => ({ ...offer, offer: at + 1, sequence }))
  const next = { nextOffer: 6, nextReservation: 1, nextSequence: 2 ** 53 - 1 }
  const book = createBook({}, { ...next, offers, reservations: [] })
  assert.equal(
    reserve(book, { quantityTonnes: 40 }).map((fill) => fill.offer),
    [2, 4, 5, 1, 3],
  )
})

restoring('ids may be as high as they go', () => {
  const book = createBook()
  for (let offer = 1; offer <= 2; offer++) place(book, 100, 5)
  const [first, second] = book.state().offers
  const next = { nextOffer: 2 ** 43, nextReservation: 2 ** 43 }
  const offers = [
    { ...first, offer: 2 ** 43 - 1 },
    { ...second, offer: 3 },
  ] as OfferState[]
  const high = createBook({}, { ...book.state(), ...next, offers })
  assert.is(place(high, 90, 1), 2 ** 43)
  assert.is(reserve(high, { quantityTonnes: 3 })[1]?.reservation, 2 ** 43 + 1)
  const before = high.state()
  assert.equal(
    before.offers.map(({ offer }) => offer),
    [3, 2 ** 43 - 1, 2 ** 43],
  )
})

restoring('a copy is a book of its own with the same state and the same options', () => {
  const book = createBook({ maxFills: 1 }, stored(livedIn()))
  const before = book.state()
  const copy = book.copy()
  copy.verify()
  assert.equal(copy.state(), before)
  assert.is(copy.hash(), book.hash())
  const change = (changed: Book): void => {
    accepted(changed, release(2))
    place(changed, 90, 1)
    accepted(changed, { kind: 'ResumeOffer', offer: 3 })
    const query = { quantityTonnes: 2, allOrNone: true }
    refused(changed, { kind: 'Reserve', query, expiresAt: 0 }, 'TooManyFills')
  }
  change(copy)
  assert.equal(book.state(), before)
  change(book)
  assert.equal(book.state(), copy.state())
})

restoring('open tonnes are a safe integer in every book', () => {
  const offer = { ...(livedIn().offer(4) as OfferState), quantityTonnes: MAX_QUANTITY_TONNES }
  const state = (count: number): BookState => ({
    nextOffer: count + 1,
    nextReservation: 1,
    nextSequence: count + 1,
    offers: Array.from({ length: count }, (_, at) => {
      return { ...offer, offer: at + 1, sequence: at + 1, availableTonnes: MAX_QUANTITY_TONNES }
    }),
    reservations: [],
  })
  const most = Math.floor(Number.MAX_SAFE_INTEGER / MAX_QUANTITY_TONNES)
  createBook({}, state(most)).verify()
  assert.throws(() => createBook({}, state(most + 1)), /the open tonnes pass the safe integers/)
})

restoring('a state that disagrees with itself is refused, and says where', () => {
  type Draft = { -readonly [Name in keyof BookState]: BookState[Name] } & Record<string, unknown>
  const broken = (change: (draft: Draft) => void, sentence: RegExp): void => {
    const draft = stored(livedIn()) as Draft
    change(draft)
    assert.throws(() => createBook({}, draft), sentence)
  }
  const offer = (change: object, sentence: RegExp): void =>
    broken((draft) => Object.assign(draft.offers[0] as object, change), sentence)
  const reservation = (change: object, sentence: RegExp): void =>
    broken((draft) => Object.assign(draft.reservations[0] as object, change), sentence)

  broken((draft) => Object.assign(draft, { nextOffer: 0 }), /nextOffer/)
  broken((draft) => Object.assign(draft, { nextOffer: 2 ** 43 + 1 }), /nextOffer/)
  broken((draft) => Object.assign(draft, { nextReservation: 2 ** 43 + 1 }), /nextReservation/)
  broken((draft) => Object.assign(draft, { nextSequence: '9' }), /nextSequence/)
  broken((draft) => Object.assign(draft, { reservations: [] }), /do not add up to reservedTonnes/)
  broken((draft) => Object.assign(draft, { offers: [...draft.offers, draft.offers[0]] }), /twice/)
  broken((draft) => {
    const again = { ...(draft.offers[0] as object), sequence: 1 }
    Object.assign(draft, { offers: [...draft.offers, again] })
  }, /twice/)
  broken((draft) => {
    const ended = { ...(draft.offers[0] as object), reservedTonnes: 0, withdrawnTonnes: 6 }
    Object.assign(draft, { offers: [...draft.offers, { ...ended, sequence: 1 }] })
  }, /twice/)
  for (const id of [99, 0]) {
    offer({ offer: id }, /was never given/)
    offer({ sequence: id }, /sequence never given/)
  }
  offer({ sequence: 4 }, /another's/)
  offer({ seller: '1' }, /seller/)
  offer({ priceMinor: 0 }, /priceMinor/)
  offer({ quantityTonnes: '6' }, /quantityTonnes/)
  offer({ quantityTonnes: 7 }, /do not add up to its quantity/)
  offer({ reservedTonnes: -1 }, /no number of tonnes/)
  offer({ attributes: {} }, /attributes/)
  offer({ suspended: 0 }, /booleans/)
  offer({ expired: null }, /booleans/)
  offer({ seller: 2 ** 31 }, /seller/)
  offer({ withdrawnTonnes: 0, availableTonnes: 2 }, /withdrawn and still available/)
  offer({ withdrawn: false }, /not withdrawn, and part of it is/)
  reservation({ reservation: 99 }, /never given/)
  reservation({ quantityTonnes: 3 }, /do not add up/)
  reservation({ quantityTonnes: 1.5 }, /quantityTonnes/)
  reservation({ priceMinor: null }, /priceMinor/)
  reservation({ expiresAt: 'soon' }, /expiresAt/)
  reservation({ offer: 1 }, /not open/)
})

restoring.run()
