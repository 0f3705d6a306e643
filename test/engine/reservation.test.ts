import { createBook } from '@offset-button/engine'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  accepted,
  commit,
  expire,
  place,
  refused,
  release,
  reserve,
  suspend,
  taken,
  withdraw,
} from './commands.ts'

const reservations = suite('reservations')

reservations('released tonnes go back to their own place, before newer offers', () => {
  const book = createBook()
  const first = place(book, 100, 5)
  const before = book.state().offers
  reserve(book, { quantityTonnes: 5 })
  const newer = place(book, 100, 5)
  accepted(book, release(1))
  assert.equal(book.offer(first), before[0])
  assert.equal(taken(book, { quantityTonnes: 6 }), [
    [first, 5],
    [newer, 1],
  ])
})

reservations('a level that vanished comes back with the release', () => {
  const book = createBook()
  place(book, 100, 5)
  place(book, 110, 5)
  const depth = book.depth()
  reserve(book, { quantityTonnes: 5 })
  assert.is(book.depth()[0]?.priceMinor, 110)
  accepted(book, release(1))
  assert.equal(book.depth(), depth)
  assert.equal(taken(book, { quantityTonnes: 1 }), [[1, 1]])
})

reservations('overlapping reservations released in any order leave the book as it was', () => {
  for (const order of [
    [1, 2, 3, 4],
    [4, 3, 2, 1],
    [2, 4, 1, 3],
  ]) {
    const book = createBook()
    for (const tonnes of [4, 5, 6]) place(book, 100, tonnes)
    const before = book.state().offers
    const depth = book.depth()
    reserve(book, { quantityTonnes: 3 })
    reserve(book, { quantityTonnes: 7 })
    assert.is(book.state().reservations.length, 4)
    for (const reservation of order) accepted(book, release(reservation))
    assert.equal(book.state().offers, before)
    assert.equal(book.depth(), depth)
  }
})

reservations('a reservation ends once: every second ending is refused', () => {
  const endings = [commit(1), release(1), expire(1, 1000)]
  for (const ending of endings) {
    const book = createBook()
    place(book, 100, 5)
    place(book, 100, 5)
    reserve(book, { quantityTonnes: 2 })
    accepted(book, ending)
    reserve(book, { quantityTonnes: 2 })
    for (const second of endings) refused(book, second, 'ReservationEnded')
    const extension = { kind: 'ExtendReservation', reservation: 1, expiresAt: 2000 }
    refused(book, extension, 'ReservationEnded')
  }
})

reservations('a reservation may expire from the millisecond of its expiry on', () => {
  const book = createBook()
  place(book, 100, 5)
  reserve(book, { quantityTonnes: 2 })
  refused(book, expire(1, 999), 'ReservationNotYetExpired')
  accepted(book, expire(1, 1000))
  assert.is(book.offer(1)?.availableTonnes, 5)
  assert.is(book.reservation(1)?.status, 'expired')
})

reservations('the one that ended last stays readable, however many come after it', () => {
  const book = createBook()
  place(book, 100, 2000)
  for (let reservation = 1; reservation < 256; reservation++) {
    reserve(book, { quantityTonnes: 1 })
    accepted(book, release(reservation))
  }
  const last = book.reservation(255)
  assert.is(last?.status, 'released')
  // They lie on pages of 256 ids.
  for (let more = 0; more < 600; more++) reserve(book, { quantityTonnes: 1 })
  assert.equal(book.reservation(255), last)
})

reservations('the book expires nothing by itself: a commit after the expiry still sells', () => {
  const book = createBook()
  place(book, 100, 5)
  reserve(book, { quantityTonnes: 2 })
  reserve(book, { quantityTonnes: 1 })
  accepted(book, expire(2, 5000))
  accepted(book, commit(1))
  assert.is(book.offer(1)?.soldTonnes, 2)
})

reservations('an expiry moves later, never earlier', () => {
  const book = createBook()
  place(book, 100, 5)
  reserve(book, { quantityTonnes: 2 })
  const extend = (expiresAt: number) =>
    ({ kind: 'ExtendReservation', reservation: 1, expiresAt }) as const
  refused(book, extend(999), 'ExpiryMovedBack')
  accepted(book, extend(1000))
  accepted(book, extend(1001))
  refused(book, expire(1, 1000), 'ReservationNotYetExpired')
  accepted(book, expire(1, 1001))
})

reservations(
  'withdrawing leaves what is reserved; a release goes to withdrawn, a commit sells',
  () => {
    const book = createBook()
    place(book, 100, 10)
    reserve(book, { quantityTonnes: 3 })
    reserve(book, { quantityTonnes: 4 })
    const event = accepted(book, withdraw(1))
    assert.equal(event, { kind: 'OfferWithdrawn', offer: 1, withdrawnTonnes: 3 })
    refused(book, withdraw(1), 'OfferEnded')
    refused(book, { kind: 'AmendOffer', offer: 1, quantityTonnes: 50 }, 'OfferEnded')
    accepted(book, release(1))
    assert.equal(book.depth(), [])
    accepted(book, commit(2))
    const { withdrawnTonnes, soldTonnes, availableTonnes, reservedTonnes } = book.offer(1) ?? {}
    const parts = [withdrawnTonnes, soldTonnes, availableTonnes, reservedTonnes]
    assert.equal(parts, [6, 4, 0, 0])
  },
)

reservations('tonnes released to a suspended offer stay out of every match', () => {
  const book = createBook()
  place(book, 100, 10)
  reserve(book, { quantityTonnes: 4 })
  accepted(book, suspend(1))
  accepted(book, release(1))
  assert.is(book.offer(1)?.availableTonnes, 10)
  assert.equal(book.depth(), [])
  assert.equal(book.quote({ quantityTonnes: 1, allOrNone: false }), {
    kind: 'Rejected',
    reason: 'NothingAvailable',
  })
})

reservations.run()
