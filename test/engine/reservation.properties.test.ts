import { type Command, createBook, type Query } from '@offset-button/engine'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  accepted,
  allRefused,
  commit,
  expire,
  place,
  refused,
  release,
  reserve,
} from './commands.ts'
import { eachHistory, type History, ORDINARY, SETTINGS, stored } from './history.ts'
import { Random } from './random.ts'

const properties = suite('what holds of reservations, whatever happens')

properties('property 7: reserve, then release is the identity, in any order of releases', () => {
  for (const profile of [ORDINARY, { ...ORDINARY, prices: 1 }, { ...ORDINARY, prices: 100_000 }]) {
    eachHistory(5, profile, (history) => {
      const { book } = history.live(100)
      const random = new Random(history.commands.length + 1)
      for (let round = 0; round < 10; round++) {
        const { nextReservation: _, ...before } = book.state()
        const depth = book.depth()
        const queries = Array.from({ length: 6 }, () => history.generator.query())
        const answers = queries.map((query) => book.quote(query))
        const held = queries.flatMap((query) => reservedBy(history, query))
        for (const reservation of random.shuffled(held)) accepted(book, release(reservation))
        const { nextReservation: __, ...after } = book.state()
        assert.equal(after, before)
        assert.equal(book.depth(), depth)
        assert.equal(
          queries.map((query) => book.quote(query)),
          answers,
        )
        book.verify()
        history.live(5)
      }
    })
  }
})

properties(
  'property 7: it is so with newer offers at the price, and where levels were gone',
  () => {
    eachHistory(6, { ...ORDINARY, prices: 3 }, (history, options) => {
      const { book } = history.live(100)
      const twin = createBook(options, stored(book))
      const random = new Random(history.commands.length + 2)
      const everything = { quantityTonnes: 1_000_000, allOrNone: false }
      for (let round = 0; round < 8; round++) {
        // The twin sees the new offers and nothing of the reservations.
        const held: number[] = []
        for (let act = 0; act < 12; act++) {
          if (random.chance(40)) {
            const terms = [random.whole(100, 102), random.whole(1, 20)] as const
            assert.is(place(book, ...terms), place(twin, ...terms))
          } else {
            const query = random.chance(20) ? everything : history.generator.query()
            held.push(...reservedBy(history, query))
          }
        }
        if (random.chance(50)) held.push(...reservedBy(history, everything))
        for (const reservation of random.shuffled(held)) accepted(book, release(reservation))
        const { nextReservation: _, ...state } = book.state()
        const { nextReservation: __, ...expected } = twin.state()
        assert.equal(state, expected)
        assert.equal(book.depth(), twin.depth())
        assert.equal(book.quote(everything), twin.quote(everything))
      }
    })
  },
)

properties('property 8: a reservation ends exactly once; every second ending is refused', () => {
  eachHistory(3, ORDINARY, (history) => {
    const { book } = history
    const over = new Set<number>()
    for (let step = 0; step < 400; step++) {
      const { event } = history.next()
      switch (event.kind) {
        case 'Reserved':
          for (const { reservation } of event.fills) assert.not(over.has(reservation))
          break
        case 'ReservationCommitted':
        case 'ReservationReleased':
        case 'ReservationExpired':
          assert.not(over.has(event.reservation), `${event.reservation} ended before`)
          over.add(event.reservation)
          allRefused(book, endingsOf(event.reservation), 'ReservationEnded')
          break
      }
    }
    assert.ok(over.size > 20)
    // The oldest, whose place in memory others have had since.
    allRefused(book, [...over].slice(0, 20).flatMap(endingsOf), 'ReservationEnded')
  })
})

properties(
  'property 8: it may expire from the millisecond of its expiry on, and not before',
  () => {
    for (const setting of SETTINGS) {
      for (const expiresAt of [0, 1, 1000, Number.MAX_SAFE_INTEGER]) {
        const book = createBook(setting)
        place(book, 100, 5)
        const query = { quantityTonnes: 2, allOrNone: true }
        accepted(book, { kind: 'Reserve', query, expiresAt })
        if (expiresAt > 0) refused(book, expire(1, expiresAt - 1), 'ReservationNotYetExpired')
        accepted(book, expire(1, expiresAt))
        refused(book, expire(1, expiresAt), 'ReservationEnded')
        assert.is(book.offer(1)?.availableTonnes, 5)
      }
    }
  },
)

properties('property 8: a handle of before is refused when its place is used again', () => {
  for (const setting of SETTINGS) {
    const book = createBook(setting)
    place(book, 100, 5)
    for (let reservation = 1; reservation <= 150; reservation++) {
      assert.is(reserve(book, { quantityTonnes: 5 })[0]?.reservation, reservation)
      const old = [1, reservation - 1].filter((one) => one > 0 && one < reservation)
      allRefused(book, old.flatMap(endingsOf), 'ReservationEnded')
      allRefused(book, endingsOf(reservation + 1), 'UnknownReservation')
      accepted(book, release(reservation))
    }
    assert.is(book.offer(1)?.availableTonnes, 5)
  }
})

properties.run()

function endingsOf(reservation: number): Command[] {
  return [
    commit(reservation),
    release(reservation),
    expire(reservation, Number.MAX_SAFE_INTEGER),
    { kind: 'ExtendReservation', reservation, expiresAt: Number.MAX_SAFE_INTEGER },
  ]
}

/** The reservations that a query made, if it made any. */
function reservedBy(history: History, query: Query): number[] {
  const event = history.apply({ kind: 'Reserve', query, expiresAt: 1000 })
  return event.kind === 'Reserved' ? event.fills.map(({ reservation }) => reservation) : []
}
