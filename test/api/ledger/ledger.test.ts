/** Double entries over any course of an order. */
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  captured,
  closed,
  delivered,
  type LedgerEntry,
  refunded,
} from '../../../api/ledger/ledger.ts'
import { amountsOf, DEFAULT_FEES } from '../../../api/market/fees.ts'

const ledger = suite('the ledger')

const balanceOf = (entries: readonly LedgerEntry[], account: string) =>
  entries.reduce(
    (sum, { debit, credit, amountMinor }) =>
      sum + (credit === account ? amountMinor : 0) - (debit === account ? amountMinor : 0),
    0,
  )

/** Legs with their costs, and whether each is delivered. */
const course = fc.array(
  fc.record({ costMinor: fc.integer({ min: 1, max: 10_000_000 }), isDelivered: fc.boolean() }),
  { minLength: 1, maxLength: 8 },
)

function entriesOf(legs: readonly { readonly costMinor: number; readonly isDelivered: boolean }[]) {
  const sum = (list: typeof legs) => list.reduce((total, leg) => total + BigInt(leg.costMinor), 0n)
  const charged = amountsOf(sum(legs), DEFAULT_FEES)
  const kept = amountsOf(sum(legs.filter((leg) => leg.isDelivered)), DEFAULT_FEES)
  const entries = [
    ...captured('o', charged.totalMinor),
    ...legs.flatMap((leg, index) =>
      leg.isDelivered ? delivered('o', index + 1, index % 3, leg.costMinor) : [],
    ),
    ...refunded('o', charged.totalMinor - kept.totalMinor),
    ...closed('o', kept),
  ]
  return { entries, charged, kept }
}

ledger('when an order has ended nothing is left of what its buyer paid', () => {
  fc.assert(
    fc.property(course, (legs) => {
      assert.is(balanceOf(entriesOf(legs).entries, 'order'), 0)
    }),
  )
})

ledger('what the processor holds is what was charged and not given back', () => {
  fc.assert(
    fc.property(course, (legs) => {
      const { entries, kept } = entriesOf(legs)
      assert.is(-balanceOf(entries, 'processor'), kept.totalMinor)
    }),
  )
})

ledger('sellers are owed the whole price of what was delivered, and the fees are the rest', () => {
  fc.assert(
    fc.property(course, (legs) => {
      const { entries, kept } = entriesOf(legs)
      const owed = [0, 1, 2].reduce((sum, n) => sum + balanceOf(entries, `seller:${n}`), 0)
      assert.is(owed, kept.projectsMinor)
      assert.is(balanceOf(entries, 'platform fee'), kept.platformFeeMinor)
      assert.is(balanceOf(entries, 'processing fee'), kept.processingFeeMinor)
    }),
  )
})

ledger('every entry has a key of its own, moves 1 or more, and moves it elsewhere', () => {
  fc.assert(
    fc.property(course, (legs) => {
      const { entries } = entriesOf(legs)
      assert.is(new Set(entries.map((entry) => entry.key)).size, entries.length)
      for (const { amountMinor, debit, credit } of entries) {
        assert.ok(Number.isSafeInteger(amountMinor) && amountMinor > 0)
        assert.is.not(debit, credit)
      }
    }),
  )
})

ledger('nothing is booked where nothing moves', () => {
  assert.equal(captured('o', 0), [])
  assert.equal(refunded('o', 0), [])
  assert.equal(closed('o', { platformFeeMinor: 0, processingFeeMinor: 0 }), [])
})

ledger.run()
