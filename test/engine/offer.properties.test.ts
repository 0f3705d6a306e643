import type { Book, OfferState } from '@offset-button/engine'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { accepted, commit, refused, release, withdraw } from './commands.ts'
import { eachHistory, ORDINARY } from './history.ts'
import { isConserved, levelsOf, sumsAgree } from './invariants.ts'
import { inside } from './oracle-rules.ts'
import { Random } from './random.ts'

const properties = suite('what holds of offers, whatever happens')

type Part =
  | 'quantityTonnes'
  | 'availableTonnes'
  | 'reservedTonnes'
  | 'soldTonnes'
  | 'withdrawnTonnes'

properties(
  'property 1: posted is available, reserved, sold and withdrawn, after every command',
  () => {
    eachHistory(6, ORDINARY, (history) => {
      const { book } = history
      const last = new Map<number, OfferState>()
      const tonnesOf = new Map<number, number>()
      let soldTonnes = 0
      for (let step = 0; step < 160; step++) {
        const { event } = history.next()
        if (event.kind === 'Reserved') {
          for (const fill of event.fills) tonnesOf.set(fill.reservation, fill.quantityTonnes)
        }
        if (event.kind === 'ReservationCommitted')
          soldTonnes += tonnesOf.get(event.reservation) ?? 0
        isConserved(book)
        // What ends is still readable now, and nothing of it changes later.
        const placed = event.kind === 'OfferPlaced' ? [event.offer] : []
        for (const offer of [...last.keys(), ...placed]) {
          const state = book.offer(offer)
          if (state) last.set(offer, state)
        }
        const inSum = (part: Part): number =>
          [...last.values()].reduce((sum, offer) => sum + offer[part], 0)
        assert.is(
          inSum('availableTonnes') +
            inSum('reservedTonnes') +
            inSum('soldTonnes') +
            inSum('withdrawnTonnes'),
          inSum('quantityTonnes'),
        )
        assert.is(inSum('soldTonnes'), soldTonnes, 'what was committed is what is sold')
      }
    })
  },
)

properties('property 2: every sum is that of its offers, and the best price is never stale', () => {
  eachHistory(3, { ...ORDINARY, prices: 4 }, (history) => {
    const { book, generator } = history
    for (let step = 0; step < 160; step++) {
      history.next()
      sumsAgree(book)
      const { offers } = book.state()
      const filters = [generator.filter(), { project: [offers.at(-1)?.attributes.project ?? 1] }]
      for (const filter of filters) {
        const some = offers.filter(({ attributes }) => inside(filter, attributes))
        assert.equal(book.depth(filter), levelsOf(some))
      }
      if (step % 10 === 0) book.verify()
    }
  })
})

properties(
  'property 9: withdrawing leaves what is reserved; a release is withdrawn, a commit sells',
  () => {
    eachHistory(6, { ...ORDINARY, prices: 2 }, (history) => {
      const { book } = history.live(120)
      for (const { offer, withdrawn } of book.state().offers) {
        const held = book.state().reservations.filter((one) => one.offer === offer)
        if (withdrawn || held.length === 0) continue
        const before = partsOf(book, offer)
        const event = accepted(book, withdraw(offer))
        const withdrawnTonnes = before.available
        assert.equal(event, { kind: 'OfferWithdrawn', offer, withdrawnTonnes })
        const after = { ...before, available: 0, withdrawn: before.withdrawn + withdrawnTonnes }
        assert.equal(partsOf(book, offer), after)
        for (const [index, { reservation, quantityTonnes }] of held.entries()) {
          const isSale = index % 2 === 0
          accepted(book, isSale ? commit(reservation) : release(reservation))
          after.reserved -= quantityTonnes
          after[isSale ? 'sold' : 'withdrawn'] += quantityTonnes
          assert.equal(partsOf(book, offer), after)
          refused(book, withdraw(offer), 'OfferEnded')
        }
      }
      sumsAgree(book)
    })
  },
)

properties(
  'property 10: less keeps the place; more, or another price or attribute, loses it',
  () => {
    eachHistory(6, { ...ORDINARY, prices: 2 }, (history) => {
      const { book } = history.live(120)
      const random = new Random(history.commands.length)
      for (const { offer, withdrawn } of book.state().offers) {
        if (withdrawn) continue
        const before = stateOf(book, offer)
        const held = book.state().reservations.filter((one) => one.offer === offer)
        const settled = before.reservedTonnes + before.soldTonnes
        const next = book.state().nextSequence
        const { priceMinor, quantityTonnes, attributes } = before
        const other = { ...attributes, host: attributes.host + 1 }
        const [terms, sequence] = random.pick<[object, number]>([
          [{}, before.sequence],
          [{ priceMinor, quantityTonnes, attributes }, before.sequence],
          [{ quantityTonnes: Math.max(settled, 1) }, before.sequence],
          [{ quantityTonnes: quantityTonnes + 1 }, next],
          [{ priceMinor: priceMinor + 1 }, next],
          [{ attributes: other }, next],
          [{ quantityTonnes: Math.max(settled, 1), attributes: other }, next],
        ])
        if (settled > 1) {
          refused(
            book,
            { kind: 'AmendOffer', offer, quantityTonnes: settled - 1 },
            'BelowReservedAndSold',
          )
        }
        const amend = { kind: 'AmendOffer', offer, ...terms } as const
        assert.equal(accepted(book, amend), { kind: 'OfferAmended', offer, sequence })
        const { reservedTonnes, soldTonnes } = before
        const after = { ...before, ...terms, sequence }
        const availableTonnes = after.quantityTonnes - reservedTonnes - soldTonnes
        assert.equal(stateOf(book, offer), { ...after, availableTonnes })
        for (const one of held) assert.equal(book.reservation(one.reservation), one)
      }
      sumsAgree(book)
      book.verify()
    })
  },
)

properties.run()

function partsOf(book: Book, offer: number) {
  const { availableTonnes, reservedTonnes, soldTonnes, withdrawnTonnes } = stateOf(book, offer)
  return {
    available: availableTonnes,
    reserved: reservedTonnes,
    sold: soldTonnes,
    withdrawn: withdrawnTonnes,
  }
}

function stateOf(book: Book, offer: number): OfferState {
  const state = book.offer(offer)
  if (!state) throw new Error(`offer ${offer} is neither open nor the last that ended`)
  return state
}
