import { createBook } from '@offset-button/engine'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  accepted,
  commit,
  expireUnits,
  place,
  release,
  reserve,
  suspend,
  withdraw,
} from './commands.ts'

const standings = suite('standings')

standings('an offer stands behind better prices, and behind earlier offers at its own', () => {
  const book = createBook()
  for (const price of [100, 90, 100, 80, 100, 110]) place(book, price, price)
  assert.equal(book.standing(5), {
    better: { offers: 2, quantityTonnes: 170 },
    earlier: { offers: 2, quantityTonnes: 200 },
  })
  assert.equal(book.standing(4), {
    better: { offers: 0, quantityTonnes: 0 },
    earlier: { offers: 0, quantityTonnes: 0 },
  })
})

standings('only what a query may take now counts, and only inside the filter', () => {
  const book = createBook()
  for (const host of [1, 2, 3, 4, 5]) place(book, 90, 10, { host })
  const own = place(book, 100, 1, { host: 9 })
  const counted = (filter?: object) => book.standing(own, filter)?.better.offers
  assert.is(counted(), 5)
  assert.is(counted({}), 5)
  assert.is(counted({ host: [1, 2] }), 2)
  assert.is(counted({ not: { host: [1] } }), 4)
  accepted(book, suspend(1))
  accepted(book, expireUnits(2))
  accepted(book, withdraw(3))
  reserve(book, { quantityTonnes: 12 })
  assert.equal(book.standing(own)?.better, { offers: 1, quantityTonnes: 8 })
  accepted(book, release(1))
  assert.equal(book.standing(own)?.better, { offers: 2, quantityTonnes: 18 })
})

standings('an offer that rests no more has a place until it has ended', () => {
  const book = createBook()
  place(book, 90, 3)
  const [own, other, last] = [place(book, 100, 5), place(book, 100, 5), place(book, 100, 5)]
  const place100 = { offers: 1, quantityTonnes: 3 }
  for (const command of [suspend(own), expireUnits(own)]) {
    accepted(book, command)
    assert.equal(book.standing(own)?.better, place100)
  }
  reserve(book, { quantityTonnes: 5, maxPriceMinor: 100, buyer: 9 })
  assert.equal(book.standing(other), {
    better: { offers: 0, quantityTonnes: 0 },
    earlier: { offers: 0, quantityTonnes: 0 },
  })
  accepted(book, withdraw(last))
  accepted(book, withdraw(other))
  accepted(book, commit(1))
  for (const offer of [1, other, last, 0, 99, '2', Number.NaN]) {
    assert.is(book.standing(offer as number), undefined)
  }
})

standings('an offer that lost its place stands behind those that kept theirs', () => {
  const book = createBook()
  const [first, second] = [place(book, 100, 5), place(book, 100, 7)]
  accepted(book, { kind: 'AmendOffer', offer: first, quantityTonnes: 6 })
  assert.equal(book.standing(first)?.earlier, { offers: 1, quantityTonnes: 7 })
  assert.equal(book.standing(second)?.earlier, { offers: 0, quantityTonnes: 0 })
})

standings.run()
