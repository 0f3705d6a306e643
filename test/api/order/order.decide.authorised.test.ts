/** What an order needs next, row by row: its legs and its capture. */
import { suite } from 'uvu'
import type { Action } from '../../../api/order/order.action.ts'
import { DEFAULT_TIMES } from '../../../api/order/order.effect.ts'
import type { OrderView } from '../../../api/order/order.ts'
import { CHECKED, canceled, isCall, rowsOf, VOID, wait } from './models/decide-rows.ts'
import { effect, fill, leg, NOW, payment, view } from './models/order-view.ts'

const decisions = suite('what an authorised order needs next')
const rows = rowsOf(decisions)

const released = [fill(1, { state: 'released' })]

const authorised = (change: Partial<OrderView>) => view({ state: 'authorised', ...change })
const two = [fill(1), fill(2)]
const capture = (state: 'sent' | 'ok' | 'refused' | 'unknown', change = {}) =>
  effect('capture', {
    kind: 'payment.capture',
    state,
    request: { amountMinor: 3_213 },
    refusal: state === 'refused' ? { codes: [], message: '', advice: 'refuse' } : null,
    ...change,
  })
const givenUp = (...numbers: number[]): Action => ({
  kind: 'record',
  change: { legs: numbers.map((number) => ({ number, givenUp: true })) },
})
const LATE = { now: NOW + DEFAULT_TIMES.giveUpMs }

