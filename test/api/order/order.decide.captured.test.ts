/** What an order needs next, row by row: its units, its refund and its end. */
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { decide } from '../../../api/order/order.decide.ts'
import { DEFAULT_TIMES } from '../../../api/order/order.effect.ts'
import { CHECKED, isCall, release, rowsOf, wait } from './models/decide-rows.ts'
import {
  capturedView,
  effect,
  fill,
  ID,
  leg,
  moment,
  NOW,
  payment,
  view,
} from './models/order-view.ts'

const decisions = suite('what a captured order needs next')
const rows = rowsOf(decisions)

const completed = (number: number) =>
  leg(number, { state: 'completed', transaction: `T${number}`, charged: true })
const committed = (number: number) => fill(number, { state: 'committed' })
const refusedLeg = leg(2, { state: 'refunded', charged: true })
const refund = (state: 'ok' | 'unknown' | 'refused') =>
  effect('refund', {
    kind: 'payment.refund',
    state,
    request: { amountMinor: 3_182 },
    refusal: state === 'refused' ? { codes: [], message: '', advice: 'refuse' } : null,
  })
const halfRefused = {
  fills: [committed(1), fill(2, { state: 'released', replaced: true })],
  capturedMinor: 6_395,
}

const lost = (key: string, kind: 'registry.complete' | 'registry.terminate', transaction: string) =>
  effect(key, { kind, leg: 1, state: 'unknown', request: { transaction } })
const answers = (key: string) =>
  ({
    kind: 'record',
    change: { effect: { key: `${ID}:${key}`, state: 'ok', refusal: null } },
  }) as const

const givesUp = (number: number) =>
  ({ kind: 'record', change: { legs: [{ number, givenUp: true }] } }) as const

rows([
  [
    'legs are completed after the capture',
    capturedView([leg(1, CHECKED)], { capturedMinor: 3_213 }),
    isCall('registry.complete'),
  ],
  [
    'a completed leg commits its tonnes before the order closes',
    capturedView([completed(1)], { capturedMinor: 3_213 }),
    { kind: 'book', commands: [{ kind: 'CommitReservation', reservation: 1 }] },
  ],
  [
    'a leg that is known to be completed answers the call that completed it',
    capturedView([completed(1)], {
      capturedMinor: 3_213,
      effects: [lost('complete:1:1', 'registry.complete', 'T1')],
    }),
    answers('complete:1:1'),
  ],
  [
    'a capture that came first answers a void without an answer',
    capturedView([completed(1)], {
      capturedMinor: 3_213,
      payment: payment({ status: 'succeeded', capturedMinor: 3_213 }),
      effects: [effect('void', { kind: 'payment.void', state: 'unknown' })],
    }),
    {
      kind: 'record',
      change: {
        effect: {
          key: `${ID}:void`,
          state: 'refused',
          refusal: { codes: [], message: 'the payment is captured', advice: 'refuse' },
        },
      },
    },
  ],
  [
    'a leg that has another transaction answers the call that ended the one before',
    capturedView([leg(1, { ...CHECKED, attempt: 2, transaction: 'T2' })], {
      effects: [lost('terminate:1:1', 'registry.terminate', 'T1')],
    }),
    answers('terminate:1:1'),
  ],
  [
    'a completion that never came is answered when its leg has another transaction',
    capturedView([leg(1, { ...CHECKED, charged: true, attempt: 2, transaction: 'T2' })], {
      capturedMinor: 3_213,
      effects: [lost('complete:1:1', 'registry.complete', 'T1')],
    }),
    (action) =>
      action.kind === 'record' &&
      action.change.effect?.key === `${ID}:complete:1:1` &&
      action.change.effect.state === 'refused',
  ],
  [
    'a leg that came too late to be paid for is given back, and not proposed',
    capturedView([leg(1, { ...CHECKED, charged: true }), leg(2)], { capturedMinor: 3_213 }),
    givesUp(2),
  ],
  [
    'an order closes with its fees and its certificate when all is done',
    capturedView([completed(1)], { capturedMinor: 3_213, fills: [committed(1)] }),
    (action) =>
      action.kind === 'record' &&
      action.change.order?.state === 'closed' &&
      action.change.certificate === true &&
      action.change.entries?.reduce((sum, entry) => sum + entry.amountMinor, 0) === 213,
  ],
  [
    'what no leg was completed for is refunded, with its share of the fees',
    capturedView([completed(1), refusedLeg], halfRefused),
    (action) =>
      action.kind === 'call' &&
      action.effect.kind === 'payment.refund' &&
      action.effect.request.amountMinor === 3_182,
  ],
  [
    'an order does not close before its refund is known',
    capturedView([completed(1), refusedLeg], { ...halfRefused, effects: [refund('unknown')] }),
    (action) => action.kind === 'wait' && action.until !== null,
  ],
  [
    'a refund that is refused waits for a person, and is not made anew',
    capturedView([completed(1), refusedLeg], { ...halfRefused, effects: [refund('refused')] }),
    wait(NOW + DEFAULT_TIMES.personMs),
  ],
  [
    'an order that was refunded in part closes with what it kept',
    capturedView([completed(1), refusedLeg], {
      ...halfRefused,
      refundedMinor: 3_182,
      effects: [refund('ok')],
    }),
    (action) => action.kind === 'record' && action.change.order?.state === 'closed',
  ],
  [
    'an order that was refunded altogether ends without a certificate',
    capturedView([leg(1, { state: 'refunded', charged: true })], {
      fills: [fill(1, { state: 'released', replaced: true })],
      capturedMinor: 3_213,
      refundedMinor: 3_213,
      effects: [refund('ok')],
    }),
    { kind: 'record', change: { order: { state: 'refunded', reason: 'registry_refused' } } },
  ],
  [
    'an order that has ended needs nothing',
    view({ state: 'closed', legs: [completed(1)], fills: [committed(1)] }),
    wait(null),
  ],
  [
    'a leg that a slow commit brought when the order had ended is given back',
    view({
      state: 'rejected',
      legs: [leg(1, { state: 'refused' }), leg(2)],
      fills: [fill(1, { state: 'released', replaced: true }), fill(2)],
    }),
    givesUp(2),
  ],
  [
    'while it may come yet, an order that has ended is looked at once more',
    view({
      state: 'rejected',
      endedAt: NOW - 1,
      legs: [leg(1, { state: 'refused' })],
      fills: [fill(1, { state: 'released' })],
    }),
    wait(NOW - 1 + DEFAULT_TIMES.lateCommitMs),
  ],
  [
    'and not again',
    view({
      state: 'rejected',
      endedAt: NOW - DEFAULT_TIMES.lateCommitMs,
      legs: [leg(1, { state: 'refused' })],
      fills: [fill(1, { state: 'released' })],
    }),
    wait(null),
  ],
  [
    'an order that has ended still takes back what the registry did not answer to',
    view({
      state: 'rejected',
      legs: [leg(1, { state: 'proposed', givenUp: true })],
      fills: [fill(1)],
    }),
    isCall('registry.terminate'),
  ],
  [
    'and only then gives its tonnes back',
    view({ state: 'rejected', legs: [leg(1, { state: 'terminated' })], fills: [fill(1)] }),
    release,
  ],
])

decisions('more delivered than was paid for is a broken invariant, not a closed order', () => {
  const order = capturedView([completed(1)], { capturedMinor: 3_000, fills: [committed(1)] })
  assert.throws(() => decide(order, moment()), /broken invariant/)
})

decisions.run()
