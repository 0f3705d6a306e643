import { type Book, createBook, type OfferAttributes } from '@offset-button/engine'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  ATTRIBUTES,
  accepted,
  commit,
  expireUnits,
  place,
  reasonOf,
  refused,
  release,
  reserve,
  resume,
  suspend,
  taken,
  withdraw,
} from './commands.ts'

const offers = suite('offers')

type Terms = { priceMinor?: number; quantityTonnes?: number; attributes?: OfferAttributes }
const amend = (book: Book, offer: number, terms: Terms) =>
  accepted(book, { kind: 'AmendOffer', offer, ...terms })

offers('an offer amended to less keeps its place', () => {
  const book = createBook()
  const [first, second] = [place(book, 100, 10), place(book, 100, 10)]
  const event = amend(book, first, { quantityTonnes: 4 })
  assert.equal(event, { kind: 'OfferAmended', offer: first, sequence: 1 })
  assert.equal(taken(book, { quantityTonnes: 5 }), [
    [first, 4],
    [second, 1],
  ])
})

offers('an offer amended to more goes behind the others at its price', () => {
  const book = createBook()
  const [first, second] = [place(book, 100, 10), place(book, 100, 10)]
  const event = amend(book, first, { quantityTonnes: 11 })
  assert.equal(event, { kind: 'OfferAmended', offer: first, sequence: 3 })
  assert.equal(taken(book, { quantityTonnes: 11 }), [
    [second, 10],
    [first, 1],
  ])
})

offers('an offer at another price goes behind the others there, also on its way back', () => {
  const book = createBook()
  const [first, second] = [place(book, 100, 1), place(book, 100, 1)]
  amend(book, first, { priceMinor: 90, quantityTonnes: 1 })
  assert.equal(taken(book, { quantityTonnes: 1 }), [[first, 1]])
  amend(book, first, { priceMinor: 100 })
  assert.equal(taken(book, { quantityTonnes: 1 }), [[second, 1]])
  assert.is(book.depth().length, 1)
})

offers('an offer with other attributes goes behind the others at its price', () => {
  const book = createBook()
  const [first, second] = [place(book, 100, 5), place(book, 100, 5)]
  const event = amend(book, first, { attributes: { ...ATTRIBUTES, project: 9 } })
  assert.equal(event, { kind: 'OfferAmended', offer: first, sequence: 3 })
  assert.equal(taken(book, { quantityTonnes: 6 }), [
    [second, 5],
    [first, 1],
  ])
  assert.equal(taken(book, { quantityTonnes: 5, filter: { project: [9] } }), [[first, 5]])
  assert.equal(taken(book, { quantityTonnes: 5, filter: { project: [1] } }), [[second, 5]])
})

offers(
  'what is reserved stays so when the attributes change, and goes back to where the offer is now',
  () => {
    const book = createBook()
    place(book, 100, 5)
    reserve(book, { quantityTonnes: 5 })
    amend(book, 1, { attributes: { ...ATTRIBUTES, host: 3 } })
    accepted(book, release(1))
    assert.equal(taken(book, { quantityTonnes: 5, filter: { host: [3] } }), [[1, 5]])
    assert.is(reasonOf(book, { quantityTonnes: 1, filter: { host: [1] } }), 'NothingAvailable')
  },
)

offers('an amendment that changes nothing keeps the place and takes no sequence', () => {
  const book = createBook()
  place(book, 100, 10)
  amend(book, 1, {})
  amend(book, 1, { priceMinor: 100, quantityTonnes: 10 })
  amend(book, 1, { attributes: { ...ATTRIBUTES } })
  assert.is(book.offer(1)?.sequence, 1)
  assert.is(book.state().nextSequence, 2)
})

offers('an offer cannot be amended below what is reserved and sold', () => {
  const book = createBook()
  place(book, 100, 10)
  reserve(book, { quantityTonnes: 3 })
  reserve(book, { quantityTonnes: 4 })
  accepted(book, commit(1))
  const below = { kind: 'AmendOffer', offer: 1, quantityTonnes: 6 }
  refused(book, below, 'BelowReservedAndSold')
  amend(book, 1, { quantityTonnes: 7 })
  assert.equal(book.depth(), [])
})

