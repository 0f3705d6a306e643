import { createBook } from '@offset-button/engine'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Random } from '../support/random.ts'
import { BOOKS } from './compare/competitor.ts'
import { openerOf } from './compare/openers.ts'
import { repeat } from './compare/repetition.ts'
import { TextbookBook } from './textbook-book.ts'
import { makePlan } from './workload/plan.ts'

const textbook = suite('textbook book')
const ATTRIBUTES = {
  project: 1,
  host: 1,
  scope: 1,
  technology: 1,
  methodology: 1,
  vintage: 2012,
  unitType: 5,
}
const EXPIRES_AT = 1

textbook('the cheapest offer fills first, then the earliest, and the last in part', () => {
  const book = new TextbookBook()
  book.place(1, 200, 5)
  book.place(2, 100, 5)
  book.place(3, 100, 5)
  assert.equal(book.take(12), [
    { id: 2, priceMinor: 100, quantityTonnes: 5 },
    { id: 3, priceMinor: 100, quantityTonnes: 5 },
    { id: 1, priceMinor: 200, quantityTonnes: 2 },
  ])
  assert.equal(book.take(9), [{ id: 1, priceMinor: 200, quantityTonnes: 3 }])
  assert.equal(book.take(1), [])
})

textbook('an offer is withdrawn once, from wherever it stands', () => {
  const book = new TextbookBook()
  for (const id of [1, 2, 3, 4]) book.place(id, 100, 1)
  assert.equal(
    [3, 1, 4].map((id) => book.withdraw(id)),
    [true, true, true],
  )
  assert.not.ok(book.withdraw(3))
  book.place(5, 100, 1)
  assert.equal(
    book.take(9).map(({ id }) => id),
    [2, 5],
  )
})

for (const levels of [1, 7, 400]) {
  textbook(`its fills are those of our book, at ${levels} prices`, () => {
    const random = new Random(levels)
    const theirs = new TextbookBook()
    const ours = createBook()
    for (let step = 0; step < 3000; step++) {
      const what = random.whole(1, 10)
      if (what <= 6) {
        const priceMinor = random.whole(1, levels)
        const quantityTonnes = random.whole(1, 100)
        const event = ours.apply({
          kind: 'PlaceOffer',
          seller: 1,
          attributes: ATTRIBUTES,
          priceMinor,
          quantityTonnes,
        })
        assert.is(event.kind, 'OfferPlaced')
        if (event.kind === 'OfferPlaced') theirs.place(event.offer, priceMinor, quantityTonnes)
      } else if (what <= 8) {
        const offer = random.whole(1, step + 1)
        const event = ours.apply({ kind: 'WithdrawOffer', offer })
        assert.is(theirs.withdraw(offer), event.kind === 'OfferWithdrawn')
      } else {
        const quantityTonnes = random.whole(1, 400)
        const query = { quantityTonnes, allOrNone: false }
        const event = ours.apply({ kind: 'Reserve', query, expiresAt: EXPIRES_AT })
        const fills = event.kind === 'Reserved' ? event.fills : []
        for (const { reservation } of fills) ours.apply({ kind: 'CommitReservation', reservation })
        const expected = fills.map(({ offer: id, priceMinor, quantityTonnes: tonnes }) => ({
          id,
          priceMinor,
          quantityTonnes: tonnes,
        }))
        assert.equal(theirs.take(quantityTonnes), expected)
      }
    }
  })
}

textbook('all books that are compared take the same tonnes in the same number of fills', () => {
  const plan = makePlan(1000, 10)
  const taken = BOOKS.map((name) => {
    const { tonnes, fills } = repeat(openerOf(name), plan, 1, Number.POSITIVE_INFINITY)
    return { tonnes, fills }
  })
  const ordered = plan.orders.reduce((sum, tonnes) => sum + tonnes, 0)
  assert.is(taken[0]?.tonnes, ordered)
  assert.equal(
    taken,
    BOOKS.map(() => taken[0]),
  )
})

textbook.run()