rows([
  [
    'the card is not charged before every leg is checked',
    authorised({ legs: [leg(1, CHECKED), leg(2, { state: 'proposed' })], fills: two }),
    (action) => action.kind === 'askRegistry' && action.leg.number === 2,
  ],
  [
    'when every leg is checked the card is charged for all',
    authorised({ legs: [leg(1, CHECKED), leg(2, CHECKED)], fills: two, totalMinor: 6_395 }),
    (action) =>
      action.kind === 'call' &&
      action.effect.kind === 'payment.capture' &&
      action.effect.request.amountMinor === 6_395,
  ],
  [
    'the captured amount covers checked legs only, plus the fees of that amount',
    authorised({
      legs: [leg(1, CHECKED), leg(2, { state: 'terminated', givenUp: true })],
      fills: [fill(1), fill(2, { state: 'released' })],
      totalMinor: 6_395,
    }),
    (action) =>
      action.kind === 'call' &&
      action.effect.kind === 'payment.capture' &&
      action.effect.request.amountMinor === 3_213,
  ],
  [
    'what a capture took before its answer was lost is taken to the books, though no leg is left: it is given back then',
    authorised({
      legs: [leg(1, { state: 'refused' })],
      fills: released,
      payment: payment({ status: 'succeeded', capturedMinor: 3_213 }),
      effects: [capture('unknown')],
    }),
    (action) =>
      action.kind === 'record' &&
      action.change.order?.state === 'captured' &&
      action.change.order.capturedMinor === 3_213 &&
      action.change.effect?.state === 'ok',
  ],
  [
    'a capture whose answer was lost is answered when the payment is void, and no leg is left',
    authorised({
      legs: [leg(1, { state: 'terminated', givenUp: true })],
      fills: released,
      payment: payment({ status: 'canceled' }),
      effects: [capture('unknown'), effect('o:void', { kind: 'payment.void', state: 'ok' })],
    }),
    (action) =>
      action.kind === 'record' &&
      action.change.order?.state === 'rejected' &&
      action.change.effect?.state === 'refused',
  ],
  [
    'legs that are not checked in time are given up, the others are not',
    authorised({
      legs: [leg(1, CHECKED), leg(2, { state: 'proposed' }), leg(3)],
      fills: [...two, fill(3)],
      firstProposedAt: NOW,
    }),
    givenUp(2, 3),
    LATE,
  ],
  [
    'an order that never had a turn gives up as soon after its authorisation',
    authorised({ legs: [leg(1, { hasTurn: false })], authorisedAt: NOW }),
    givenUp(1),
    LATE,
  ],
  [
    'no earlier',
    authorised({
      legs: [leg(1, CHECKED), leg(2, { state: 'proposed' })],
      fills: two,
      firstProposedAt: NOW + 1,
    }),
    (action) => action.kind === 'askRegistry',
    LATE,
  ],
  [
    'capture waits for every leg that is not given up, and for no other',
    authorised({
      legs: [leg(1, CHECKED), leg(2, { state: 'proposed', givenUp: true })],
      fills: two,
      effects: [effect('terminate:2:1', { kind: 'registry.terminate', state: 'sent' })],
    }),
    isCall('payment.capture'),
  ],
  [
    'what was decided to be captured is not computed anew',
    authorised({ legs: [leg(1, CHECKED)], effects: [capture('unknown')] }),
    { kind: 'lookUp', effect: capture('unknown') },
    { now: NOW + DEFAULT_TIMES.callTimeoutMs },
  ],
  [
    'a capture that is under way ends no leg, whatever the time',
    authorised({
      legs: [leg(1, CHECKED)],
      firstProposedAt: NOW,
      effects: [capture('sent', { sentAt: LATE.now })],
    }),
    wait(LATE.now + DEFAULT_TIMES.callTimeoutMs),
    LATE,
  ],
  [
    'what was captured is what the payment service says that it took',
    authorised({
      legs: [leg(1, CHECKED)],
      effects: [capture('ok')],
      payment: payment({ status: 'succeeded', capturedMinor: 3_300 }),
      totalMinor: 6_395,
    }),
    (action) =>
      action.kind === 'record' &&
      action.change.order?.state === 'captured' &&
      action.change.order.capturedMinor === 3_300 &&
      action.change.entries?.[0]?.amountMinor === 3_300 &&
      action.change.legs?.[0]?.charged === true,
  ],
  [
    'a refused capture gives up all legs',
    authorised({
      legs: [leg(1, CHECKED), leg(2, CHECKED)],
      fills: two,
      effects: [capture('refused')],
    }),
    givenUp(1, 2),
  ],
  [
    'a payment that is gone before the capture gives up all legs',
    authorised({ legs: [leg(1, { state: 'proposed' })], payment: canceled }),
    givenUp(1),
  ],
  [
    'an order without a leg voids its payment',
    authorised({ legs: [leg(1, { state: 'terminated' })], fills: released }),
    VOID,
  ],
  [
    'an order whose capture was refused ends as declined',
    authorised({
      legs: [leg(1, { state: 'terminated', givenUp: true })],
      fills: released,
      payment: canceled,
      effects: [capture('refused')],
    }),
    { kind: 'record', change: { order: { state: 'declined', reason: 'capture_refused' } } },
  ],
  [
    'an order of which the registry refused a leg and took none is rejected',
    authorised({
      legs: [leg(1, { state: 'refused' }), leg(2, { state: 'terminated' })],
      fills: [fill(1, { state: 'released', replaced: true }), fill(2, { state: 'released' })],
      payment: canceled,
      effects: [effect('void', { kind: 'payment.void' })],
    }),
    { kind: 'record', change: { order: { state: 'rejected', reason: 'registry_refused' } } },
  ],
  [
    'an order to which the registry said nothing in time is rejected as that',
    authorised({
      legs: [leg(1, { state: 'terminated', givenUp: true })],
      fills: released,
      payment: canceled,
      effects: [effect('void', { kind: 'payment.void' })],
    }),
    { kind: 'record', change: { order: { state: 'rejected', reason: 'registry_timed_out' } } },
  ],
  [
    'of two commitment periods from one account the later is proposed after the capture',
    authorised({
      legs: [
        leg(1, CHECKED),
        leg(2, { holdingAccount: 1, applicableCommitmentPeriod: 1, hasTurn: false }),
      ],
      fills: two,
      totalMinor: 6_395,
    }),
    (action) =>
      action.kind === 'call' &&
      action.effect.kind === 'payment.capture' &&
      action.effect.request.amountMinor === 6_395,
  ],
])

decisions.run()
