import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { ModelStore } from './models/model-store.ts'

const it = suite('the model of the Store')

const batch = { market: 'usd', journal: [], offers: [], reservations: [], writes: [] }

it('commits under the epoch minted last only: neither an earlier one, nor one never minted', () => {
  const store = new ModelStore<string>()
  assert.is(store.mintEpoch('usd', 'a'), 1)
  assert.is(store.mintEpoch('usd', 'b'), 2)
  for (const epoch of [0, 1, 3]) {
    assert.equal(store.commitBatch({ ...batch, epoch }), { kind: 'fenced' })
  }
  assert.equal(store.commitBatch({ ...batch, epoch: 2 }), { kind: 'committed', batchSeq: 1 })
  assert.equal(store.commitBatch({ ...batch, epoch: 2 }), { kind: 'committed', batchSeq: 2 })
})

it('a book read from it shares nothing with it', () => {
  const store = new ModelStore<string>()
  store.mintEpoch('usd', 'a')
  const offer = {
    offer: 7,
    seller: 1,
    attributes: {
      project: 1,
      host: 1,
      scope: 1,
      technology: 1,
      methodology: 1,
      vintage: 2015,
      unitType: 5,
    },
    priceMinor: 300,
    sequence: 9,
    quantityTonnes: 10,
    reservedTonnes: 0,
    soldTonnes: 0,
    withdrawnTonnes: 0,
    availableTonnes: 10,
    suspended: false,
    expired: false,
    withdrawn: false,
  }
  store.commitBatch({ ...batch, epoch: 1, offers: [offer] })
  const { batchSeq, book } = store.readBook('usd')
  assert.is(batchSeq, 1)
  assert.equal(book, {
    nextOffer: 8,
    nextReservation: 1,
    nextSequence: 10,
    offers: [offer],
    reservations: [],
  })
  assert.is.not(book.offers[0], store.offers.get(7))
})

it.run()