offers('what is reserved keeps its price, and goes back to where the offer is now', () => {
  const book = createBook()
  place(book, 100, 10)
  reserve(book, { quantityTonnes: 10 })
  amend(book, 1, { priceMinor: 150 })
  assert.is(book.reservation(1)?.priceMinor, 100)
  accepted(book, release(1))
  assert.equal(book.depth(), [{ priceMinor: 150, quantityTonnes: 10, offers: 1 }])
})

offers('an offer amended down to what is sold is exhausted', () => {
  const book = createBook()
  place(book, 100, 10)
  reserve(book, { quantityTonnes: 3 })
  accepted(book, commit(1))
  amend(book, 1, { quantityTonnes: 3 })
  refused(book, { kind: 'AmendOffer', offer: 1, quantityTonnes: 9 }, 'OfferEnded')
  assert.equal(book.state().offers, [])
})

offers('a suspended offer is matched by nothing, and resumes at its old place', () => {
  const book = createBook()
  const [first, second] = [place(book, 100, 5), place(book, 100, 5)]
  accepted(book, suspend(first))
  assert.equal(taken(book, { quantityTonnes: 5 }), [[second, 5]])
  assert.equal(book.depth(), [{ priceMinor: 100, quantityTonnes: 5, offers: 1 }])
  refused(book, suspend(first), 'OfferAlreadySuspended')
  accepted(book, resume(first))
  refused(book, resume(first), 'OfferNotSuspended')
  assert.equal(taken(book, { quantityTonnes: 5 }), [[first, 5]])
})

offers('an offer amended while suspended stays so, and resumes at the new place', () => {
  const book = createBook()
  const [first, second] = [place(book, 100, 5), place(book, 100, 5)]
  accepted(book, suspend(first))
  amend(book, first, { quantityTonnes: 6 })
  assert.equal(taken(book, { quantityTonnes: 5 }), [[second, 5]])
  accepted(book, resume(first))
  assert.equal(taken(book, { quantityTonnes: 5 }), [[second, 5]])
  assert.is(book.depth()[0]?.quantityTonnes, 11)
})

offers('an offer whose units have expired is matched by nothing, for good', () => {
  const book = createBook()
  const [first, second] = [place(book, 100, 5), place(book, 100, 5)]
  reserve(book, { quantityTonnes: 2 })
  assert.equal(accepted(book, expireUnits(first)), { kind: 'OfferExpired', offer: first })
  assert.is(book.offer(first)?.expired, true)
  refused(book, expireUnits(first), 'OfferAlreadyExpired')
  assert.equal(taken(book, { quantityTonnes: 5 }), [[second, 5]])
  accepted(book, release(1))
  assert.is(book.offer(first)?.availableTonnes, 5)
  accepted(book, suspend(first))
  accepted(book, resume(first))
  amend(book, first, { quantityTonnes: 9, priceMinor: 50, attributes: { ...ATTRIBUTES, host: 2 } })
  assert.is(book.offer(first)?.expired, true)
  assert.equal(book.depth(), [{ priceMinor: 100, quantityTonnes: 5, offers: 1 }])
  assert.equal(taken(book, { quantityTonnes: 5 }), [[second, 5]])
})

offers('what is reserved of expired units may be extended, committed or released', () => {
  const book = createBook()
  place(book, 100, 9)
  for (const quantityTonnes of [2, 3, 4]) reserve(book, { quantityTonnes })
  accepted(book, expireUnits(1))
  accepted(book, { kind: 'ExtendReservation', reservation: 1, expiresAt: 5000 })
  accepted(book, commit(1))
  accepted(book, release(2))
  const event = accepted(book, withdraw(1))
  assert.equal(event, { kind: 'OfferWithdrawn', offer: 1, withdrawnTonnes: 3 })
  refused(book, expireUnits(1), 'OfferEnded')
  accepted(book, commit(3))
  assert.equal(book.state().offers, [])
})

offers('a reservation on a suspended offer can still be committed', () => {
  const book = createBook()
  place(book, 100, 5)
  reserve(book, { quantityTonnes: 2 })
  accepted(book, suspend(1))
  accepted(book, commit(1))
  assert.is(book.offer(1)?.soldTonnes, 2)
})

offers.run()
