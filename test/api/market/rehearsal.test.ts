import { createBook, type StoredState } from '@offset-button/engine'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { rehearseRebuild } from '../../../api/market/rehearsal.ts'

const rehearsing = suite('a node that follows rehearses')

const EMPTY: StoredState = {
  nextOffer: 1,
  nextReservation: 1,
  nextSequence: 1,
  offers: [],
  reservations: [],
}

/** A store whose reading takes so long, by a clock that only reading moves. */
function slowStore(milliseconds: number, book: StoredState = EMPTY) {
  const seen = { reads: 0, now: 0 }
  const store = {
    readBook: async () => {
      seen.reads += 1
      seen.now += milliseconds
      return { batchSeq: 0, book }
    },
  }
  return { seen, rehearse: () => rehearseRebuild(store, 'usd', () => seen.now) }
}

rehearsing('three times, or until it took long enough', async () => {
  const quick = slowStore(10)
  await quick.rehearse()
  assert.is(quick.seen.reads, 3)
  const slow = slowStore(1_500)
  await slow.rehearse()
  assert.is(slow.seen.reads, 2)
})

rehearsing('and is not troubled by rows that make no book, or that cannot be read', async () => {
  const nobodys = { ...EMPTY, reservations: [held(1)] }
  assert.throws(() => createBook({}, nobodys))
  const torn = slowStore(10, nobodys)
  await torn.rehearse()
  assert.is(torn.seen.reads, 1)
  const gone = { readBook: () => Promise.reject(new Error('gone')) }
  await rehearseRebuild(gone, 'usd', () => 0)
})

const held = (offer: number) => ({
  reservation: 1,
  offer,
  priceMinor: 100,
  quantityTonnes: 1,
  expiresAt: 0,
  status: 'held' as const,
})

rehearsing.run()
