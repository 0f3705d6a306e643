import { isDeepStrictEqual } from 'node:util'
import { type BookState, createBook, isRejected } from '@offset-button/engine'
import * as assert from 'uvu/assert'
import type { ModelStore } from './model-store.ts'

/** Checks everything that must hold in a market's rows at any time, whatever happened before. */
export function audit<Write>(store: ModelStore<Write>): void {
  conserved(store)
  inOrder(store)
  replayed(store)
}

/** Per offer: quantity = available + reserved + sold + withdrawn, and its reservations say the same. */
function conserved<Write>({ offers, reservations }: ModelStore<Write>): void {
  const sums = new Map([...offers.keys()].map((offer) => [offer, { held: 0, committed: 0 }]))
  for (const { offer, status, quantityTonnes } of reservations.values()) {
    const sum = sums.get(offer)
    assert.ok(sum, `offer ${offer} has a reservation and is not stored`)
    if (status === 'held' || status === 'committed') sum[status] += quantityTonnes
  }
  for (const offer of offers.values()) {
    const { availableTonnes, reservedTonnes, soldTonnes, withdrawnTonnes, quantityTonnes } = offer
    const parts = [availableTonnes, reservedTonnes, soldTonnes, withdrawnTonnes]
    assert.ok(
      parts.every((part) => part >= 0),
      `offer ${offer.offer}: something is negative`,
    )
    assert.is(
      parts.reduce((sum, part) => sum + part, 0),
      quantityTonnes,
    )
    assert.equal(
      sums.get(offer.offer),
      { held: reservedTonnes, committed: soldTonnes },
      `offer ${offer.offer}: reserved and sold differ from its reservations`,
    )
  }
}

/** Batches without a gap, positions from 0, and no epoch after a later one. */
function inOrder<Write>({ journal }: ModelStore<Write>): void {
  let epoch = 0
  for (const [index, batch] of journal.entries()) {
    assert.is(batch.batchSeq, index + 1)
    assert.ok(batch.epoch >= epoch, 'an epoch committed after a later one')
    epoch = batch.epoch
    assert.ok(batch.journal.length > 0, 'an empty batch')
    assert.equal(
      batch.journal.map((entry) => entry.position),
      batch.journal.map((_, position) => position),
    )
    for (const { position } of batch.writes) assert.ok(position < batch.journal.length)
  }
}

/** The commands in the order of time give the same events and the same rows: nothing was sold from a stale book. */
function replayed<Write>(store: ModelStore<Write>): void {
  const book = createBook()
  for (const { batchSeq, journal } of store.journal) {
    for (const { position, command, event } of journal) {
      const again = book.apply(command)
      assert.not(
        isRejected(again),
        `batch ${batchSeq}, position ${position} is refused in a replay`,
      )
      const same = isDeepStrictEqual(again, event)
      assert.ok(same, `batch ${batchSeq}, position ${position} replays differently`)
    }
  }
  assert.equal(byId(book.state()), byId(store.readBook('').book))
}

function byId(state: BookState): BookState {
  return {
    ...state,
    offers: [...state.offers].sort((one, other) => one.offer - other.offer),
    reservations: [...state.reservations].sort((a, b) => a.reservation - b.reservation),
  }
}
