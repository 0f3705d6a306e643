import { existsSync } from 'node:fs'
import { PASSED_OVER_REASONS, REJECTION_REASONS } from '@offset-button/engine'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { driven, drivesOf, operationsOf } from './drive.ts'
import { RUNS } from './profiles.ts'

const books = suite('books of every plan against the oracle: trade')
const sum = driven()

const EVENTS = [
  'OfferPlaced',
  'OfferAmended',
  'OfferWithdrawn',
  'OfferSuspended',
  'OfferResumed',
  'OfferExpired',
  'Reserved',
  'ReservationCommitted',
  'ReservationReleased',
  'ReservationExtended',
  'ReservationExpired',
]

for (const [name, drive] of drivesOf('trade')) {
  books(`every answer and every state is the oracle's: ${name}`, () => drive(sum))
}

books('all the operations were done', () => {
  assert.is(sum.operations, operationsOf('trade'))
})

books('they reach every event and every reason, ten times at least', () => {
  const names = [
    ...EVENTS,
    ...REJECTION_REASONS,
    ...PASSED_OVER_REASONS.map((reason) => `passed over: ${reason}`),
  ]
  const rare = names.filter((name) => (sum.seen.get(name) ?? 0) < 10)
  assert.equal(rare, [])
})

books('all groups together are 200,000 operations at least, and each has its file', () => {
  const groups = Object.keys(RUNS) as (keyof typeof RUNS)[]
  assert.ok(groups.reduce((all, group) => all + operationsOf(group), 0) >= 200_000)
  for (const group of groups) {
    assert.ok(existsSync(new URL(`oracle.${group}.test.ts`, import.meta.url)), group)
  }
})

books.run()
